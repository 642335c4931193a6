"""What happened in a run, put together from its facts: pull requests, branches, commits, issues, sprints at any instant.

Refuses to judge and to ask any service. Rules and pages read a `History`, and nothing else.
"""

from simulator.model.history.book import FactBook
from simulator.model.history.burndown import Burndown, BurndownDay, BurndownStep
from simulator.model.history.checks import CheckRun
from simulator.model.history.code import UNPLANNED, Branch, Commit, DirectPush, Landing, Push, WorkItem
from simulator.model.history.deeds import Ended, Span
from simulator.model.history.history import Column, History
from simulator.model.history.in_the_run import Answer, Away, InTheRun, Occurrence, Prompt, Seen
from simulator.model.history.links import WorkStart
from simulator.model.history.pulls import Comment, Head, PullRequest, Review, ReviewRequest, Thread
from simulator.model.history.smart import SmartCommand
from simulator.model.history.speech import Said
from simulator.model.history.surroundings import BoardColumn, Protection, Surroundings
from simulator.model.history.tracker import Change, Issue, IssueState, Move, SprintRecord

__all__ = [
    "UNPLANNED",
    "Answer",
    "Away",
    "BoardColumn",
    "Branch",
    "Burndown",
    "BurndownDay",
    "BurndownStep",
    "Change",
    "CheckRun",
    "Column",
    "Comment",
    "Commit",
    "DirectPush",
    "Ended",
    "FactBook",
    "Head",
    "History",
    "InTheRun",
    "Issue",
    "IssueState",
    "Landing",
    "Move",
    "Occurrence",
    "Prompt",
    "Protection",
    "PullRequest",
    "Push",
    "Review",
    "ReviewRequest",
    "Said",
    "Seen",
    "SmartCommand",
    "Span",
    "SprintRecord",
    "Surroundings",
    "Thread",
    "WorkItem",
    "WorkStart",
]
