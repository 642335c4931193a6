"""What reviewers say in threads and conversations: to reasons, claims and questions, and to one another."""

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
            "Thank you, now I know why. No change needed.",
        ),
        terse=("Fair. Leave it.", "OK, makes sense.", "Point taken.", "Good reason, keep it.", "Then it stays."),
        formal=(
            "I accept the reason; please leave it as it is.",
            "Understood. I withdraw this remark.",
            "Thank you for the explanation. It may stay.",
            "That is a sound reason; no change is needed here.",
        ),
    ),
    "not-by-talk": Sayings(
        warm=(
            "I follow you, but this one I would not let go by reasons alone: please change it.",
            "I understand why, and still: this needs a commit, not an argument.",
            "That may well be so. All the same I'd ask you to change it before we merge.",
            "I believe you. It is one of the few things that I always want to see done, though.",
        ),
        terse=(
            "Understood, still needs a change.",
            "This one is not negotiable, sorry.",
            "I see why. Needs a commit all the same.",
        ),
        formal=(
            "I understand the reason; nevertheless this has to be changed before the merge.",
            "The reason is noted. The change is required in any case.",
        ),
    ),
    "which-point": Sayings(
        warm=(
            "Which of my points is that about? If you write it below the remark that you mean, I can follow you better.",
            "I'm not sure what that belongs to, I asked for several things. Could you answer on the line itself?",
            "That sounds like a reason, only I cannot tell for what. Would you say which point you mean?",
        ),
        terse=("Which point?", "About what? Answer on the line, please."),
        formal=(
            "Could you state which of my points this refers to?",
            "Please answer below the remark concerned, so that I can relate the reason to it.",
        ),
    ),
    "not-yet": Sayings(
        warm=(
            "I do not see it yet: the last commit I have is `{sha}`. Did the push go missing?",
            "Hm, in `{sha}` it still reads as before. Is there a commit you have not pushed?",
            "As far as I can see, `{sha}` is the newest, and it is still there. Could you check your push?",
        ),
        terse=("Not in `{sha}`. Pushed?", "`{sha}` still has it."),
        formal=(
            "The last commit, `{sha}`, does not contain it. Could you check whether it has been pushed?",
            "I cannot find this in `{sha}`, the latest commit. Please verify the push.",
        ),
    ),
    "why": Sayings(
        warm=(
            "Could you tell me why? I may well be wrong here.",
            "What speaks for it? With a reason I'm happy to leave it.",
            "I'd like to understand it: what would go wrong if you changed it?",
        ),
        terse=("Why?", "Reason?", "Because?"),
        formal=("Could you give the reason for this?", "May I ask what speaks for it?"),
    ),
    "explain": Sayings(
        warm=(
            "What I mean: the next reader was not here today. Change it as I said, or tell me why not, both are fine.",
            "Let me put it differently: I would like either a change here or the reason for it as it is.",
            "Sorry for being short. If you would not change it, a sentence on why is all I need.",
        ),
        terse=("Change it, or tell me why not.", "A change, or a reason."),
        formal=(
            "To clarify: please either change it or state the reason for the present form.",
            "I ask for a change at this place, or for the reason against it.",
        ),
    ),
    "heard": Sayings(
        warm=(
            "Fair, leave that as it is. The rest of my review is still open.",
            "That point is settled for me, thank you. The others are still open.",
            "Good, then that one is off my list. Not the rest of it yet.",
        ),
        terse=("That one is settled. The rest stands.", "OK. One less. Rest is open."),
        formal=(
            "I accept this point. What else I have asked for remains open.",
            "This point is settled; the remaining ones are not.",
        ),
    ),
    "still-waiting": Sayings(
        warm=(
            "I looked again, but there is nothing new since my review. Ping me when you have pushed something.",
            "No new commits since my last look, so my points stand. Happy to talk them through.",
            "Is there a push I cannot see? As far as I can tell nothing has changed since my review.",
            "I'd like to say yes, but it is the same as when I read it. Tell me when there is something new.",
        ),
        terse=("Nothing new since my review.", "No new commits. My points stand.", "Same as before."),
        formal=(
            "There are no new commits since my review; my points therefore stand.",
            "I find no change since my review. Please let me know once it has been pushed.",
        ),
    ),
    "handed-over": Sayings(
        warm=(
            "We are going round in circles, and I may be the reason. {name}, would you decide this one? Open: {points}.",
            "I do not get further with this alone. {name}, could you take over? It is about {points}.",
        ),
        terse=("{name}, please take over. Open: {points}.", "Over to {name}. Open: {points}."),
        formal=(
            "After several rounds I ask {name} to decide. Open: {points}.",
            "I should like {name} to take over this review. Open: {points}.",
        ),
    ),
    "nobody-else": Sayings(
        warm=(
            "I have read `{sha}`, and I do not want to write a whole review again. Open is still: {points}. As soon as that is "
            "in, you have my yes.",
            "Almost. From my side only this is missing in `{sha}`: {points}. Shall we look at it together?",
        ),
        terse=("`{sha}`: still {points}. Then it is a yes.", "Open in `{sha}`: {points}."),
        formal=(
            "In `{sha}` the following remains to be done: {points}. I will approve once it is.",
            "I have read `{sha}`; what is required before an approval: {points}.",
        ),
    ),
    "not-my-field": Sayings(
        warm=(
            "I'm not the right person for {what}, I would only wave it through. {name} knows it well, would you ask there?",
            "Thanks for asking me, but I know too little about {what}. {name} is the one to ask.",
        ),
        terse=("Not my field ({what}). Ask {name}.", "{what}: {name} knows that, I don't."),
        formal=(
            "I am not familiar with {what}. Please ask {name} for the review.",
            "A review of {what} is better left to {name}.",
        ),
    ),
    "no-reviewer": Sayings(
        warm=(
            "Kind of you to ask me, but reviews are not my trade. {name} does them, would you ask there?",
            "I'd only nod at it, and that helps nobody. {name} would be the one to ask.",
        ),
        terse=("I don't review. {name} does.", "Ask {name}, please."),
        formal=(
            "Reviews are not part of my role; please ask {name}.",
            "I am not able to review code. {name} will gladly do so.",
        ),
    ),
    "reviewer-is-there": Sayings(
        warm=(
            "Kind of you to ask me, but reviews are not my trade. With {name} here you are in good hands.",
            "I'd only nod at it, and that helps nobody. {name} is asked already, and that is all you need.",
        ),
        terse=("I don't review. {name} does, and is asked.", "{name} reads it. I don't review."),
        formal=(
            "Reviews are not part of my role; {name} has been asked and will see to it.",
            "I am not able to review code. {name} has been asked already.",
        ),
    ),
    "echo": Sayings(
        warm=(
            "{name} has said what I would have said. With that done it is fine by me.",
            "Nothing to add to {name}'s review; I will look again when that is done.",
        ),
        terse=("See {name}'s review. Nothing to add.", "What {name} says."),
        formal=(
            "I concur with {name} and have no further points.",
            "I share {name}'s assessment and have nothing to add.",
        ),
    ),
    "taken-over": Sayings(
        warm=(
            "I have looked after what {name} asked for, it is settled.",
            "Taken over from {name}; nothing is left of it.",
        ),
        terse=("What {name} asked for is settled.", "Done with {name}'s review."),
        formal=("What {name} requested has been addressed.", "The requests made by {name} are settled."),
    ),
    "standing-in": Sayings(
        warm=("I'm looking at this for {name}, who is not here.", "{name} is not here, so you get me today."),
        terse=("Standing in for {name}.", "For {name}."),
        formal=("I am reviewing this on behalf of {name}.", "In place of {name}:"),
    ),
    "said-above": Sayings(
        warm=(
            "I think I said above what I know about it. If you mean something else, could you put it in other words?",
            "My answer is a few comments up. Tell me what it leaves open, and I'll try again.",
            "That is what I meant to answer above. Which part of it does not help you?",
        ),
        terse=("See above. Something else?", "Answered above. What is missing?"),
        formal=(
            "Please see my answer above. Should it leave something open, kindly say what.",
            "I have answered this above; which part remains unclear?",
        ),
    ),
    "nothing-more-known": Sayings(
        warm=(
            "What stands in {key} is all I know about it myself. Take the simplest thing that fits, and write into the pull "
            "request what you decided.",
            "I have nothing beyond what is in {key}, I'm afraid. Decide as you think best and tell us; it is easily changed.",
        ),
        terse=("All I know is in {key}. Decide, and say what you decided.", "No more than {key} says. Your call."),
        formal=(
            "I know no more than what is written in {key}. Please decide, and note the decision in the pull request.",
            "{key} contains all that is known to me; kindly choose the simplest solution and document it.",
        ),
    ),
    "which-issue": Sayings(
        warm=(
            "Which issue is that about? With its number I can look it up, and others find my answer there.",
            "I'm in five things at once: which issue do you mean?",
        ),
        terse=("Which issue?", "About which issue?"),
        formal=("To which issue does this refer?", "Please name the issue, so that I can answer."),
    ),
    "ask-back": Sayings(
        warm=(
            "I'd gladly help, but I'm not sure what you are asking. Which part is unclear?",
            "Could you say a little more? What would you need to know to begin?",
            "Happy to answer. What exactly would you like to know?",
        ),
        terse=("Which part do you mean?", "What do you need to know?"),
        formal=("Could you please specify your question?", "Which part should I explain?"),
    ),
}
