"""What rules can be about: how the subjects of each kind are found, whose they are, what they weigh.

Finding subjects here, and not in the rules, gives every rule its denominator. Refuses to judge.
"""

from simulator.hygiene.subjects.board_moves import BOARD_MOVES, BoardMove
from simulator.hygiene.subjects.branches import ARRIVALS, BRANCHES, Arrival
from simulator.hygiene.subjects.breaking import BREAKING_PULLS, BreakingPull
from simulator.hygiene.subjects.brought import ALL_BROUGHT, BROUGHT, Brought
from simulator.hygiene.subjects.closings import CLOSINGS, CLOSINGS_OF_CODE, Closing
from simulator.hygiene.subjects.commitment import COMMITMENT, Committed
from simulator.hygiene.subjects.commits import (
    ARRIVED_MESSAGES,
    COMMITS,
    COMMITS_WITH_BODY,
    LASTING_COMMITS,
    PUSHED_COMMITS,
    SMART_COMMITS,
    WRITTEN_COMMITS,
)
from simulator.hygiene.subjects.endings import ENDINGS, Ending, EndingInSprint
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
from simulator.hygiene.subjects.judged_commits import JudgedCommit, WrittenCommit
from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.obstacles import OBSTACLES, Obstacle
from simulator.hygiene.subjects.pulls import (
    ALL_READY_PULLS,
    CLOSED_PULLS,
    DISCUSSED_PULLS,
    MERGED_PULLS,
    PULLS_OF_SEVERAL_COMMITS,
    PULLS_WITH_BOXES,
    PULLS_WITH_COMMITS,
    PULLS_WITH_PRODUCTION,
    READY_PULLS,
    REVIEWED_PULLS,
)
from simulator.hygiene.subjects.remarks import FEEDBACK, Feedback
from simulator.hygiene.subjects.retrospectives import CLOSED_SPRINTS, SHARES, ClosedSprint, Shares
from simulator.hygiene.subjects.reviews import (
    APPROVALS,
    BLOCK_ROUNDS,
    BLOCKS,
    DISMISSALS,
    FIRST_APPROVALS,
    READ_PULLS,
    REQUESTS,
    REQUESTS_AFTER_BLOCK,
    BlockRound,
    GivenReview,
)
from simulator.hygiene.subjects.scope import ISSUES_IN_HAND, SCOPE, Addition, InScope
from simulator.hygiene.subjects.shared import (
    BRANCH_DAYS,
    PROTECTIONS,
    PUSHED_CODE,
    RED_SPANS,
    SHARED_PUSHES,
    BranchDay,
    ProtectionItem,
    RedSpan,
    SharedPush,
)
from simulator.hygiene.subjects.shares import SPRINTS_OF, SprintOf
from simulator.hygiene.subjects.sprints import FORECASTS, PLANNED_SPRINTS, TAKEN_IN, Forecast, PlannedSprint, TakenIn
from simulator.hygiene.subjects.written_issues import FILED_BUGS, OWNED_ISSUES, STORIES

__all__ = [
    "ALL_BROUGHT",
    "ALL_READY_PULLS",
    "APPROVALS",
    "ARRIVALS",
    "ARRIVED_MESSAGES",
    "BLOCKS",
    "BLOCK_ROUNDS",
    "BOARD_MOVES",
    "BRANCHES",
    "BRANCH_DAYS",
    "BREAKING_PULLS",
    "BROUGHT",
    "CLOSED_PULLS",
    "CLOSED_SPRINTS",
    "CLOSINGS",
    "CLOSINGS_OF_CODE",
    "CODED_ISSUES",
    "COMMITMENT",
    "COMMITS",
    "COMMITS_WITH_BODY",
    "DAYS_AT_WORK",
    "DISCUSSED_PULLS",
    "DISMISSALS",
    "ENDINGS",
    "ESTIMATES",
    "FEEDBACK",
    "FILED_BUGS",
    "FINISHED",
    "FINISHED_CODE",
    "FIRST_APPROVALS",
    "FORECASTS",
    "HELD",
    "ISSUES_IN_HAND",
    "LASTING_COMMITS",
    "LIMITED_MOVES",
    "MERGED_PULLS",
    "OBSTACLES",
    "OWNED_ISSUES",
    "PLANNED_SPRINTS",
    "PROTECTIONS",
    "PULLS_OF_SEVERAL_COMMITS",
    "PULLS_WITH_BOXES",
    "PULLS_WITH_COMMITS",
    "PULLS_WITH_KEY",
    "PULLS_WITH_PRODUCTION",
    "PUSHED_CODE",
    "PUSHED_COMMITS",
    "READY_PULLS",
    "READ_PULLS",
    "RED_SPANS",
    "REQUESTS",
    "REQUESTS_AFTER_BLOCK",
    "REVIEWED_PULLS",
    "SCOPE",
    "SHARED_PUSHES",
    "SHARES",
    "SMART_COMMITS",
    "SPRINTS_OF",
    "SPRINT_ISSUES",
    "STARTS",
    "STORIES",
    "TAKEN_IN",
    "WRITTEN_COMMITS",
    "Addition",
    "Arrival",
    "BlockRound",
    "BoardMove",
    "BranchDay",
    "BreakingPull",
    "Brought",
    "ClosedSprint",
    "Closing",
    "CodedIssue",
    "Committed",
    "DayAtWork",
    "Ending",
    "EndingInSprint",
    "Estimate",
    "Feedback",
    "Finished",
    "Forecast",
    "GivenReview",
    "Held",
    "InScope",
    "JudgedCommit",
    "Kind",
    "LimitedMove",
    "Obstacle",
    "Opportunity",
    "Place",
    "PlannedSprint",
    "ProtectionItem",
    "RedSpan",
    "Reestimate",
    "SharedPush",
    "Shares",
    "Source",
    "SprintOf",
    "Start",
    "Stretch",
    "TakenIn",
    "WrittenCommit",
]
