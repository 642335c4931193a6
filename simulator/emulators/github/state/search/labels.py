"""Search for labels of one repository by name and description.

Source: https://docs.github.com/en/rest/search/search#search-labels
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select

from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.search.conditions import condition
from simulator.emulators.github.state.search.query import Qualifier, Text, parse
from simulator.emulators.github.state.search.words import has_words
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import labels


def search_labels(place: Place, text: str, *, order: str, offset: int, limit: int) -> tuple[list[Label], int]:
    """A page of the labels that have the words, newest first or the other way round, and how many. Raises SearchRefused."""
    wanted = and_(
        labels.c.site == place.site, labels.c.repository_id == place.repository.id, condition(parse(text), _meaning)
    )
    total = place.connection.execute(select(func.count()).select_from(labels).where(wanted)).scalar_one()
    query = select(*(labels.c[name] for name in Label.__slots__)).where(wanted)
    rows = place.connection.execute(
        query.order_by(labels.c.id.asc() if order == "asc" else labels.c.id.desc()).offset(offset).limit(limit)
    )
    return [Label(**row) for row in rows.mappings()], total


def _meaning(leaf: Text | Qualifier) -> ColumnElement[bool]:
    words = leaf.words if isinstance(leaf, Text) else leaf.raw
    return or_(has_words(labels.c.name, words), has_words(func.coalesce(labels.c.description, ""), words))
