"""Does actions: fills in their texts, finds the services' names of things, and asks Forge, Tracker and GitRemote.

How each kind is done is in the modules act_on_*. Refuses what belongs to the run itself: notes, reviews to be decided, the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event

from simulator.adapters import act_on_code, act_on_issues, act_on_pulls, act_on_setup
from simulator.adapters.acting import Grounds, Way
from simulator.adapters.fill import filled
from simulator.adapters.hints import Hints
from simulator.adapters.patience import Patience
from simulator.errors import RunError
from simulator.model import actions as do
from simulator.ports import Bindings, Forge, GitRemote, Tracker

_WAYS: Mapping[type[do.Action], Way] = {
    **act_on_setup.WAYS,
    **act_on_issues.WAYS,
    **act_on_code.WAYS,
    **act_on_pulls.WAYS,
}


class ServicePerformer:
    """Does actions on Jira, GitHub and git, each under its actor's account; a service that is not ready is asked again."""

    def __init__(
        self,
        *,
        forge: Forge,
        tracker: Tracker,
        git: GitRemote,
        hints: Hints,
        patience: Patience,
        stop: Event,
    ) -> None:
        self._grounds = Grounds(forge=forge, tracker=tracker, git=git)
        self._hints = hints
        self._patience = patience
        self._stop = stop

    def perform(self, action: do.Action, *, bindings: Bindings, again: bool = False) -> Bindings:
        """Do one action and return the bindings it made; with `again`, take what an earlier attempt has made.

        Raises AdapterError (NotFound also for a reference that nothing is bound to); RunError for an action of the run itself.
        """
        perform = _WAYS.get(type(action))
        if perform is None:
            raise RunError(f"{type(action).__name__} is nothing that Jira, GitHub or git can do")
        ready = action if action.is_verbatim else filled(action, bindings)
        self._hints.give_for(ready)
        return self._patience.keep_trying(
            lambda retried: perform(self._grounds, ready, bindings, again or retried), stop=self._stop
        )
