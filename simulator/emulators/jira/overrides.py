"""The parameters that reach behind the screens and the workflow's word that an issue is not to be edited."""

from __future__ import annotations

from simulator.emulators.jira.params import flag
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.permissions import require_admin


def check_overrides(session: Session) -> None:
    """Raise Forbidden when somebody who does not administer the site asks for what only apps that do are given.

    Every field is on every screen here and every issue can be edited, so that there is nothing more to do.
    """
    if flag("overrideScreenSecurity") or flag("overrideEditableFlag"):
        require_admin(session.context)
