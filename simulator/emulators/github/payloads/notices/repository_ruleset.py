"""Event `repository_ruleset`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#repository_ruleset"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.rulesets import ruleset_payload
from simulator.emulators.github.state.rulesets import Ruleset
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls

_COMPARED = ("name", "enforcement")


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The ruleset as it is, or was before it was deleted, and what changed about it."""
    ruleset: Ruleset = notice.detail["ruleset"]
    body: dict[str, Any] = {"repository_ruleset": ruleset_payload(work, ruleset, urls, viewer=work.actor)}
    before: Ruleset | None = notice.detail.get("before")
    if before is not None:
        pairs = {each: (getattr(before, each), getattr(ruleset, each)) for each in _COMPARED}
        body["changes"] = {each: {"from": old} for each, (old, new) in pairs.items() if old != new}
    return body
