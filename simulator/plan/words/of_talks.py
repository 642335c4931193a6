"""What is said in threads and conversations: to reasons, to claims, to questions, between colleagues."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.plan.words.tones import Sayings

OF_TALKS: Mapping[str, Sayings] = {
    "settled": Sayings(
        warm=(
            "Fair, leave it as it is.",
            "That makes sense, I had not thought of it. Let it stand.",
            "Good reason. I take it back.",
            "Convinced, thank you for explaining. Leave it.",
            "All right, that is a better reason than mine. It stays.",
            "I see. Then keep it, please.",
        ),
        terse=("Fair. Leave it.", "OK, makes sense.", "Point taken.", "Good reason, keep it."),
        formal=(
            "I accept the reason; please leave it as it is.",
            "Understood. I withdraw this remark.",
            "Thank you for the explanation. It may stay.",
        ),
    ),
    "not-by-talk": Sayings(
        warm=(
            "I follow you, but this one I would not let go by reasons alone: please change it.",
            "I understand why, and still: this needs a commit, not an argument.",
            "That may well be so. All the same I'd ask you to change it before we merge.",
        ),
        terse=("Understood, still needs a change.", "This one is not negotiable, sorry."),
        formal=("I understand the reason; nevertheless this has to be changed before the merge.",),
    ),
    "not-yet": Sayings(
        warm=(
            "I do not see it yet: the last commit I have is `{sha}`. Did the push go missing?",
            "Hm, in `{sha}` it still reads as before. Is there a commit you have not pushed?",
        ),
        terse=("Not in `{sha}`. Pushed?",),
        formal=("The last commit, `{sha}`, does not contain it. Could you check whether it has been pushed?",),
    ),
    "why": Sayings(
        warm=(
            "Could you tell me why? I may well be wrong here.",
            "What speaks for it? With a reason I'm happy to leave it.",
            "I'd like to understand it: what would go wrong if you changed it?",
        ),
        terse=("Why?", "Reason?"),
        formal=("Could you give the reason for this?",),
    ),
    "explain": Sayings(
        warm=(
            "What I mean: the next person to read this was not here today. Change it as I said, or "
            "tell me why not, both are fine.",
            "Let me put it differently: I would like either a change here or the reason for it as it is.",
        ),
        terse=("Change it, or tell me why not.",),
        formal=("To clarify: please either change it or state the reason for the present form.",),
    ),
    "heard": Sayings(
        warm=(
            "Fair, leave that as it is. What remains from me is on the lines.",
            "That point is settled for me, thank you. The others are still open.",
        ),
        terse=("That one is settled. The rest stands.",),
        formal=("I accept this point. My other remarks remain open.",),
    ),
    "still-waiting": Sayings(
        warm=(
            "I looked again, but there is nothing new since my review. Ping me when you have pushed something.",
            "No new commits since my last look, so my points stand. Happy to talk them through.",
            "Is there a push I cannot see? As far as I can tell nothing has changed since my review.",
        ),
        terse=("Nothing new since my review.", "No new commits. My points stand."),
        formal=("There are no new commits since my review; my points therefore stand.",),
    ),
    "handed-over": Sayings(
        warm=(
            "We are going round in circles, and I may be the reason. {name}, would you decide this "
            "one? Open from my side: {points}.",
            "I do not get further with this alone. {name}, could you take over? It is about {points}.",
        ),
        terse=("{name}, please take over. Open: {points}.",),
        formal=("After several rounds I ask {name} to decide. Open: {points}.",),
    ),
    "not-my-field": Sayings(
        warm=(
            "I'm not the right person for {what}, I would only wave it through. {name} knows it well, "
            "would you ask there?",
            "Thanks for asking me, but I know too little about {what}. {name} is the one to ask.",
        ),
        terse=("Not my field ({what}). Ask {name}.",),
        formal=("I am not familiar with {what}. Please ask {name} for the review.",),
    ),
    "echo": Sayings(
        warm=(
            "{name} has said what I would have said. With that done it is fine by me.",
            "Nothing to add to {name}'s points; I will look again when they are met.",
        ),
        terse=("See {name}'s review. Nothing to add.",),
        formal=("I concur with {name} and have no further points.",),
    ),
    "taken-over": Sayings(
        warm=(
            "I have looked after {name}'s points, they are settled.",
            "Taken over from {name}; nothing is left of it.",
        ),
        terse=("{name}'s points are settled.",),
        formal=("The points raised by {name} have been addressed.",),
    ),
    "standing-in": Sayings(
        warm=("I'm looking at this for {name}, who is not here.",),
        terse=("Standing in for {name}.",),
        formal=("I am reviewing this on behalf of {name}.",),
    ),
    "remark-done": Sayings(
        warm=(
            "Good catch, changed.",
            "You are right. Done in the last commit.",
            "Thanks, I had missed that. It is in.",
            "Yes, that is better. Changed.",
            "Done, and thank you for reading so closely.",
        ),
        terse=("Done.", "Changed.", "Right, fixed.", "Fixed in the last commit."),
        formal=("Thank you; this has been changed.", "Addressed in the latest commit."),
    ),
    "remark-kept": Sayings(
        warm=(
            "I see what you mean. I'd rather keep it for now and take it up in an issue of its own, so "
            "that this can land.",
            "Fair point. May I leave it here and come back to it? It is not new in this change.",
        ),
        terse=("I'd keep it. Separate issue?",),
        formal=("I would prefer to keep this here and follow up separately.",),
    ),
    "nothing-more": Sayings(
        warm=(
            "Thank you for reading so closely. I'd rather keep this one as it is and take the rest "
            "into an issue of its own. "
            "Would you have another look with that in mind?",
            "Fair points. I'd like to land this and follow up separately, it is blocking me a little. "
            "Could you look again?",
        ),
        terse=("I'd land it like this and follow up. Another look?",),
        formal=("I suggest merging it as it is and following up separately. Could you look at it again?",),
    ),
    "argued": Sayings(
        warm=(
            "Good thought, thank you. I had weighed it the other way, and I'm glad you say it out "
            "loud; I'll keep it in mind for the next one.",
            "That is a fair point. Let me leave it here for the record, and if it bites us, you were right.",
            "Thanks for thinking along! If you feel strongly about it, request changes and I will do it.",
        ),
        terse=("Noted. Request changes if it must not go in like this.",),
        formal=("Thank you for the comment; I have taken note of it.",),
    ),
    "conflict-solved": Sayings(
        warm=(
            "main had moved under me. I have brought my branch up to date and settled the conflict, "
            "please have a fresh look.",
        ),
        terse=("Conflict with main solved.",),
        formal=("The conflict with main has been resolved; please review the result.",),
    ),
    "conflict-help": Sayings(
        warm=(
            "This conflicts with main now, in {paths}. You know those lines better than I do: how "
            "should they go together?",
            "main and I both changed {paths}, so I cannot merge. Could you tell me which version is "
            "meant to win where?",
        ),
        terse=("Conflict with main in {paths}. How should it go together?",),
        formal=("There is a conflict with main in {paths}. Could you advise how to resolve it?",),
    ),
    "ask-back": Sayings(
        warm=(
            "I'd gladly help, but I'm not sure what you are asking. Which part is unclear?",
            "Could you say a little more? What would you need to know to begin?",
        ),
        terse=("Which part do you mean?",),
        formal=("Could you please specify your question?",),
    ),
}
