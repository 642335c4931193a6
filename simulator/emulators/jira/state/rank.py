"""Ranks: strings that order all issues of a site. Ranking one issue writes one row.

A new issue's rank follows from its id, so it is last without a question to the table; a rank between two others is a longer
string; when one grows too long its neighbours make room, and all issues only when that does not help. The look is Jira's
LexoRank: `0|i0000f:`.
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
_REACHES = (32, 512)  # so many neighbours on either side make room

_i = tables.issues.c


def initial(issue_id: int) -> str:
    """The rank that a new issue gets: after all older ones."""
    return _shown(_base36(issue_id * _STEP))


def between(low: str, high: str) -> str:
    """A rank between two; `low` may be "" for no lower bound. `low` < result < `high`."""
    return _shown(_middle(_digits(low), _digits(high)))


def spread(low: str, high: str, count: int) -> list[str]:
    """So many ranks between two, evenly and as short as leaves each some room. `low` may be "" for no lower bound."""
    width = _WIDTH
    while True:
        bottom, top = (int(_digits(rank).ljust(width, "0")[:width] or "0", 36) for rank in (low, high))
        step = (top - bottom) // (count + 1)
        if step >= 36 and width >= len(_digits(low)):
            return [_shown(_base36(bottom + step * place, width)) for place in range(1, count + 1)]
        width += 1


def rank_issues(context: Context, issues: list[Issue], *, target: Issue, before: bool) -> None:
    """Put issues, in their order, right before or after the target, which is none of them."""
    ranks = _places(context, len(issues), target, before=before)
    if max(len(rank) for rank in ranks) > LONGEST:
        _make_room(context, target)
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
    return [between(low, high)] if count == 1 else spread(low, high, count)


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


def _make_room(context: Context, target: Issue) -> None:
    """Give the issues around the target shorter ranks in the order they have; all issues when their place is too narrow."""
    for reach in _REACHES:
        near = _neighbours(context, target, reach)
        low, high = _bounds(context, near)
        ranks = spread(low, high, len(near))
        if max(map(len, ranks)) <= (LONGEST + len(initial(1))) // 2:
            _rewrite(context, [issue_id for issue_id, _ in near], ranks)
            return
    _deal_anew(context)


def _neighbours(context: Context, target: Issue, reach: int) -> list[tuple[int, str]]:
    """The issues nearest to the target with itself, by rank: ids and ranks."""
    pair, site = select(_i.id, _i.rank), _i.site == context.site
    upward = pair.where(site, _i.rank > target.rank).order_by(_i.rank).limit(reach)
    downward = pair.where(site, _i.rank <= target.rank).order_by(_i.rank.desc()).limit(reach)
    below, above = ([(row.id, row.rank) for row in context.connection.execute(q)] for q in (downward, upward))
    return [*reversed(below), *above]


def _bounds(context: Context, near: list[tuple[int, str]]) -> tuple[str, str]:
    """The ranks right before the first and right after the last of them."""
    site = _i.site == context.site
    low = select(func.max(_i.rank)).where(site, _i.rank < near[0][1])
    high = select(func.min(_i.rank)).where(site, _i.rank > near[-1][1])
    return context.connection.execute(low).scalar() or "", context.connection.execute(high).scalar() or _end(context)


def _deal_anew(context: Context) -> None:
    """Give all issues of the site short ranks again, in the order they have.

    There are no more issues than the newest id, so the ranks dealt stay before that of the next new issue.
    """
    ids = list(context.connection.execute(select(_i.id).where(_i.site == context.site).order_by(_i.rank)).scalars())
    _rewrite(context, ids, [initial(position) for position in range(1, len(ids) + 1)])


def _rewrite(context: Context, ids: list[int], ranks: list[str]) -> None:
    """Write ranks that others of these issues may still have: so all are moved out of the way first."""
    of = (_i.site == context.site) & (_i.id == bindparam("issue_id"))
    rows = [{"issue_id": issue_id, "new_rank": rank} for issue_id, rank in zip(ids, ranks, strict=True)]
    away, home = (
        update(tables.issues).where(of).values(rank=value) for value in ("~" + _i.rank, bindparam("new_rank"))
    )
    context.connection.execute(away, [{"issue_id": row["issue_id"]} for row in rows])
    context.connection.execute(home, rows)


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


def _base36(number: int, width: int = _WIDTH) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(width, "0")
