"""Parcels, and the scans that say where they were."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scan:
    """Somebody has the parcel in hand."""

    place: str
    courier: str = ""

    def plain(self) -> dict[str, str]:
        """The scan as the API writes it."""
        return {"place": self.place, "courier": self.courier}


@dataclass
class Parcel:
    """A parcel on its way to a person."""

    id: str
    recipient: str
    phone: str
    postcode: str
    window: str
    scans: list[Scan] = field(default_factory=list)
    delivered: bool = False

    @property
    def status(self) -> str:
        """registered, on its way, delivered."""
        if self.delivered:
            return "delivered"
        return "on its way" if self.scans else "registered"

    def plain(self) -> dict[str, str]:
        """The parcel as the API writes it: nothing about the recipient that a stranger should read."""
        return {"id": self.id, "status": self.status, "window": self.window}
