"""What operands mean: values resolved to ids, functions called, dates read. Faults are in Jira's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Select, or_, select

from simulator.emulators.jira.jql.dates import boundary, read_date, zone_of
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Empty, Function, Items, Operand, Value
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.search.folding import called
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.tables import accounts

_NAMES = """
componentsLeadByUser closedSprints currentUser earliestUnreleasedVersion endOfDay endOfMonth endOfWeek endOfYear
futureSprints issueHistory latestReleasedVersion linkedIssues linkedWorkItems membersOf now openSprints
projectsLeadByUser projectsWhereUserHasPermission projectsWhereUserHasRole releasedVersions standardIssueTypes
startOfDay startOfMonth startOfWeek startOfYear subtaskIssueTypes unreleasedVersions updatedBy votedIssues
votedWorkItems watchedIssues watchedWorkItems workItemHistory
"""
FUNCTION_NAMES = {name.lower(): name for name in _NAMES.split()}
"""The functions as they are written, by their lower-case names."""

_BOUNDARIES = frozenset(f"{edge}of{unit}" for edge in ("start", "end") for unit in ("day", "week", "month", "year"))
SINGLE_FUNCTIONS = _BOUNDARIES | {"now", "currentuser", "latestreleasedversion", "earliestunreleasedversion"}
"""The functions that give one value, by their lower-case names; every other one gives a list."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a clause asks for: ids (or a subquery of ids), and whether EMPTY is among them."""

    ids: tuple[Any, ...] = ()  # Any: numbers or strings, as the field's column holds
    subqueries: tuple[Select[Any], ...] = ()
    empty: bool = False


Resolve = Callable[[Context, str, str], Sequence[Any]]
"""Ids of a value, None for the empty one: context, the field's name, the value. Raises JqlError for an unknown one."""

Call = Callable[[Context, Function], Wanted]
"""What a function gives."""


def wanted(
    context: Context, field: str, operand: Operand, *, resolve: Resolve, functions: dict[str, Call] | None = None
) -> Wanted:
    """All that an operand asks for. Raises JqlError."""
    match operand:
        case Empty():
            return Wanted(empty=True)
        case Value(text):
            found = resolve(context, field, text)
            return Wanted(ids=tuple(x for x in found if x is not None), empty=None in found)
        case Function():
            call = (functions or {}).get(operand.name.lower())
            if call is None:
                raise _no_function(operand, functions or {})
            return call(context, operand)
        case Items(operands):
            parts = [wanted(context, field, inner, resolve=resolve, functions=functions) for inner in operands]
            return Wanted(
                ids=tuple(number for part in parts for number in part.ids),
                subqueries=tuple(query for part in parts for query in part.subqueries),
                empty=any(part.empty for part in parts),
            )


def _no_function(function: Function, known: dict[str, Call]) -> JqlError:
    alike = get_close_matches(function.name.lower(), known, n=1, cutoff=0.8)
    hint = [f"Did you mean '{FUNCTION_NAMES.get(alike[0], alike[0])}()'?"] if alike else []
    return JqlError(f"Unable to find JQL function '{shown(function)}'.", *hint)


def gives_list(operand: Operand) -> bool | None:
    """Whether an operand is many values; None for EMPTY, and for a function that does not exist."""
    match operand:
        case Empty():
            return None
        case Function(name) if name.lower() not in FUNCTION_NAMES:
            return None
        case Function(name):
            return name.lower() not in SINGLE_FUNCTIONS
    return isinstance(operand, Items)


def shown(operand: Operand) -> str:
    """An operand as Jira's messages show it."""
    match operand:
        case Value(text):
            return f'"{text}"'
        case Empty():
            return "EMPTY"
        case Function(name, arguments):
            return f"{name}({', '.join(arguments)})"
        case Items(operands):
            return f"({', '.join(map(shown, operands))})"


def no_value(field: str, value: str) -> JqlError:
    """The fault of a value that does not exist."""
    return JqlError(f"The value '{value}' does not exist for the field '{field}'.")


def arity(function: Function, low: int, high: int | None = None) -> None:
    """Check how many arguments a function got. Raises JqlError."""
    high = low if high is None else high
    if not low <= len(function.arguments) <= high:
        expected = str(low) if low == high else f"{low} to {high}"
        raise JqlError(
            f"Function '{function.name}' expected '{expected}' arguments but received '{len(function.arguments)}'."
        )


def current_user(context: Context, function: Function) -> Wanted:
    """currentUser()."""
    arity(function, 0)
    return Wanted(ids=(context.account.id,))


def members_of(context: Context, function: Function) -> Wanted:
    """membersOf(group)."""
    arity(function, 1)
    access, name = context.meta.access, function.arguments[0].lower()
    group = next((one for one in access.groups.values() if name in (one.name.lower(), one.opaque_id)), None)
    if group is None:
        raise JqlError(
            f"Function '{function.name}' can not generate a list of usernames for group '{function.arguments[0]}'; the group "
            "does not exist."
        )
    a = accounts.c
    rows = context.connection.execute(
        select(accounts).where(a.site == context.site, a.kind != "organization")
    ).mappings()
    people = [Account(**{name: row[name] for name in Account.__slots__}) for row in rows]
    return Wanted(ids=tuple(one.id for one in people if access.in_group(one, group.id)))


USER_FUNCTIONS: dict[str, Call] = {"currentuser": current_user, "membersof": members_of}
"""Functions that give people."""


def people_named(context: Context, field: str, value: str) -> Sequence[int]:
    """Accounts by accountId, e-mail or full name."""
    person = person_by_account_id(context, value)
    if person:
        return [person.id]
    a = accounts.c
    query = select(a.id).where(
        a.site == context.site,
        a.kind != "organization",
        or_(called(a.email, value), called(a.name, value)),
    )
    found = list(context.connection.execute(query.order_by(a.id)).scalars())
    if not found:
        raise no_value(field, value)
    return found


def instant(context: Context, field: str, operand: Operand) -> datetime:
    """The instant of a date operand, in the caller's time zone. Raises JqlError."""
    zone, now = zone_of(context.account.time_zone), context.now
    match operand:
        case Function(name, arguments) if name.lower() == "now":
            arity(operand, 0)
            return now
        case Function(name, arguments) if name.lower() in _BOUNDARIES:
            arity(operand, 0, 1)
            found = boundary(name.lower(), arguments[0] if arguments else None, now=now, zone=zone)
            if found is None:
                raise JqlError(f"Date offset '{arguments[0]}' in function '{name}' is invalid.")
            return found
        case Function():
            raise JqlError(f"Unable to find JQL function '{shown(operand)}'.")
        case Value(text):
            found = read_date(text, now=now, zone=zone)
            if found is None:
                raise JqlError(
                    f"Date value '{text}' for field '{field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', "
                    "'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."
                )
            return found
    raise JqlError(f"A date is expected for the field '{field}'.")
