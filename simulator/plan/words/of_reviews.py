"""How a review begins: approvals, requests for changes, a true word of praise."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.plan.words.tones import Sayings

OF_REVIEWS: Mapping[str, Sayings] = {
    "approved": Sayings(
        warm=(
            "Reads well, and I can see what it is for. Approved.",
            "Went through it once from top to bottom, nothing to add. 👍",
            "Good to go from my side. I read it twice, and had no question the second time either.",
            "Clear change. Merge when you like.",
            "Nothing to hold this up. Thank you!",
            "I like it. Go ahead.",
            "It does what it says, and no more. Approved with pleasure.",
            "That was a nice one to read. Approved.",
            "No questions left. Ship it!",
            "All good here. Thanks for taking this one on.",
            "Read from the top to the bottom without stumbling once. Approved.",
            "This can go in as it is. Thank you for the care.",
            "I would have done it the same way, only later. Approved.",
            "Happy with this one. In with it!",
            "I have nothing to ask, which is the best I can say of a diff.",
            "Yes, please. Approved.",
            "Fine by me, and I look forward to not thinking about it again.",
            "A pleasure. Go ahead and merge.",
        ),
        terse=(
            "Read all of it. Good to go.",
            "Fine. Merge it.",
            "Approved, no remarks.",
            "Good. Nothing to add.",
            "Read, understood, approved.",
            "Yes. Go.",
            "No questions. In with it.",
            "OK for me.",
            "Looks right. Merge.",
        ),
        formal=(
            "I have reviewed the change and have no objections. Approved.",
            "The change is clear and complete. Approved.",
            "No objections; please proceed.",
            "The change meets the requirements as I understand them. Approved.",
            "Reviewed in full; it may be merged.",
            "I have no further comments on this change. Approved.",
        ),
    ),
    "approved-after-changes": Sayings(
        warm=(
            "Thanks for the changes, that settles my points. Approved.",
            "Much better, thank you. Nothing more from me.",
            "All my remarks are dealt with. Go ahead.",
            "You have taken care of everything I asked for. Approved, and thank you for the patience.",
            "That is what I had hoped for. In with it!",
            "Looked at the new commits: exactly right. Approved.",
        ),
        terse=("Points met. Approved.", "Fixed as asked. Go.", "Good now.", "That does it. Approved."),
        formal=(
            "My comments have been addressed. Approved.",
            "Thank you for the revision; I have no further objections.",
            "The revised change is in order. Approved.",
        ),
    ),
    "approved-after-talk": Sayings(
        warm=(
            "You have convinced me. Approved as it is.",
            "Fair enough, your reasons hold. Nothing more from me.",
            "Thanks for explaining, that settles the rest. Approved.",
            "I had not seen it that way. Good to go.",
        ),
        terse=("Convinced. Approved.", "Good reasons. Go.", "Fine as it is, then."),
        formal=(
            "Your explanation is sound. Approved.",
            "I follow your reasoning. Approved.",
            "I accept the reasons given and withdraw my objections. Approved.",
        ),
    ),
    "approved-with-nits": Sayings(
        warm=(
            "Approved. What I left on the lines is small change, do as you like with it.",
            "Good to go. My two cents are on the lines, nothing that needs another round.",
            "Happy with this. Nothing of what I noted has to stop you.",
            "Yes from me. The rest is taste, take it or leave it.",
            "In with it! If you touch it again anyway, have a look at what I noted.",
        ),
        terse=("Approved. Nits inline, optional.", "Go. Nits are yours to take or leave.", "Fine. Small stuff inline."),
        formal=(
            "Approved. I have added minor suggestions, which are optional.",
            "The change may be merged; the minor remarks need no action.",
            "Approved. My remarks concern style and are not binding.",
        ),
    ),
    "approved-with-note": Sayings(
        warm=(
            "We have gone round this {times} now, and I would rather have it in than perfect. I approve, and still think that:",
            "Let us not make a life's work of it: approved. For the record, this I would do differently:",
            "Enough from me: approved. So that we remember it, here is what I would still change:",
        ),
        terse=("Approved; for the record:", "Enough rounds. Approved, noted below:"),
        formal=(
            "Having asked {times}, I approve the change. I put on record what remains:",
            "Approved, in order not to delay it further. The following remains on record:",
        ),
    ),
    "approved-part": Sayings(
        warm=(
            "I can speak for {mine} only. The other part, {other}, is better read by {name}.",
            "{mine}: yes from me. For {other} I know too little, {name} knows it well.",
        ),
        terse=("Looked at {mine}. For {other}: {name}.", "Mine was {mine}. Ask {name} about {other}."),
        formal=(
            "My approval covers {mine}. I recommend that {name} reviews {other}.",
            "This concerns {mine} only; {name} should review {other}.",
        ),
    ),
    "changes": Sayings(
        warm=(
            "Thanks for this! Before it goes in, please have a look at the following.",
            "I like where this is going. There is something I'd want changed first:",
            "Had a read. Not quite there yet, see below:",
            "Good start. What I would not want to find out in production:",
            "Thank you for picking this up. What I stumbled over:",
            "The idea is right. Before we merge, could you look at this:",
            "Thanks, I read all of it. This is what I would ask you to change:",
            "What still keeps me from saying yes:",
            "Read it with a pencil in hand. From my side:",
            "I took my time with this one. What I would like to see before it goes in:",
        ),
        terse=(
            "Not yet:",
            "Needs a change first:",
            "Open:",
            "Read through. First:",
            "Before merging:",
            "Read it. Not yet:",
            "To do:",
        ),
        formal=(
            "Thank you for the change. I request the following before it is merged:",
            "I have reviewed the change and ask you to address what follows:",
            "The following needs your attention before approval:",
            "Before I can approve the change, please consider:",
            "I ask for a revision with regard to the following:",
        ),
    ),
    "changes-again": Sayings(
        warm=(
            "Thanks for the push. What is still open:",
            "Closer. This is left from my side:",
            "I looked again; this still stands:",
            "Good progress, thank you. Still to do, as I see it:",
            "Nearly. What I would still ask for:",
            "On the right track. What I still miss:",
            "I have read the new commits. From my list, this is left:",
            "Thanks, I can see where it is going. Still missing:",
        ),
        terse=("Still open:", "Looked again. Left:", "Remaining:", "One more round:", "Almost. Still:"),
        formal=(
            "Thank you for the revision. The following remains open:",
            "I have looked at the new commits; this remains:",
            "The revision is noted. Not yet addressed:",
        ),
    ),
    "changes-still": Sayings(
        warm=(
            "I looked again; this still stands:",
            "I have read the new commits, and as I see it the same is open:",
            "Thanks for the push. From my side this is as it was:",
            "I may have missed it, but I still see what I saw before:",
        ),
        terse=("Still open:", "Looked again. Unchanged:", "Same as before:"),
        formal=(
            "I have looked at the new commits; the following remains as it was:",
            "The revision is noted. Not yet addressed:",
        ),
    ),
    "praise-tests": Sayings(
        warm=(
            "The tests say what it is for, thank you.",
            "I read the tests first and knew what to expect. Lovely.",
            "Nice tests, they would have caught my usual mistake.",
            "Good to see tests with it.",
            "With these tests I sleep better.",
            "The tests alone would have told me what changes.",
        ),
        terse=("Good tests.", "Tests are clear.", "Tests with it, good."),
        formal=("The tests are to the point.", "I appreciate the tests.", "The tests document the change well."),
    ),
    "praise-small": Sayings(
        warm=(
            "Thanks for keeping it small.",
            "A size I can read between two meetings, much appreciated.",
            "Small and whole: just right.",
            "Small steps like this one are easy to follow.",
            "I like the size of it.",
        ),
        terse=("Good size.", "Small. Good."),
        formal=("The size of the change made it easy to review.", "The change has a convenient size."),
    ),
    "praise-description": Sayings(
        warm=(
            "The description told me what I needed, thank you.",
            "Good description: I did not have to open the issue.",
            "I knew what to look for before I opened the diff. Thank you.",
        ),
        terse=("Clear description.", "Good description."),
        formal=("The description is helpful.", "The description made the review easy."),
    ),
    "praise-deletes": Sayings(
        warm=(
            "More lines gone than come, that makes my day.",
            "It takes more away than it adds. I like that a lot.",
            "Less to read for all of us from now on.",
        ),
        terse=("Net minus. Nice.", "Less code. Good."),
        formal=("It is good to see code removed.", "I welcome the reduction of code."),
    ),
}
