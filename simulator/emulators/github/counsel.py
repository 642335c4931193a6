"""Words to whoever pushed from somebody who is no part of GitHub, such as a coach.

Refuses to let such words do any harm: they are few and short, hold nothing that a terminal takes for a command, and whoever gives
them may fail.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance, Pushed

logger = logging.getLogger(__name__)

_MOST_LINES = 5
_LONGEST_LINE = 400
_NOT_SHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+"
)  # commands and turns of text


def advice_on(
    instance: Instance, repository: Repository, account: Account, updates: Sequence[RefUpdate]
) -> Sequence[str]:
    """Lines on a push that is taken in, at most five; none when nobody has any, or whoever has them fails."""
    tips = {update.branch: update.after for update in updates if update.branch is not None and update.after}
    if not tips:
        return ()
    pushed = Pushed(site=repository.site, repository=repository.full_name, login=account.login, tips=tips)
    try:
        lines = list(instance.counsels(pushed))[:_MOST_LINES]
    except Exception:
        logger.exception("there is no advice on a push to %s", repository.full_name)
        return ()
    return [_legible(line) for line in lines]


def _legible(line: str) -> str:
    shown = _NOT_SHOWN.sub(" ", line).encode("utf-8", "replace").decode()
    return shown if len(shown) <= _LONGEST_LINE else f"{shown[: _LONGEST_LINE - 1]}…"
