"""What the author of a pull request says: to remarks, to arguments, and when a merge does not go through."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.plan.words.tones import Sayings

OF_OWN_WORK: Mapping[str, Sayings] = {
    "remark-done": Sayings(
        warm=(
            "Good catch, changed.",
            "You are right. Done in the last commit.",
            "Thanks, I had missed that. It is in.",
            "Yes, that is better. Changed.",
            "Done, and thank you for reading so closely.",
        ),
        terse=("Done.", "Changed.", "Right, fixed.", "Fixed in the last commit."),
        formal=("Thank you; this has been changed.", "Addressed in the latest commit.", "Corrected as suggested."),
    ),
    "remark-kept": Sayings(
        warm=(
            "I see what you mean. I'd rather keep it for now and take it up in an issue of its own, so that this can land.",
            "Fair point. May I leave it here and come back to it on its own?",
            "I thought about it and would leave it, for this one at least. If you feel strongly, request changes.",
        ),
        terse=("I'd keep it. Separate issue?", "Leaving this one for later."),
        formal=(
            "I would prefer to keep this here and follow up separately.",
            "Noted; I suggest treating this in a separate issue.",
        ),
    ),
    "remark-asked": Sayings(
        warm=(
            "Good question. It seemed the plainest way when I wrote it; if you see a better one, write it here.",
            "I asked myself the same and found nothing shorter. Do you have something in mind?",
            "No deeper reason, to be honest: it did what the issue asks for. Would you do it differently?",
        ),
        terse=("It was the plainest way. Better idea?", "Did what the issue asks. Alternatives?"),
        formal=(
            "It appeared to be the plainest solution. I am open to a better one.",
            "There was no deeper reason; do you have a suggestion?",
        ),
    ),
    "remark-thanked": Sayings(
        warm=("Thank you!", "That is kind, thanks.", "Glad you like it."),
        terse=("Thanks.", "Good to hear."),
        formal=("Thank you for the kind words.", "Much appreciated."),
    ),
    "nothing-more": Sayings(
        warm=(
            "Thank you for reading so closely. I'd rather keep this one as it is and take the rest into an issue of its own. "
            "Would you have another look with that in mind?",
            "Fair points. I'd like to land this and follow up separately. Could you look again?",
        ),
        terse=("I'd land it like this and follow up. Another look?", "Rest in a separate issue? Please look again."),
        formal=(
            "I suggest merging it as it is and following up separately. Could you look at it again?",
            "I would prefer to treat the remainder separately and ask for another review.",
        ),
    ),
    "argued": Sayings(
        warm=(
            "Good thought, thank you. I had weighed it the other way, and I'm glad you say it out loud; I'll keep it in mind for "
            "the next one.",
            "That is a fair point. Let me leave it here for the record, and if it bites us, you were right.",
            "Thanks for thinking along! If you feel strongly about it, request changes and I will do it.",
        ),
        terse=(
            "Noted. Request changes if it must not go in like this.",
            "Seen. A blocker for you? Then request changes.",
        ),
        formal=(
            "Thank you for the comment; I have taken note of it.",
            "Noted. Should it prevent the merge, please request changes.",
        ),
    ),
    "closed-by-others": Sayings(
        warm=(
            "Was that a slip, or did you mean to close this? I would still like it to go in. If something speaks against it, "
            "tell me here and we talk.",
            "You closed this one, and I don't know why. I still want it in; what did I miss?",
        ),
        terse=(
            "This isn't done yet. If it should not go in: why?",
            "Closed without a word? Say here what is wrong with it, please.",
        ),
        formal=(
            "No reason was given for closing this. Please state here what speaks against it.",
            "I would like this to remain open. Should there be an objection, please name it here.",
        ),
    ),
    "branch-restored": Sayings(
        warm=(
            "My branch {name} was gone on GitHub, so I pushed it again. It is still needed, please leave it there.",
            "Somebody deleted {name}, which I am working on. It is back; if it is in your way, tell me.",
        ),
        terse=(
            "{name} is mine and still needed. Pushed it again.",
            "{name} was deleted; it is back. Leave it, please.",
        ),
        formal=(
            "The branch {name} had been deleted; I have restored it. Please do not remove it before it is merged.",
            "As {name} is still in use, I have pushed it again.",
        ),
    ),
    "still-red": Sayings(
        warm=(
            "`{check}` fails the second time, so it is no accident. I won't merge it like this and look into it.",
            "I ran `{check}` again and it is red again. Something is wrong in here, this waits until I know what.",
        ),
        terse=("`{check}` red twice. Not merging.", "Red again (`{check}`). Looking into it."),
        formal=(
            "`{check}` has failed twice; I will not merge before the cause is known.",
            "As `{check}` fails repeatedly, the merge has to wait.",
        ),
    ),
    "conflict-solved": Sayings(
        warm=(
            "{main} had moved under me. I have merged it into my branch and settled the conflict, please have a fresh look.",
            "While this waited, {main} changed the same lines. Both sides are in now; would you read it once more?",
        ),
        terse=("Merged {main}, conflict solved. Please look again.", "Conflict with {main} solved."),
        formal=(
            "The conflict with {main} has been resolved; please review the result.",
            "I have merged {main} and resolved the conflict. A renewed review would be appreciated.",
        ),
    ),
    "conflict-help": Sayings(
        warm=(
            "This conflicts with {main} now, in {paths}. You know those lines better than I do: how should they go together?",
            "{main} and I both changed {paths}, so I cannot merge. Could you tell me which version is meant to win where?",
        ),
        terse=("Conflict with {main} in {paths}. How should it go together?", "{paths} conflicts with {main}. Advice?"),
        formal=(
            "There is a conflict with {main} in {paths}. Could you advise how to resolve it?",
            "{paths} conflicts with {main}; your advice on how to combine both would be welcome.",
        ),
    ),
}
