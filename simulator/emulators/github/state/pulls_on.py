"""The open pull requests whose head is a commit, as checks and workflow runs name them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import issues, pulls


@dataclass(frozen=True, slots=True, kw_only=True)
class PullOn:
    """A pull request of the repository's own branches."""

    id: int
    number: int
    head_ref: str
    head_sha: str
    base_ref: str
    base_sha: str


_COLUMNS = [pulls.c[name] for name in PullOn.__slots__]


def pulls_on(place: Place, shas: Collection[str]) -> dict[str, list[PullOn]]:
    """Open pull requests by the commits that their heads are; those from forks are left out, as on GitHub."""
    query = (
        select(*_COLUMNS)
        .join_from(pulls, issues, (pulls.c.site == issues.c.site) & (pulls.c.id == issues.c.id))
        .where(
            pulls.c.site == place.site,
            pulls.c.repository_id == place.repository.id,
            pulls.c.head_repository_id == place.repository.id,
            pulls.c.head_sha.in_(shas),
            issues.c.state == "open",
        )
    )
    found: dict[str, list[PullOn]] = {sha: [] for sha in shas}
    for row in place.connection.execute(query.order_by(pulls.c.number)).mappings():
        found[row["head_sha"]].append(PullOn(**row))
    return found
