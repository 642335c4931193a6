"""Query text to tree, by recursive descent. Bounded in length, nesting and list size.

Grammar: Atlassian's JQLParser.g4 (aql). Refuses to know fields and values; that is the compiler's part.
"""

from __future__ import annotations

from simulator.emulators.jira.jql.errors import JqlError, syntax_error
from simulator.emulators.jira.jql.tokens import Kind, Token, tokenize
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
    Property,
    Query,
    Sort,
    Value,
    Was,
)

MAX_DEPTH = 50
MAX_ITEMS = 1_000
MAX_CLAUSES = 400
MAX_PROPERTIES = 5

_OPERATORS = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'"
_WAS_PREDICATES = {"AFTER", "BEFORE", "ON", "DURING", "BY"}
_CHANGED_PREDICATES = _WAS_PREDICATES | {"FROM", "TO"}


def parse(text: str) -> Query:
    """The tree of a query. Raises JqlError with line and character."""
    return _Parser(tokenize(text)).query()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._clauses = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _accept(self, kind: Kind, *texts: str) -> Token | None:
        return self._take() if self._next.kind is kind and self._next.text in texts else None

    def query(self) -> Query:
        where = None if self._next.kind is Kind.END or self._is_keyword("ORDER") else self._or()
        order = self._order() if self._accept(Kind.KEYWORD, "ORDER") else ()
        if self._next.kind is not Kind.END:
            wanted = "',' or end of query" if order else "either 'OR' or 'AND'"
            raise self._unexpected(f"Expecting {wanted}")
        return Query(where, order)

    def _is_keyword(self, text: str) -> bool:
        return self._next.kind is Kind.KEYWORD and self._next.text == text

    def _or(self) -> Clause:
        clauses = [self._and()]
        while self._accept(Kind.KEYWORD, "OR"):
            clauses.append(self._and())
        return clauses[0] if len(clauses) == 1 else Or(tuple(clauses))

    def _and(self) -> Clause:
        clauses = [self._not()]
        while self._accept(Kind.KEYWORD, "AND"):
            clauses.append(self._not())
        return clauses[0] if len(clauses) == 1 else And(tuple(clauses))

    def _not(self) -> Clause:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise JqlError(f"The JQL query is nested too deep: more than {MAX_DEPTH} levels.")
        clause: Clause
        if self._accept(Kind.KEYWORD, "NOT") or self._accept(Kind.SIGN, "!"):
            clause = Not(self._not())
        elif self._accept(Kind.SIGN, "("):
            clause = self._or()
            self._expect_closing("')'")
        else:
            clause = self._terminal()
        self._depth -= 1
        return clause

    def _terminal(self) -> Clause:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            raise JqlError(f"The JQL query has too many clauses: more than {MAX_CLAUSES}.")
        field = self._field()
        if sign := self._accept(Kind.SIGN, "=", "!=", "~", "!~", "<", "<=", ">", ">="):
            return Compare(field, sign.text, self._operand())
        if self._accept(Kind.KEYWORD, "IN"):
            return Compare(field, "in", self._list_or_function())
        if self._accept(Kind.KEYWORD, "IS"):
            negated = self._accept(Kind.KEYWORD, "NOT")
            return Compare(field, "is not" if negated else "is", self._operand())
        if self._accept(Kind.KEYWORD, "WAS"):
            return self._was(field)
        if self._accept(Kind.KEYWORD, "CHANGED"):
            return Changed(field, self._predicates(_CHANGED_PREDICATES))
        if self._accept(Kind.KEYWORD, "NOT") and self._accept(Kind.KEYWORD, "IN"):
            return Compare(field, "not in", self._list_or_function())
        raise self._unexpected("Expecting operator", f" The valid operators are {_OPERATORS}.")

    def _was(self, field: Field) -> Was:
        operator = "was not" if self._accept(Kind.KEYWORD, "NOT") else "was"
        if self._accept(Kind.KEYWORD, "IN"):
            operator += " in"
            return Was(field, operator, self._list_or_function(), self._predicates(_WAS_PREDICATES))
        return Was(field, operator, self._operand(), self._predicates(_WAS_PREDICATES))

    def _predicates(self, allowed: set[str]) -> tuple[Predicate, ...]:
        found = []
        while token := self._accept(Kind.KEYWORD, *allowed):
            found.append(Predicate(token.text.lower(), self._operand()))
        return tuple(found)

    def _field(self) -> Field:
        token = self._next
        if token.kind not in (Kind.WORD, Kind.QUOTED):
            raise self._unexpected(
                "Expecting a field name",
                f" You must surround '{token.typed}' in quotation marks to use it as a field name.",
            )
        self._take()
        name = self._custom_field() if _is_custom(token) else token.text
        return Field(name, self._properties())

    def _custom_field(self) -> str:
        if not self._accept(Kind.SIGN, "["):
            raise self._unexpected("Expecting '['", " A custom field is written cf[10001].")
        number = self._take()
        if not (number.kind is Kind.WORD and number.text.isdecimal()):
            raise self._misplaced(number, "Expecting a number of a custom field")
        if not self._accept(Kind.SIGN, "]"):
            raise self._unexpected("Expecting ']'")
        return f"cf[{int(number.text)}]"

    def _properties(self) -> tuple[Property, ...]:
        found: list[Property] = []
        while self._accept(Kind.SIGN, "["):
            if len(found) == MAX_PROPERTIES:
                raise self._unexpected("Expecting operator")
            key = self._argument("Expecting the name of a property")
            if not self._accept(Kind.SIGN, "]"):
                raise self._unexpected("Expecting ']'")
            path = ""
            while self._next.kind in (Kind.WORD, Kind.QUOTED):
                path += self._take().text
            found.append(Property(key, path.removeprefix(".")))
        return tuple(found)

    def _argument(self, wanted: str) -> str:
        token = self._take()
        if token.kind not in (Kind.WORD, Kind.QUOTED):
            raise self._misplaced(token, wanted)
        return token.text

    def _operand(self) -> Operand:
        if self._accept(Kind.KEYWORD, "EMPTY"):
            return Empty()
        if self._next.kind is Kind.SIGN and self._next.text == "(":
            return self._list()
        return self._value_or_function()

    def _value_or_function(self) -> Value | Function:
        token = self._next
        if token.kind not in (Kind.WORD, Kind.QUOTED) or _is_custom(token):
            raise self._unexpected(
                "Expecting either a value, list or function",
                f" You must surround '{token.typed}' in quotation marks to use it as a value.",
            )
        self._take()
        return Function(token.text, self._arguments()) if self._accept(Kind.SIGN, "(") else Value(token.text)

    def _arguments(self) -> tuple[str, ...]:
        found: list[str] = []
        while not self._accept(Kind.SIGN, ")"):
            if found and not self._accept(Kind.SIGN, ","):
                raise self._unexpected("Expecting ')' or ','")
            found.append(self._argument("Expecting a function argument"))
        return tuple(found)

    def _list_or_function(self) -> Items | Value | Function:
        """A single value is for the compiler to refuse, which knows the field."""
        if self._next.kind is Kind.SIGN and self._next.text == "(":
            return self._list()
        return self._value_or_function()

    def _list(self) -> Items:
        self._take()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise JqlError(f"The JQL query is nested too deep: more than {MAX_DEPTH} levels.")
        found = [self._operand()]
        while self._accept(Kind.SIGN, ","):
            found.append(self._operand())
            if len(found) > MAX_ITEMS:
                raise JqlError(f"The JQL query has a list of more than {MAX_ITEMS} values.")
        self._expect_closing("')' or ','")
        self._depth -= 1
        return Items(tuple(found))

    def _expect_closing(self, wanted: str) -> None:
        if not self._accept(Kind.SIGN, ")"):
            raise self._unexpected(f"Expecting {wanted}")

    def _order(self) -> tuple[Sort, ...]:
        if not self._accept(Kind.KEYWORD, "BY"):
            raise self._unexpected("Expecting 'BY'")
        sorts = [self._sort()]
        while self._accept(Kind.SIGN, ","):
            sorts.append(self._sort())
        return tuple(sorts)

    def _sort(self) -> Sort:
        field = self._field()
        direction = self._accept(Kind.KEYWORD, "ASC", "DESC")
        return Sort(field, direction.text.lower() if direction else "")

    def _unexpected(self, what: str, more: str = "") -> JqlError:
        return self._misplaced(self._next, what, more)

    def _misplaced(self, token: Token, what: str, more: str = "") -> JqlError:
        if token.kind is Kind.END:
            return syntax_error(f"{what} before the end of the query.{more if 'operators' in more else ''}")
        return syntax_error(f"{what} but got '{token.typed}'.{more}", line=token.line, character=token.character)


def _is_custom(token: Token) -> bool:
    """Whether a word is the `cf` of `cf[10001]`, which means nothing else."""
    return token.kind is Kind.WORD and token.text.lower() == "cf"
