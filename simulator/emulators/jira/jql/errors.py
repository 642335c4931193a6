"""What is wrong with a query, in Jira's words, with the place when there is one."""

from __future__ import annotations


class JqlError(Exception):
    """A query that cannot be run. `messages` are sentences as Jira writes them; most queries have one fault."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


def syntax_error(what: str, *, line: int | None = None, character: int | None = None) -> JqlError:
    """A fault of grammar. Lines and characters count from 1; without a place it is at the end of the query."""
    place = f" (line {line}, character {character})" if line is not None else ""
    return JqlError(f"Error in the JQL Query: {what}{place}")
