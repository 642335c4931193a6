"""What rules can be about: how the subjects of each kind are found, whose they are, what they weigh.

Finding subjects here, and not in the rules, gives every rule its denominator. Refuses to judge.
"""

from simulator.hygiene.subjects.branches import ARRIVALS, BRANCHES, Arrival
from simulator.hygiene.subjects.commits import COMMITS, PULLS_TO_DEFAULT, JudgedCommit
from simulator.hygiene.subjects.issues import CODED_ISSUES, SPRINT_ISSUES, CodedIssue
from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.pulls import (
    CLOSED_PULLS,
    DISCUSSED_PULLS,
    MERGED_PULLS,
    PULLS_OF_SEVERAL_COMMITS,
    READY_PULLS,
    REVIEWED_PULLS,
)
from simulator.hygiene.subjects.reviews import REQUESTS

__all__ = [
    "ARRIVALS",
    "BRANCHES",
    "CLOSED_PULLS",
    "CODED_ISSUES",
    "COMMITS",
    "DISCUSSED_PULLS",
    "MERGED_PULLS",
    "PULLS_OF_SEVERAL_COMMITS",
    "PULLS_TO_DEFAULT",
    "READY_PULLS",
    "REQUESTS",
    "REVIEWED_PULLS",
    "SPRINT_ISSUES",
    "Arrival",
    "CodedIssue",
    "JudgedCommit",
    "Kind",
    "Opportunity",
    "Place",
    "Source",
]
