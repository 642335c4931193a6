"""How a point is put in a remark on the line that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.plan.words.tones import Sayings

ON_THE_LINE: Mapping[str, Sayings] = {
    "same": Sayings(
        warm=(
            "Same here.",
            "And here.",
            "Here too, please.",
            "One more of these.",
            "This one as well.",
            "This one, too.",
        ),
        terse=("Ditto.", "Also here.", "And this."),
        formal=("The same applies here.", "Likewise.", "This line as well, please."),
    ),
    "untested": Sayings(
        warm=(
            "Which test would fail if this line were wrong? I could not find one.",
            "This is new behaviour without a test. What should happen here with an empty or a wrong value?",
            "If I turned this round by accident, who would tell me? I see no test that does.",
            "A test for this one, please; it need not be long.",
            "How did you try this out? Whatever you typed would make a good test.",
            "I would like to see this fail once, in a test.",
            "What did you expect to see when you ran this? A test could expect the same.",
            "Could you pin this down with a test? I'd like to be able to change it next month without fear.",
        ),
        terse=("Untested.", "Which test covers this?", "Test?"),
        formal=(
            "Please add a test for this behaviour.",
            "I could not find a test that covers this line.",
            "The behaviour beginning here requires a test.",
        ),
    ),
    "untested-as-before": Sayings(
        warm=(
            "Which of our tests passes through here? If one does, tell me and this is settled.",
            "How can we see that this still does what it did before?",
        ),
        terse=("Covered by?", "Which test runs this?"),
        formal=("Which existing test covers this line?", "Please name the test that exercises this."),
    ),
    "secret": Sayings(
        warm=(
            "This looks like a real one. Please get it replaced first; after that, rewrite the commit so that it is gone from "
            "the history.",
            "Is this a live key? Then it is burnt, I'm afraid: everybody who fetches the branch has it.",
        ),
        terse=("A live key? Replace it.", "Key. Replace, then rewrite the commit."),
        formal=(
            "This appears to be a credential. It must be replaced and removed from the history.",
            "Please have this credential revoked; it is readable for everybody who fetches the branch.",
        ),
    ),
    "conflict": Sayings(
        warm=(
            "A conflict marker stayed in here. Which of the two sides did you mean to keep?",
            "The merge is not finished here: both sides are still in the file. Which one is it?",
        ),
        terse=("Conflict marker.", "Unfinished merge."),
        formal=(
            "A conflict marker has been committed here. Please resolve the conflict.",
            "Please complete the merge; both versions are still present.",
        ),
    ),
    "breakpoint": Sayings(
        warm=(
            "A breakpoint, I think: this would stop the server for everybody.",
            "This one would wait for you to type something, in production.",
        ),
        terse=("Breakpoint.", "Stops here. Out, please."),
        formal=("Please remove this breakpoint.", "This statement halts the program; please remove it."),
    ),
    "print": Sayings(
        warm=(
            "Was this for trying things out? If we need it, let us log it properly.",
            "A left-over, I think.",
            "Can this go? It ends up in the server's output and nobody will know what it means.",
            "Did you mean to leave this in? If so, tell me who reads it.",
        ),
        terse=("Left-over?", "Debug output.", "Still needed?"),
        formal=(
            "Please remove this output, or use the logger.",
            "Is this output intended? Otherwise please remove it.",
        ),
    ),
    "to-do": Sayings(
        warm=(
            "nit: a to-do without an issue is forgotten by Friday. Worth an issue?",
            "nit: could you name the issue that this to-do belongs to?",
            "nit: who will do this, and when? An issue would know.",
        ),
        terse=("nit: to-do without an issue.", "nit: issue for this?"),
        formal=("nit: please reference an issue in this to-do.", "nit: a to-do should name its issue."),
    ),
    "put-aside": Sayings(
        warm=(
            "nit: git remembers this for us, you can delete it.",
            "nit: code in a comment, do we still need it?",
            "nit: if we want it back, it is in the history.",
        ),
        terse=("nit: dead code.", "nit: can go."),
        formal=("nit: please remove the commented-out code.", "nit: this code is disabled; please delete it."),
    ),
    "long-line": Sayings(
        warm=(
            "nit: {length} characters, I have to scroll for the end of it.",
            "nit: a break somewhere in these {length} characters would help my eyes.",
        ),
        terse=("nit: {length} characters.", "nit: long, {length}."),
        formal=(
            "nit: this line has {length} characters; please break it.",
            "nit: {length} characters exceed what can be read at a glance.",
        ),
    ),
    "vague-name": Sayings(
        warm=(
            "nit: what does it do? A name that says so would save me the reading.",
            "nit: I had to read the body to know what this is for. Could the name say it?",
        ),
        terse=("nit: name.", "nit: says nothing. Better name?"),
        formal=("nit: a more telling name would help here.", "nit: the name does not convey the purpose."),
    ),
    "bare-truth": Sayings(
        warm=(
            "nit: `is` reads better here, or no comparison at all.",
            "nit: I think you can ask this without comparing.",
        ),
        terse=("nit: no need to compare.", "nit: `is`."),
        formal=("nit: the comparison is not needed.", "nit: please compare with `is`, or not at all."),
    ),
    "trailing-space": Sayings(
        warm=(
            "nit: white space at the end of the line.",
            "nit: a space too many at the end, my editor shows it in red.",
        ),
        terse=("nit: trailing space.", "nit: space at the end."),
        formal=("nit: please remove the trailing white space.", "nit: there is white space at the end of this line."),
    ),
    "test-removed": Sayings(
        warm=(
            "`{name}` was here and is gone. Is what it checked no longer true? If it is only red, let us find out why.",
            "Why does `{name}` go? I would miss it the day this breaks.",
        ),
        terse=("Why is `{name}` gone?", "`{name}` removed. Reason?"),
        formal=("Please explain why `{name}` was removed.", "`{name}` has been removed; for what reason?"),
    ),
    "test-skipped": Sayings(
        warm=(
            "This one does not run any more. If it is wrong, let us mend it; if it is right, I want to hear what it says.",
            "A test that is skipped is a test that we have forgotten by next sprint. What keeps it from running?",
        ),
        terse=("Why skipped?", "Switched off. Reason?"),
        formal=(
            "Please explain why this test is no longer run.",
            "A disabled test requires a reason, and an issue that brings it back.",
        ),
    ),
}
