"""Which releases were published."""

from __future__ import annotations

from datetime import datetime

from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.seen import instant
from simulator.model.facts import FactKind, Observation


class ReleaseObserver:
    """Looks at releases."""

    def __init__(self, reader: GithubReader) -> None:
        self._reader = reader

    def observe(self) -> list[Observation]:
        """The latest releases that are published."""
        listed = self._reader.one("/releases", doing="listing the releases", per_page=30)
        return [_seen(release) for release in listed if release.get("published_at")]

    def since(self, earliest: datetime) -> list[Observation]:
        """All releases that were published since an instant. Raises AdapterError."""
        listed = self._reader.all("/releases", doing="listing the releases")
        published = (release for release in listed if release.get("published_at"))
        return [seen for seen in map(_seen, published) if seen.recorded_at >= earliest]


def _seen(release: Json) -> Observation:
    return Observation(
        source_id=f"github:release:{release['id']}",
        kind=FactKind.RELEASED,
        subject=f"release:{release['tag_name']}",
        account=(release.get("author") or {}).get("login"),
        url=release["html_url"],
        recorded_at=instant(release["published_at"]),
        detail={
            "tag": release["tag_name"],
            "name": release.get("name") or "",
            "body": release.get("body") or "",
            "prerelease": bool(release.get("prerelease")),
        },
    )
