"""How a point is put in the text of a review, as an item of its list. On the line itself: on_lines.py."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.plan.words.tones import Sayings

IN_THE_TEXT: Mapping[str, Sayings] = {
    "size": Sayings(
        warm=(
            "It is {lines} changed lines. I lose the thread after about {limit}. Can you split it, say `{first}` first?",
            "{lines} lines in one go is more than I can review well (we agreed on {limit}). Please break it up; `{first}` "
            "looks like a piece that could go in alone.",
            "By line {limit} I had forgotten how it began, and there are {lines}. Could `{first}` come on its own?",
            "I can give {limit} lines the attention they deserve, not {lines}. Would `{first}` work alone, the rest on top?",
            "I started three times: {lines} lines are too many for one sitting, {limit} are fine. Could `{first}` come first?",
            "With {lines} lines I would be guessing by the end; up to {limit} I read properly. What if `{first}` went ahead?",
        ),
        terse=(
            "{lines} lines, limit {limit}. Please split, `{first}` first.",
            "Too large: {lines} lines where {limit} is our limit. Could `{first}` go in alone?",
            "{lines} lines. I read {limit}. Start with `{first}`?",
        ),
        formal=(
            "The change comprises {lines} lines; we agreed on at most {limit}. Please divide it, beginning with `{first}`.",
            "At {lines} lines the change exceeds the agreed {limit}. I suggest submitting `{first}` separately first.",
            "A review of {lines} lines would not be reliable (limit: {limit}). Could `{first}` be submitted on its own?",
        ),
    ),
    "size-of-one-file": Sayings(
        warm=(
            "{lines} changed lines, and we agreed on {limit}. It is all in `{first}`: could it come in two or three steps, the "
            "first one small?",
            "I cannot hold {lines} lines of `{first}` in my head; {limit} I can. Is there a first half that works alone?",
            "{lines} lines of `{first}` are too much for one reading (we said {limit}). What is the smallest useful step?",
        ),
        terse=(
            "{lines} lines in one file, limit {limit}. In steps, please.",
            "`{first}`: {lines} lines, I read {limit}. Which part can go first?",
        ),
        formal=(
            "The change comprises {lines} lines in `{first}`; the limit is {limit}. Please submit it in several steps.",
            "At {lines} lines (limit: {limit}), `{first}` should be changed in smaller steps.",
        ),
    ),
    "concerns": Sayings(
        warm=(
            "This does {count} things at once: {names}. Could each come on its own? Then a problem with one does not hold up "
            "the others.",
            "{names}: that is {count} topics in one pull request. I would rather read them one after the other.",
            "I count {count} different things in here, {names}. If one has to be taken back some day, the others go with it. "
            "One each?",
        ),
        terse=(
            "{count} concerns in one: {names}. One each, please.",
            "{names}: too many things for one merge. Please split.",
        ),
        formal=(
            "The change combines {count} concerns ({names}). Please submit them separately.",
            "{count} independent matters ({names}) should be reviewed independently. Please divide the change.",
        ),
    ),
    "untested": Sayings(
        warm=(
            "`{path}` changes what the code does, but no test changes with it. Please add one that fails without your change.",
            "I see no test for the change in `{path}`. A small one for the new behaviour and one for the odd case would do.",
            "How do we know in half a year that `{path}` still does this? Please add a test.",
            "I could not find a test that would turn red if `{path}` forgot about this again. Could you write one?",
            "What `{path}` does now is nowhere pinned down. One test for the usual case and one for the edge would be enough.",
            "Before I trust `{path}` with this I would like to see it tested, please.",
            "`{path}` is the kind of file that somebody tidies up one day. A test would protect your change from them.",
            "I can read `{path}` and still be wrong about it. Could a test say what it does?",
            "There is new behaviour in `{path}`, and only you and I know about it. Please tell the tests.",
        ),
        terse=(
            "No test for `{path}`.",
            "`{path}` changes, tests do not. Please add one.",
            "Tests for `{path}`?",
            "`{path}` needs a test that fails without this.",
        ),
        formal=(
            "The new behaviour in `{path}` is not covered by a test. Please add one.",
            "Please provide a test for the change in `{path}`.",
            "I could not find a test that covers the change in `{path}`; one is required before the merge.",
        ),
    ),
    "untested-as-before": Sayings(
        warm=(
            "You say that nothing behaves differently. Which test would notice if `{path}` did? If there is one, name it and I'm "
            "happy; if not, now is a good time.",
            "A tidy-up of `{path}` without a test beside it: which of our tests covers these lines? A pointer is enough for me.",
        ),
        terse=("Which test covers `{path}`? Name it, or add one.", "`{path}`: same behaviour by which test?"),
        formal=(
            "Please state which existing test covers `{path}`, or add one.",
            "If the behaviour of `{path}` is unchanged, kindly name the test that shows it.",
        ),
    ),
    "test-file-removed": Sayings(
        warm=(
            "`{path}`{more} goes away, while the code that it tested stays. Is there something else that checks it now?",
            "I would miss `{path}`{more}: what it tested is still there. Can it stay, or does a better test take its place?",
        ),
        terse=("Why does `{path}`{more} go? The code is still there.", "`{path}`{more} deleted. What tests that now?"),
        formal=(
            "Please explain the removal of `{path}`{more}: the code under test remains.",
            "With `{path}`{more} removed, the code is no longer tested. Please restore it or replace it.",
        ),
    ),
    "description": Sayings(
        warm=(
            "There is no description. Two sentences would help: what changes, and why. I have only the diff to guess from.",
            "Could you write a line or two about the why? The diff only tells me the what.",
            "A word on what this is for, please. In half a year the two of us will ask ourselves the same.",
            "The description is empty. What would you tell me if I sat next to you?",
        ),
        terse=("Description, please: what and why.", "No description. Two sentences will do."),
        formal=(
            "Please add a description of what is changed and for what reason.",
            "The description is empty; please state purpose and scope of the change.",
        ),
    ),
    "description-short": Sayings(
        warm=(
            "The description leaves me guessing. Could you say in a sentence or two what changes, and why?",
            "I understand the description now that I have read the diff; it should be the other way round. What is it for?",
            "Could the description be a little longer? Who uses this, and what is different for them?",
        ),
        terse=("The description needs a why.", "Say more in the description: what and why."),
        formal=(
            "Please extend the description: what is changed, and for what reason?",
            "The description is too brief to review against; please add the purpose of the change.",
        ),
    ),
    "description-template": Sayings(
        warm=(
            "The template is still empty. What does this change, and how did you try it out?",
            "I only find the headings of the template. Would you fill in what and why?",
        ),
        terse=("The template is not filled in.", "Only headings in the description."),
        formal=(
            "The description consists of the empty template only; please complete it.",
            "Please fill in the template of the description.",
        ),
    ),
    "empty": Sayings(
        warm=(
            "I see no change in here at all. Did the push go missing, or is the work on another branch?",
            "The diff is empty: there is nothing I could read. Did you push what you meant to?",
        ),
        terse=("The diff is empty. Wrong branch?", "Nothing in here. Did you push?"),
        formal=(
            "The diff is empty. Could you check whether the intended commits have been pushed?",
            "There is no change to review. Is this the intended branch?",
        ),
    ),
    "secret": Sayings(
        warm=(
            "There is something in `{path}` that looks like a real key. Please treat it as public from now on: get a new one, "
            "and take this one out of the history too, not only out of the file.",
            "I think a key slipped into `{path}`. It happens to all of us once. A new one first, then out of the history.",
        ),
        terse=(
            "Secret in `{path}`. Replace it, and remove it from the history.",
            "A key in `{path}`: new one first, then clean the history.",
        ),
        formal=(
            "`{path}` appears to contain a credential. Please have it replaced, and remove it from the history of the branch.",
            "Please revoke what looks like a credential in `{path}` and rewrite the branch without it.",
        ),
    ),
    "secret-in-history": Sayings(
        warm=(
            "The key is gone from the file, thank you, but the commit `{sha}` still has it. Could you rewrite the branch without "
            "it, and have the key replaced?",
            "One more step with the key: whoever fetches the branch still finds it in `{sha}`. Please take it out of the history "
            "as well.",
        ),
        terse=(
            "The key is still in the history, see `{sha}`.",
            "`{sha}` still has the key. Rewrite the branch, please.",
        ),
        formal=(
            "The credential is still contained in commit `{sha}`. Please rewrite the branch without it.",
            "Commit `{sha}` still exposes the credential; the history has to be rewritten.",
        ),
    ),
    "unfit": Sayings(
        warm=(
            "I think `{path}`{more} came along by accident. Out of the branch and into `.gitignore`?",
            "I doubt that we want `{path}`{more} in the repository. Please take that out and add it to `.gitignore`.",
        ),
        terse=("Not for the repository: `{path}`{more}.", "`{path}`{more}: into `.gitignore`, please."),
        formal=(
            "Please remove `{path}`{more} from the change and add it to `.gitignore`.",
            "Kindly leave `{path}`{more} out of version control.",
        ),
    ),
    "large-file": Sayings(
        warm=(
            "`{path}` has {lines} lines. Is it made by a tool? Then let us rather make it in the build.",
            "Did somebody write the {lines} lines of `{path}`, or can we have them made when we need them?",
        ),
        terse=("`{path}`: {lines} lines. Generated?", "{lines} lines of `{path}`, needed here?"),
        formal=(
            "`{path}` adds {lines} lines. Please check whether it needs to be in the repository.",
            "If the {lines} lines of `{path}` are generated, please leave them to the build.",
        ),
    ),
    "missing": Sayings(
        warm=(
            "`{path}` changes, and `{wants}` does not: see my remark.",
            "Something should go with `{path}`, namely `{wants}`; I wrote it on the line.",
        ),
        terse=("`{path}` without `{wants}`.", "`{wants}` belongs with `{path}`."),
        formal=(
            "`{path}` is changed without `{wants}`; see my remark.",
            "A change of `{path}` requires one of `{wants}`.",
        ),
    ),
    "on-the-line": Sayings(
        warm=(
            "Please see my remark on `{path}`{more}.",
            "One thing in `{path}`{more}, on the line itself.",
            "In `{path}` I stumbled over something{more}.",
            "There is something in `{path}`{more}, I marked the place.",
            "`{path}`{more}: I wrote on the line what I mean.",
        ),
        terse=("`{path}`{more}, see the line.", "`{path}`: remark inline{more}.", "Inline, `{path}`{more}."),
        formal=(
            "Please refer to my remark in `{path}`{more}.",
            "I have commented on a line of `{path}`{more}.",
            "A line of `{path}`{more} needs attention; see there.",
        ),
    ),
    "criterion": Sayings(
        warm=(
            "I believe a line in `{path}`{more} goes against what the issue asks for, see there.",
            "`{path}`{more} does not do what the criteria say, I think; I marked where.",
        ),
        terse=("`{path}`{more} contradicts the criteria.", "Not what the issue asks for: `{path}`{more}."),
        formal=(
            "A line of `{path}`{more} appears to contradict the acceptance criteria; see my remark.",
            "Please compare `{path}`{more} with the acceptance criteria; see my remark.",
        ),
    ),
    "left-over": Sayings(
        warm=(
            "There is a left-over from trying things out in `{path}`{more}.",
            "`{path}` still has something of your last debugging session{more}.",
            "Something stayed behind in `{path}`{more} that was only meant for you.",
        ),
        terse=("Debug left-over in `{path}`{more}.", "`{path}`: debugging stayed in{more}."),
        formal=(
            "Please remove the debugging statement in `{path}`{more}.",
            "`{path}` still contains debugging output{more}.",
        ),
    ),
}
