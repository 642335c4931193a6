"""Content in Base64, as bodies of requests have it."""

from __future__ import annotations

import base64
import binascii

from simulator.emulators.github.errors import ValidationFailed


def from_base64(text: str) -> bytes:
    """What a text stands for; white space in it does not count. Raises ValidationFailed."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as exc:
        raise ValidationFailed(message="content is not valid Base64") from exc
