"""Event `ping`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#ping"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.hooks import hook_payload
from simulator.emulators.github.state.work import Notice, OrganizationWork, Work
from simulator.emulators.kit.urls import Urls

_ZEN = "Anything added dilutes everything else."


def subject(work: Work | OrganizationWork, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The hook itself, as it is."""
    hook, owner = notice.detail["hook"], work.repository if isinstance(work, Work) else work.organization
    return {"zen": _ZEN, "hook_id": hook.id, "hook": hook_payload(hook, owner, urls)}
