"""Whatever a user may set, write, call or be judged by is named on a page."""

from __future__ import annotations

import dataclasses
import pkgutil
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from flask import Flask

import web.charts
from simulator.cli.client import ACCESS_CODE
from simulator.emulators.server import Emulators
from simulator.hygiene.registry import all_rules
from simulator.run.credentials import PREFIXES
from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.events.registry import event_types
from simulator.scenario.schema import Scenario
from simulator.settings import Settings, variable
from tests.docs.pages import HOUSE, pages, text
from tests.tables import file_with_tables
from web.api.blueprint import api


def test_every_setting() -> None:
    page = text("docs/reference/settings.md")

    for field in dataclasses.fields(Settings):
        assert f"| `{variable(field.name)}` | `{field.name}` |" in page


def test_every_secret() -> None:
    page = text("docs/reference/settings.md")

    assert [name for name in (ACCESS_CODE, *PREFIXES) if name not in page] == []


def test_every_key_of_a_scenario() -> None:
    page = text("scenarios/README.md")

    assert [key for key in Scenario.model_fields if f"`{key}`" not in page] == []


def test_every_event_type() -> None:
    page = text("scenarios/README.md")

    assert [name for name in event_types() if f"| `{name}` |" not in page] == []


def test_every_act() -> None:
    page = text("scenarios/README.md")
    kinds = get_args(get_args(AnyAct)[0])
    names = [str(get_args(kind.model_fields["do"].annotation)[0]) for kind in kinds]

    assert len(names) > 10
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_rule() -> None:
    overview = text("docs/reference/rules.md")

    for rule in all_rules():
        assert f"[{rule.code} {rule.name}](rules/{rule.code}.md)" in overview
        assert text(f"docs/reference/rules/{rule.code}.md").startswith(f"# {rule.code} {rule.name}\n")


def test_every_chart() -> None:
    page = text("docs/guide/dashboard.md").lower()
    charts = [module.name for module in pkgutil.iter_modules(web.charts.__path__)]

    assert [chart for chart in charts if chart not in page] == []


def test_every_route_of_our_api() -> None:
    page = text("docs/reference/api.md")
    app = Flask("api")
    app.register_blueprint(api)

    for method, path in _routes(app):
        if method != "any":
            assert f"## `{method} {path}`\n" in page


def test_every_emulated_endpoint(tmp_path: Path) -> None:
    page = text("docs/reference/endpoints.md")
    emulators = Emulators(
        database_url=file_with_tables(tmp_path / "emulators.db"),
        folder=tmp_path,
        now=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        deliver=False,
    )
    missing = [route for app in _services(emulators) for route in _routes(app) if not _named(route, page)]
    emulators.close()

    assert missing == []


def test_every_decision_is_in_the_list() -> None:
    index = text("docs/decisions/README.md")
    written = [path.name for path in (HOUSE / "docs" / "decisions").glob("[0-9]*.md")]

    assert [name for name in written if f"({name})" not in index] == []


def test_no_page_promises_what_is_to_come_or_names_a_place_of_ours() -> None:
    for page in pages():
        words = page.read_text(encoding="utf-8")
        assert not re.search(r"\bTODO\b|\bTBD\b|/work/|coming soon", words), page


def _services(emulators: Emulators) -> list[Flask]:
    from simulator.emulators.github.app import create_app as create_github
    from simulator.emulators.jira.app import create_app as create_jira

    return [create_github(emulators.instance), create_jira(emulators.instance)]


def _named(route: tuple[str, str], page: str) -> bool:
    method, path = route
    return method == "any" or f"- `{method} {path}`\n" in page


def _routes(app: Flask) -> list[tuple[str, str]]:
    """Method and path of each route; `any` stands for those that catch whatever is left over."""
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        path = re.sub(r"<(?:[^:<>]+:)?_?([^<>]+)>", r"{\1}", rule.rule)
        path = re.sub(r"-[0-9a-f]{12}(?=\.css$)", "-{hash}", path)
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        found |= {("any" if len(methods) >= 4 else method, path) for method in methods}
    return sorted(found)
