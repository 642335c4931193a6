"""Ranks: strings that order all issues of a site. Ranking one issue writes one row.

A new issue's rank follows from its id, so it is last without a question to the table; a rank between two others is a longer
string; when one grows too long all are dealt anew. The look is Jira's LexoRank: `0|i0000f:`.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, read_issues
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.tables import counters

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WIDTH = 8  # digits before the colon
_STEP = 36**3  # between two new issues
LONGEST = 60

_i = tables.issues.c


def initial(issue_id: int) -> str:
    """The rank that a new issue gets: after all older ones."""
    return _shown(_base36(issue_id * _STEP))


def between(low: str, high: str) -> str:
    """A rank between two; `low` may be "" for no lower bound. `low` < result < `high`."""
    return _shown(_middle(_digits(low), _digits(high)))


def rank_issues(context: Context, issues: list[Issue], *, target: Issue, before: bool) -> None:
    """Put issues, in their order, right before or after the target, which is none of them."""
    ranks = _places(context, len(issues), target, before=before)
    if max(len(rank) for rank in ranks) > LONGEST:
        _deal_anew(context)
        target = read_issues(context, [target.id])[target.id]
        ranks = _places(context, len(issues), target, before=before)
    for issue, rank in zip(issues, ranks, strict=True):
        _write(context, issue.id, rank)


def is_beside(context: Context, issue: Issue, target: Issue, *, before: bool) -> bool:
    """Whether an issue stands right before (or after) the target already."""
    low, high = _gap(context, target, before=before)
    return issue.rank == (low if before else high)


def _places(context: Context, count: int, target: Issue, *, before: bool) -> list[str]:
    """So many ranks between the target and its present neighbour: no issue has one of them."""
    low, high = _gap(context, target, before=before)
    ranks = []
    for _ in range(count):
        low = between(low, high)
        ranks.append(low)
    return ranks


def _gap(context: Context, target: Issue, *, before: bool) -> tuple[str, str]:
    site = _i.site == context.site
    if before:
        query = select(func.max(_i.rank)).where(site, _i.rank < target.rank)
        return context.connection.execute(query).scalar() or "", target.rank
    query = select(func.min(_i.rank)).where(site, _i.rank > target.rank)
    return target.rank, context.connection.execute(query).scalar() or _end(context)


def _end(context: Context) -> str:
    """The rank that the next new issue will get: nothing ranked now may reach it."""
    c = counters.c
    query = select(c.value).where(c.site == context.site, c.name == counter("issue"))
    return initial(context.connection.execute(query).scalar_one() + 1)


def _write(context: Context, issue_id: int, rank: str) -> None:
    of = (_i.site == context.site) & (_i.id == issue_id)
    context.connection.execute(update(tables.issues).where(of).values(rank=rank))


def _deal_anew(context: Context) -> None:
    """Give all issues of the site short ranks again, in the order they have.

    There are no more issues than the newest id, so the ranks dealt stay before that of the next new issue.
    """
    ids = list(context.connection.execute(select(_i.id).where(_i.site == context.site).order_by(_i.rank)).scalars())
    context.connection.execute(update(tables.issues).where(_i.site == context.site).values(rank="~" + _i.rank))
    context.connection.execute(
        update(tables.issues)
        .where(_i.site == context.site, _i.id == bindparam("issue_id"))
        .values(rank=bindparam("new_rank")),
        [{"issue_id": issue_id, "new_rank": initial(position)} for position, issue_id in enumerate(ids, start=1)],
    )


def _middle(low: str, high: str) -> str:
    """The shortest digits strictly between two fractions; `high` is not empty and greater than `low`."""
    shared = 0
    while shared < len(high) and _at(low, shared) == _at(high, shared):
        shared += 1
    prefix, below, above = high[:shared], _at(low, shared), _at(high, shared)
    if above - below > 1:
        return prefix + _DIGITS[(below + above) // 2]
    # neighbours: stay under `high` by taking low's digit, then find room after what low still has
    tail = shared + 1
    while _at(low, tail) == len(_DIGITS) - 1:
        tail += 1
    digit = (_at(low, tail) + len(_DIGITS)) // 2
    kept = "".join(_DIGITS[_at(low, position)] for position in range(shared, tail))
    return prefix + kept + _DIGITS[digit]


def _at(digits: str, position: int) -> int:
    return _DIGITS.index(digits[position]) if position < len(digits) else 0


def _digits(rank: str) -> str:
    return rank.partition("|")[2].replace(":", "")


def _shown(digits: str) -> str:
    padded = digits.ljust(_WIDTH, "0")
    return f"0|{padded[:_WIDTH]}:{padded[_WIDTH:]}"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(_WIDTH, "0")
