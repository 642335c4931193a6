"""One request: parse, validate, bound, execute, and GitHub's form of what went wrong.

The rule OverlappingFieldsCanBeMerged is left out: GitHub takes documents that it refuses (those of `gh`), and its cost
explodes. Source: https://docs.github.com/en/graphql/guides/forming-calls-with-graphql
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    execute_sync,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)

from simulator.emulators.github.graphql.cost import check_cost, cost_of
from simulator.emulators.github.graphql.mutations import Mutation
from simulator.emulators.github.graphql.problems import Problem
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.resolving import Patience, resolve, type_of
from simulator.emulators.github.graphql.schema import schema
from simulator.emulators.github.graphql.views.query import Query
from simulator.emulators.github.graphql.wording import locations_of, validation_entry, variable_entry
from simulator.emulators.github.limits import charge

logger = logging.getLogger(__name__)

LONGEST = 1_000_000
"""Characters of a document."""

MOST_TOKENS = 20_000
_NUL = re.compile(r"\\u(?:0000|\{0+\})")  # no text column takes one; in JSON it is refused already
_RULES = tuple(rule for rule in specified_rules if rule is not OverlappingFieldsCanBeMergedRule)
_MOST_ERRORS = 20
_KEPT = 256
_BROKEN = "Something went wrong while executing your query. Please include the request id when reporting this issue."


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the document, which operation of it, and its variables."""

    document: str
    operation: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)


def answer(reader: Reader, asked: Asked) -> dict[str, Any]:
    """The body of the reply: `data`, `errors` or both."""
    try:
        document = _documents.get(asked.document)
    except GraphQLError as error:
        where = {"locations": locations_of(error)} if error.locations else {}
        return {"errors": [{"message": error.message, **where}]}
    except _Invalid as invalid:
        return {"errors": invalid.entries}
    operation = get_operation_ast(document, asked.operation)
    if operation is None or operation.operation is OperationType.SUBSCRIPTION:
        return {"errors": [{"message": _no_operation(asked.operation)}]}
    try:
        return _execute(reader, document, operation, asked)
    except Problem as problem:
        return {"errors": [{"type": problem.kind, "message": problem.message}]}


def _execute(
    reader: Reader, document: DocumentNode, operation: OperationDefinitionNode, asked: Asked
) -> dict[str, Any]:
    cost = cost_of(schema(), document, operation, asked.variables)
    check_cost(cost)
    charge(cost.points - 1)  # the request itself has cost one
    is_query = operation.operation is OperationType.QUERY
    result = execute_sync(
        schema(),
        document,
        root_value=Query(reader, cost) if is_query else Mutation(reader),
        context_value=Patience.begin(),
        variable_values=dict(asked.variables),
        operation_name=asked.operation,
        field_resolver=resolve,
        type_resolver=type_of,
    )
    if not result.errors:
        return {"data": result.data}
    if not any(error.path for error in result.errors):  # nothing was begun: the variables do not fit
        return {"errors": [variable_entry(error, operation) for error in result.errors]}
    return {"data": result.data, "errors": [_entry(error) for error in result.errors]}


def _entry(error: GraphQLError) -> dict[str, Any]:
    cause = error.original_error
    entry: dict[str, Any] = {}
    message = error.message
    if isinstance(cause, Problem):
        entry["type"] = cause.kind
        message = cause.message
    elif cause is not None and not isinstance(cause, GraphQLError):
        logger.error("a field failed: %s", error.path, exc_info=cause)
        entry["type"] = "INTERNAL"
        message = _BROKEN
    if error.path:
        entry["path"] = list(error.path)
    if error.locations:
        entry["locations"] = locations_of(error)
    return {**entry, "message": message}


def _no_operation(name: str | None) -> str:
    return f'No operation named "{name[:100]}"' if name else "An operation name is required"


class _Invalid(Exception):
    def __init__(self, entries: list[dict[str, Any]]) -> None:
        super().__init__("the document does not fit the schema")
        self.entries = entries


class _Documents:
    """Documents that were parsed and found valid; clients send the same ones again and again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[str, DocumentNode] = OrderedDict()

    def get(self, text: str) -> DocumentNode:
        """The parsed document. Raises GraphQLError for what cannot be read, _Invalid for what does not fit the schema."""
        with self._lock:
            known = self._known.get(text)
            if known is not None:
                self._known.move_to_end(text)
                return known
        if _NUL.search(text):
            raise GraphQLError("Syntax Error: A string holds a NUL character.")
        document = parse(text, max_lexical_tokens=MOST_TOKENS, max_source_length=LONGEST)
        errors = validate(schema(), document, _RULES, max_errors=_MOST_ERRORS, hide_suggestions=True)
        if errors:
            raise _Invalid([validation_entry(error) for error in errors])
        with self._lock:
            self._known[text] = document
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return document


_documents = _Documents()
