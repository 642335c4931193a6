"""Fields that administrators add to a site."""

from __future__ import annotations

from sqlalchemy import insert

from simulator.emulators.jira import tables
from simulator.emulators.jira.custom_types import TYPES, spec_of
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import CUSTOM_TYPES, FieldSpec
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.permissions import require_admin
from simulator.emulators.kit.database import next_value

LONGEST_NAME = 255
LONGEST_DESCRIPTION = 40_000
MOST_FIELDS = 700
_FIRST_ID = 10100
"""Numbers of a site's own fields are greater than this; those below belong to the fields that every site has."""


def add_field(context: Context, *, name: str, description: str, type_key: str, searcher_key: str) -> FieldSpec:
    """Add a field, on every screen of the site. Raises Forbidden, and BadRequest with every fault."""
    require_admin(context)
    kind, searcher = type_key.removeprefix(f"{CUSTOM_TYPES}:"), searcher_key.removeprefix(f"{CUSTOM_TYPES}:")
    faults = {}
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        faults["name"] = f"The name of the field must be between 1 and {LONGEST_NAME} characters long."
    if len(description) > LONGEST_DESCRIPTION:
        faults["description"] = f"The description must not exceed {LONGEST_DESCRIPTION} characters."
    if kind not in TYPES or not type_key.startswith(f"{CUSTOM_TYPES}:"):
        faults["type"] = f"Custom field type with key '{type_key[:255]}' not found or is not supported here."
    elif searcher and searcher not in TYPES[kind].searchers:
        faults["searcherKey"] = f"Searcher with key '{searcher_key[:255]}' is not valid for the field type."
    if faults:
        raise BadRequest(errors=faults)
    if len(context.meta.custom_fields) >= MOST_FIELDS:
        raise BadRequest(f"The site has {MOST_FIELDS} custom fields already.")
    number = _FIRST_ID + next_value(context.connection, context.site, "jira.custom_field")
    row = {"site": context.site, "id": number, "name": name.strip(), "description": description, "type": kind}
    chosen = searcher or TYPES[kind].searchers[0]
    context.connection.execute(insert(tables.custom_fields), row | {"searcher": chosen})
    touch(context.connection, context.site)
    return spec_of(number, name.strip(), kind)
