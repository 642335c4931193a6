"""A repository's labels."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from simulator.emulators.github.tables import labels
from simulator.emulators.kit.database import next_value

_DEFAULT_LABELS = (  # what github.com gives a new repository
    ("bug", "d73a4a", "Something isn't working"),
    ("documentation", "0075ca", "Improvements or additions to documentation"),
    ("duplicate", "cfd3d7", "This issue or pull request already exists"),
    ("enhancement", "a2eeef", "New feature or request"),
    ("good first issue", "7057ff", "Good for newcomers"),
    ("help wanted", "008672", "Extra attention is needed"),
    ("invalid", "e4e669", "This doesn't seem right"),
    ("question", "d876e3", "Further information is requested"),
    ("wontfix", "ffffff", "This will not be worked on"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label of one repository. `color` is six hexadecimal digits."""

    id: int
    name: str
    color: str
    description: str | None
    default: bool


_COLUMNS = [labels.c[name] for name in Label.__slots__]


def plant_default_labels(connection: Connection, site: str, repository_id: int) -> None:
    """The nine labels of a new repository."""
    last = next_value(connection, site, "gh_labels", count=len(_DEFAULT_LABELS))
    first = last - len(_DEFAULT_LABELS) + 1
    rows = [
        _row(site, repository_id, first + place, name=name, color=color, description=description, default=True)
        for place, (name, color, description) in enumerate(_DEFAULT_LABELS)
    ]
    connection.execute(insert(labels), rows)


def list_labels(connection: Connection, site: str, repository_id: int) -> list[Label]:
    """All labels of a repository, in order of their names."""
    query = select(*_COLUMNS).where(labels.c.site == site, labels.c.repository_id == repository_id)
    return [Label(**row) for row in connection.execute(query.order_by(labels.c.name_lower)).mappings()]


def find_label(connection: Connection, site: str, repository_id: int, name: str) -> Label | None:
    """A label by its name, without regard to case."""
    query = select(*_COLUMNS).where(_is(site, repository_id, name))
    row = connection.execute(query).mappings().first()
    return Label(**row) if row else None


def create_label(
    connection: Connection, site: str, repository_id: int, *, name: str, color: str, description: str | None = None
) -> Label:
    """A new label; its name must be free (see `find_label`)."""
    label_id = next_value(connection, site, "gh_labels")
    row = _row(site, repository_id, label_id, name=name, color=color, description=description, default=False)
    connection.execute(insert(labels), row)
    return Label(id=label_id, name=name, color=color.lower(), description=description, default=False)


def edit_label(
    connection: Connection,
    site: str,
    repository_id: int,
    label: Label,
    *,
    name: str,
    color: str,
    description: str | None,
) -> Label:
    """Change a label; a new name must be free."""
    connection.execute(
        update(labels)
        .where(_is(site, repository_id, label.name))
        .values(name=name, name_lower=name.lower(), color=color.lower(), description=description)
    )
    return Label(id=label.id, name=name, color=color.lower(), description=description, default=label.default)


def delete_label(connection: Connection, site: str, repository_id: int, label: Label) -> None:
    """Delete a label; issues lose it."""
    connection.execute(delete(labels).where(_is(site, repository_id, label.name)))


def _is(site: str, repository_id: int, name: str) -> ColumnElement[bool]:
    return and_(
        labels.c.site == site, labels.c.repository_id == repository_id, labels.c.name_lower == name.strip().lower()
    )


def _row(
    site: str, repository_id: int, label_id: int, *, name: str, color: str, description: str | None, default: bool
) -> dict[str, object]:
    return {
        "site": site,
        "id": label_id,
        "repository_id": repository_id,
        "name": name,
        "name_lower": name.lower(),
        "color": color.lower(),
        "description": description,
        "default": default,
    }
