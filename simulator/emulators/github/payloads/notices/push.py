"""Event `push`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.pushes import push_subject
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The ref's way and the commits it gained. The repository has `pushed_at` as a number here, as on GitHub."""
    return push_subject(work, notice.detail["movement"], urls)
