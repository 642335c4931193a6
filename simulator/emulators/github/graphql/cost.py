"""What a query would cost, counted before it is run: nodes, points, selected fields, depth.

Source: https://docs.github.com/en/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from simulator.emulators.github.graphql.connections import MOST
from simulator.emulators.github.graphql.problems import Problem

MOST_NODES = 500_000
MOST_FIELDS = 20_000
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """What a query would read at most. `requests` is how many connections would be looked up."""

    nodes: int = 0
    requests: int = 0
    fields: int = 0
    depth: int = 0

    @property
    def points(self) -> int:
        """Points of the hourly limit."""
        return max(1, round(self.requests / 100))

    def and_also(self, other: Cost) -> Cost:
        """Both side by side."""
        depth = max(self.depth, other.depth)
        return Cost(self.nodes + other.nodes, self.requests + other.requests, self.fields + other.fields, depth)


def cost_of(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> Cost:
    """What an operation of a valid document would cost."""
    return _Counter(schema, document, operation, variables).count()


def check_cost(cost: Cost) -> None:
    """Raise Problem when a query would cost more than is given."""
    if cost.nodes > MOST_NODES:
        raise Problem(
            "MAX_NODE_LIMIT_EXCEEDED",
            f"This query requests up to {cost.nodes:,} possible nodes which exceeds the maximum limit of {MOST_NODES:,}.",
        )
    if cost.depth > DEEPEST:
        raise Problem("MAX_DEPTH_EXCEEDED", f"Query has depth of {cost.depth}, which exceeds max depth of {DEEPEST}")
    if cost.fields > MOST_FIELDS:
        raise Problem(
            "MAX_COMPLEXITY_EXCEEDED",
            f"Query has complexity of {cost.fields}, which exceeds max complexity of {MOST_FIELDS}",
        )


class _Counter:
    """Counts each selection set once, however often fragments repeat it."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._variables = {**_defaults(operation), **variables}
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._known: dict[tuple[int, str], Cost] = {}

    def count(self) -> Cost:
        root = self._schema.get_root_type(self._operation.operation)
        return self._of_set(self._operation.selection_set, root)

    def _of_set(self, selected: SelectionSetNode | None, kind: Any) -> Cost:
        if selected is None or kind is None:
            return Cost()
        key = (id(selected), kind.name)
        if key not in self._known:
            total = Cost()
            for each in selected.selections:
                total = total.and_also(self._of(each, kind))
            self._known[key] = total
        return self._known[key]

    def _of(self, selection: Any, kind: Any) -> Cost:
        if isinstance(selection, FieldNode):
            return self._of_field(selection, kind)
        if isinstance(selection, FragmentSpreadNode):
            fragment = self._fragments[selection.name.value]
            return self._of_set(fragment.selection_set, self._schema.get_type(fragment.type_condition.name.value))
        assert isinstance(selection, InlineFragmentNode)
        condition = selection.type_condition
        inner = self._schema.get_type(condition.name.value) if condition else kind
        return self._of_set(selection.selection_set, inner)

    def _of_field(self, field: FieldNode, kind: Any) -> Cost:
        definition = getattr(kind, "fields", {}).get(field.name.value)
        if definition is None:  # __typename, __schema, __type
            return Cost(fields=1, depth=1)
        inner_kind = get_named_type(definition.type)
        inner = self._of_set(field.selection_set, inner_kind)
        if not inner_kind.name.endswith("Connection"):
            return Cost(inner.nodes, inner.requests, inner.fields + 1, inner.depth + 1)
        size = self._size(field)
        return Cost(size + size * inner.nodes, 1 + size * inner.requests, inner.fields + 1, inner.depth + 1)

    def _size(self, field: FieldNode) -> int:
        sizes = [self._number(each.value) for each in field.arguments or () if each.name.value in ("first", "last")]
        known = [size for size in sizes if size is not None]
        return max(0, min(max(known, default=0), MOST))

    def _number(self, value: Any) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value) if len(value.value) < 10 else MOST
        if isinstance(value, VariableNode):
            given = self._variables.get(value.name.value)
            return given if isinstance(given, int) else None
        return None


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        each.variable.name.value: int(each.default_value.value)
        for each in operation.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode) and len(each.default_value.value) < 10
    }
