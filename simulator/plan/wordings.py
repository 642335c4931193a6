"""The words of colleagues where the scenario gives none: several for each occasion, drawn by the seed.

Refuses to decide anything. `{…}` fields are filled by teammates.py.
"""

from __future__ import annotations

APPROVED = (
    "Reads well, and the tests say what it is for. Approved.",
    "Went through it once from top to bottom, nothing to add. Thanks for keeping it small. 👍",
    "Good to go from my side. I tried the happy path and one odd case by hand, both fine.",
    "Clear change, clear tests. Merge when you like.",
)
APPROVED_AFTER_CHANGES = (
    "Thanks for the changes, that settles my points. Approved.",
    "Much better, thank you. Nothing left from me.",
    "All my remarks are dealt with. Go ahead.",
)
CHANGES = (
    "Thanks for this! Before it goes in, please have a look at the following.",
    "I like where this is going. There is something I'd want changed first:",
    "Had a read. Not quite there yet, see below:",
)
CHANGES_AGAIN = (
    "Thanks for the push. What is still open:",
    "Closer. This is left from my side:",
    "I looked again; these points stand:",
)
TOO_LARGE = (
    "- It is {lines} changed lines. I lose the thread after about {limit}. Can you split it, say {first} on its own first?",
    "- {lines} lines in one go is more than I can review well (we agreed on {limit}). Please break it up; {first} "
    "looks like a piece that can go in alone.",
)
NOTHING_IN_IT = (
    "- I see no change in here at all. Did the push go missing, or is the work on another branch?",
    "- The diff is empty: there is nothing I could read. Did you push what you meant to?",
)
NO_TESTS = (
    "- `{path}` changes what the code does, but no test changes with it. Please add one that fails without your change.",
    "- I see no test for the change in `{path}`. A small one for the new behaviour and one for the odd case would do.",
)
NO_TESTS_ON_LINE = (
    "Which test would fail if this line were wrong? I could not find one.",
    "This is new behaviour without a test. What should happen here with an empty or a wrong value?",
    "Could you pin this down with a test? I'd like to be able to change it next month without fear.",
)
WATCHED = (
    "- Please see my remark on `{path}`.",
    "- One remark in `{path}`, on the line itself.",
)
STILL_WAITING = (
    "I looked again, but there is nothing new since my review. Ping me when you have pushed something.",
    "No new commits since my last look, so my points stand. Happy to talk them through.",
)
NOTHING_MORE = (
    "Thank you for reading so closely. I'd rather keep this one as it is and take the rest into an issue of its own. "
    "Would you have another look with that in mind?",
    "Fair points. I'd like to land this and follow up separately, it is blocking me a little. Could you look again?",
)
