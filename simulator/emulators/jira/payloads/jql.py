"""A query's tree as `POST /jql/parse` shows it."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.emulators.jira.jql.tree import (
    And,
    Changed,
    Clause,
    Compare,
    Empty,
    Field,
    Function,
    Items,
    Not,
    Operand,
    Or,
    Predicate,
    Query,
    Value,
    Was,
    field_name,
    quote,
    render_field,
    render_operand,
)
from simulator.emulators.jira.payloads.shapes import Json


def structure(query: Query) -> Json:
    """The whole query."""
    shape: Json = {}
    if query.where:
        shape["where"] = clause(query.where)
    if query.order:
        elements = [
            {"field": _field(sort.field)} | ({"direction": sort.direction} if sort.direction else {})
            for sort in query.order
        ]
        shape["orderBy"] = {"fields": elements}
    return shape


def clause(found: Clause) -> Json:
    """One clause."""
    match found:
        case And(clauses):
            return {"operator": "and", "clauses": [clause(inner) for inner in clauses]}
        case Or(clauses):
            return {"operator": "or", "clauses": [clause(inner) for inner in clauses]}
        case Not(inner):
            return {"operator": "not", "clauses": [clause(inner)]}
        case Compare(field, operator, operand):
            return {"field": _field(field), "operator": operator, "operand": _operand(operand)}
        case Was(field, operator, operand, predicates):
            shape = {"field": _field(field), "operator": operator, "operand": _operand(operand)}
            return shape | {"predicates": _predicates(predicates)}
        case Changed(field, predicates):
            return {"field": _field(field), "operator": "changed", "predicates": _predicates(predicates)}


def _field(field: Field) -> Json:
    shape: Json = {"name": field_name(field), "encodedName": render_field(field)}
    if field.properties and field.name.lower().endswith(".property"):
        entity = field.name.rpartition(".")[0]
        shape["property"] = [{"entity": entity, "key": one.key, "path": one.path} for one in field.properties]
    return shape


def _operand(operand: Operand) -> Json:
    match operand:
        case Value(text):
            return {"value": text, "encodedValue": quote(text)}
        case Empty():
            return {"keyword": "empty", "encodedOperand": "EMPTY"}
        case Function(name, arguments):
            return {"function": name, "arguments": list(arguments), "encodedOperand": render_operand(operand)}
        case Items(operands):
            values = [_operand(inner) for inner in operands]
            return {"values": values, "encodedOperand": render_operand(operand)}


def _predicates(predicates: Sequence[Predicate]) -> list[Json]:
    return [{"operator": p.operator, "operand": _operand(p.operand)} for p in predicates]
