"""A query as a tree. Equal queries are equal trees; `render` writes one back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.emulators.jira.jql.reserved import KEYWORDS, RESERVED


@dataclass(frozen=True, slots=True)
class Property:
    """What stands in brackets after a field, and the path after them: `[key].path.in.it`, the path without its first dot."""

    key: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field by name; `cf[10016]` has the name `cf[10016]`."""

    name: str
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A word, a number or a quoted string."""

    text: str


@dataclass(frozen=True, slots=True)
class Empty:
    """EMPTY or NULL."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function call."""

    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list in parentheses."""

    operands: tuple[Operand, ...]


Operand = Value | Empty | Function | Items


@dataclass(frozen=True, slots=True)
class Compare:
    """`field operator operand`; operators are lower case: =, !=, ~, !~, <, <=, >, >=, in, not in, is, is not."""

    field: Field
    operator: str
    operand: Operand


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition on a change: after, before, on, during, by, from, to."""

    operator: str
    operand: Operand


@dataclass(frozen=True, slots=True)
class Was:
    """`field was …`; operators: was, was not, was in, was not in."""

    field: Field
    operator: str
    operand: Operand
    predicates: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """`field changed …`."""

    field: Field
    predicates: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more clauses."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more clauses."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a clause."""

    clause: Clause


Clause = Compare | Was | Changed | And | Or | Not


@dataclass(frozen=True, slots=True)
class Sort:
    """A field to order by; `direction` is asc, desc or "" for the field's own."""

    field: Field
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query; both parts may be missing."""

    where: Clause | None = None
    order: tuple[Sort, ...] = ()


_BARE = re.compile(r"[\w.:-]+", re.ASCII)


def quote(text: str) -> str:
    """A value as it is typed: in quotation marks when it needs them."""
    special = text.upper() in KEYWORDS or text.lower() in RESERVED or text.lower() == "cf"
    if _BARE.fullmatch(text) and not special:
        return text
    escaped = (
        text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return (
        '"' + re.sub(r"[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'
    )


def field_name(field: Field) -> str:
    """A field's name with its properties, unquoted: `issue.property[key].path`."""
    return field.name + "".join(f"[{p.key}]{'.' if p.path else ''}{p.path}" for p in field.properties)


def render_field(field: Field) -> str:
    """A field's name as it is typed."""
    name = field.name if re.fullmatch(r"cf\[\d+\]", field.name) else quote(field.name)
    return name + "".join(_render_property(one) for one in field.properties)


def _render_property(one: Property) -> str:
    path = f".{one.path}" if one.path else ""
    return f"[{quote(one.key)}]{quote(path) if path else ''}"


def render_operand(operand: Operand) -> str:
    """An operand as it is typed."""
    match operand:
        case Value(text):
            return quote(text)
        case Empty():
            return "EMPTY"
        case Function(name, arguments):
            return f"{quote(name)}({', '.join(quote(a) for a in arguments)})"
        case Items(operands):
            return f"({', '.join(render_operand(o) for o in operands)})"


def render_clause(clause: Clause) -> str:
    """A clause as it is typed; compound ones inside others get parentheses."""
    match clause:
        case Compare(field, operator, operand):
            return f"{render_field(field)} {operator} {render_operand(operand)}"
        case Was(field, operator, operand, predicates):
            return f"{render_field(field)} {operator} {render_operand(operand)}{_render_predicates(predicates)}"
        case Changed(field, predicates):
            return f"{render_field(field)} changed{_render_predicates(predicates)}"
        case And(clauses):
            return " AND ".join(_inside(inner) for inner in clauses)
        case Or(clauses):
            return " OR ".join(_inside(inner) for inner in clauses)
        case Not(inner):
            return f"NOT {_inside(inner)}"


def _inside(clause: Clause) -> str:
    text = render_clause(clause)
    return f"({text})" if isinstance(clause, And | Or) else text


def _render_predicates(predicates: tuple[Predicate, ...]) -> str:
    return "".join(f" {p.operator} {render_operand(p.operand)}" for p in predicates)


def render(query: Query) -> str:
    """The query as it is typed. Parsing it gives the same tree."""
    where = render_clause(query.where) if query.where else ""
    sorts = ", ".join(f"{render_field(s.field)} {s.direction.upper()}".rstrip() for s in query.order)
    return f"{where} ORDER BY {sorts}".strip() if sorts else where
