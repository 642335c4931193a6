"""What a transition asks and does: who may take it, what must be filled in, what it sets.

The counterparts in Jira: conditions, validators with the transition's screen, and post functions.
https://support.atlassian.com/jira-cloud-administration/docs/configure-advanced-issue-workflows/
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

PEOPLE = ("assignee", "reporter", "lead", "admin")
"""Those whom a condition can name beside the members of a project role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one transition; without any, everybody may take it and nothing is asked."""

    only: tuple[str, ...] = ()
    """Who may take it: some of PEOPLE; anybody when nobody is named and no role either."""
    roles: tuple[str, ...] = ()
    """Names of project roles whose members may take it too."""
    screen: tuple[str, ...] = ()
    """Fields that can be set on the way."""
    require: tuple[str, ...] = ()
    """Fields that must have a value then; they are on the screen as well."""
    assign: str = ""
    """Who becomes the assignee: me, lead, reporter, nobody; "" for no change."""

    @property
    def is_conditional(self) -> bool:
        """Whether not everybody may take the transition."""
        return bool(self.only or self.roles)

    @property
    def on_screen(self) -> tuple[str, ...]:
        """The fields of its screen."""
        return tuple(dict.fromkeys([*self.screen, *self.require]))


def read_rules(kept: str | None) -> Rules:
    """Rules as they were kept; none for None."""
    if not kept:
        return Rules()
    given = json.loads(kept)
    return Rules(
        only=tuple(given["only"]),
        roles=tuple(given["roles"]),
        screen=tuple(given["screen"]),
        require=tuple(given["require"]),
        assign=given["assign"],
    )


def kept_rules(rules: Rules) -> str | None:
    """Rules as they are kept; None for those that ask and do nothing."""
    return None if rules == Rules() else json.dumps(asdict(rules))
