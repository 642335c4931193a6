"""Words with a meaning in queries, and words that are kept for one: both need quotation marks to be a value.

Source: Atlassian's own grammar, JQLLexer.g4 of https://bitbucket.org/atlassian/aql
"""

from __future__ import annotations

_KEYWORDS = """
AND OR NOT IN IS EMPTY NULL WAS CHANGED BEFORE AFTER FROM TO ON DURING ORDER BY ASC DESC
"""
_RESERVED = """
abort access add alias alter any as audit avg begin between boolean break byte catch char character check
checkpoint collate collation column commit connect continue count create current date decimal declare
decrement default defaults define delete delimiter difference distinct divide do double drop else encoding end
equals escape exclusive exec execute exists explain false fetch field file first float for function go goto
grant greater group having identified if immediate increment index initial inner inout input insert int
integer intersect intersection into isempty isnull join last left less like limit lock long max min minus mode
modify modulo more multiply next noaudit notin nowait number object of option outer output power previous
prior privileges public raise raw remainder rename resource return returns revoke right row rowid rownum rows
select session set share size sqrt start strict string subtract sum synonym table then trans transaction
trigger true uid union unique update user validate values view when whenever where while with
"""

KEYWORDS = frozenset(_KEYWORDS.split())
"""Upper case."""

RESERVED = frozenset(_RESERVED.split())
"""Lower case."""
