"""What rules can be about: how the subjects of each kind are found, whose they are, what they weigh.

Finding subjects here, and not in the rules, gives every rule its denominator. Refuses to judge.
"""

from simulator.hygiene.subjects.branches import ARRIVALS, BRANCHES, Arrival
from simulator.hygiene.subjects.breaking import BREAKING_PULLS, BreakingPull
from simulator.hygiene.subjects.commitment import COMMITMENT, Committed
from simulator.hygiene.subjects.closings import CLOSINGS, CLOSINGS_OF_CODE, Closing
from simulator.hygiene.subjects.commits import (
    COMMITS,
    COMMITS_WITH_BODY,
    LASTING_COMMITS,
    PULLS_TO_DEFAULT,
    PUSHED_COMMITS,
    SMART_COMMITS,
    WRITTEN_COMMITS,
    JudgedCommit,
    WrittenCommit,
)
from simulator.hygiene.subjects.estimates import ESTIMATES, Estimate, Reestimate
from simulator.hygiene.subjects.flow import (
    DAYS_AT_WORK,
    FINISHED,
    FINISHED_CODE,
    LIMITED_MOVES,
    PULLS_WITH_KEY,
    STARTS,
    DayAtWork,
    Finished,
    LimitedMove,
    Start,
)
from simulator.hygiene.subjects.held import HELD, Held, Stretch
from simulator.hygiene.subjects.issues import CODED_ISSUES, SPRINT_ISSUES, CodedIssue
from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.pulls import (
    CLOSED_PULLS,
    DISCUSSED_PULLS,
    MERGED_PULLS,
    PULLS_OF_SEVERAL_COMMITS,
    PULLS_WITH_COMMITS,
    READY_PULLS,
    REVIEWED_PULLS,
)
from simulator.hygiene.subjects.reviews import REQUESTS
from simulator.hygiene.subjects.scope import SCOPE, Addition, InScope
from simulator.hygiene.subjects.sprints import FORECASTS, PLANNED_SPRINTS, TAKEN_IN, Forecast, PlannedSprint, TakenIn

__all__ = [
    "ARRIVALS",
    "BRANCHES",
    "BREAKING_PULLS",
    "CLOSED_PULLS",
    "CLOSINGS",
    "CLOSINGS_OF_CODE",
    "CODED_ISSUES",
    "COMMITMENT",
    "COMMITS",
    "COMMITS_WITH_BODY",
    "DAYS_AT_WORK",
    "DISCUSSED_PULLS",
    "ESTIMATES",
    "FINISHED",
    "FINISHED_CODE",
    "FORECASTS",
    "HELD",
    "LASTING_COMMITS",
    "LIMITED_MOVES",
    "MERGED_PULLS",
    "PLANNED_SPRINTS",
    "PULLS_OF_SEVERAL_COMMITS",
    "PULLS_TO_DEFAULT",
    "PULLS_WITH_COMMITS",
    "PULLS_WITH_KEY",
    "PUSHED_COMMITS",
    "READY_PULLS",
    "REQUESTS",
    "REVIEWED_PULLS",
    "SCOPE",
    "SMART_COMMITS",
    "SPRINT_ISSUES",
    "STARTS",
    "TAKEN_IN",
    "WRITTEN_COMMITS",
    "Addition",
    "Arrival",
    "BreakingPull",
    "Closing",
    "CodedIssue",
    "Committed",
    "DayAtWork",
    "Estimate",
    "Finished",
    "Forecast",
    "Held",
    "InScope",
    "JudgedCommit",
    "Kind",
    "LimitedMove",
    "Opportunity",
    "Place",
    "PlannedSprint",
    "Reestimate",
    "Source",
    "Start",
    "Stretch",
    "TakenIn",
    "WrittenCommit",
]
