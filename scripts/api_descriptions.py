"""Build the trimmed API descriptions that the tests hold replies against, from the vendors' published ones.

    .venv/bin/python scripts/api_descriptions.py              all that can be reached, into tests/descriptions/ (git-ignored)
    .venv/bin/python scripts/api_descriptions.py --operations write the lists of operations anew, with the vendor's addresses

GitHub's come from npm in exact versions with known digests. Atlassian publishes Jira's at fixed addresses and without versions:
what was fetched is printed with its digest. What is kept: the operations of simulator/emulators/*/operations.csv with all
they refer to, without descriptions and examples.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from vendor import environment, find_npm

HOUSE = Path(__file__).resolve().parent.parent
TARGET = HOUSE / "tests" / "descriptions"
GITHUB_OPERATIONS = HOUSE / "simulator" / "emulators" / "github" / "operations.csv"
JIRA_OPERATIONS = HOUSE / "simulator" / "emulators" / "jira" / "operations.csv"
VERBS = ("get", "post", "put", "patch", "delete")
_DROPPED = ("description", "example", "examples", "externalDocs", "tags", "x-github", "x-octokit", "security")


class Unreachable(Exception):
    """A source cannot be fetched from here, or is not what it should be."""


@dataclass(frozen=True)
class Package:
    """A file in an npm package. `digest` is the SHA-256 of the package's archive."""

    name: str
    version: str
    digest: str
    member: str

    def fetch(self) -> Any:
        """The parsed JSON file. Raises Unreachable."""
        npm = find_npm()
        if npm is None:
            raise Unreachable("there is no npm on this machine")
        with tempfile.TemporaryDirectory() as folder:
            command = [*npm, "pack", f"{self.name}@{self.version}", "--silent", "--ignore-scripts"]
            try:
                subprocess.run(
                    command, cwd=folder, env=environment(), check=True, timeout=300, capture_output=True, text=True
                )
            except (OSError, subprocess.SubprocessError) as exc:
                raise Unreachable(f"npm could not fetch {self.name}@{self.version}: {exc}") from exc
            (archive,) = Path(folder).glob("*.tgz")
            return self._read(archive)

    def _read(self, archive: Path) -> Any:
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != self.digest:
            raise Unreachable(f"{self.name}@{self.version} has the digest {found}, not {self.digest}")
        with tarfile.open(archive) as files:
            member = files.extractfile(self.member)
            if member is None:
                raise Unreachable(f"{self.name}@{self.version} has no {self.member}")
            return json.load(member)


@dataclass(frozen=True)
class Address:
    """A file at an address of the vendor's, which changes from time to time."""

    url: str

    def fetch(self) -> Any:
        """The parsed JSON file. Raises Unreachable."""
        try:
            reply = requests.get(self.url, timeout=60)
            reply.raise_for_status()
            print(f"  {self.url} sha256 {hashlib.sha256(reply.content).hexdigest()}")
            return reply.json()
        except (requests.RequestException, ValueError) as exc:
            raise Unreachable(f"{self.url}: {exc}") from exc


REST = Package(
    "@octokit/openapi",
    "23.0.2",
    "71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c",
    "package/generated/api.github.com.json",
)
WEBHOOKS = Package(
    "@octokit/webhooks-schemas",
    "7.6.1",
    "94be9136c02e5246912d6a4b1f178f8d5430ae36839e46ecfcad0020f42f33ca",
    "package/schema.json",
)
_ATLASSIAN = "https://developer.atlassian.com/cloud/jira"
JIRA = {
    "jira-platform-v3": Address(f"{_ATLASSIAN}/platform/swagger-v3.v3.json"),
    "jira-platform-v2": Address(f"{_ATLASSIAN}/platform/swagger.v3.json"),
    "jira-software": Address(f"{_ATLASSIAN}/software/swagger.v3.json"),
}
NOTICES = HOUSE / "simulator" / "emulators" / "github" / "payloads" / "notices"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", action="store_true", help="write the documentation addresses of the lists anew")
    if parser.parse_args().operations:
        _write_operations()
        return 0
    made = [_made(name, build) for name, build in _builders()]
    return 0 if all(made) else 1


def _builders() -> Iterator[tuple[str, Any]]:
    yield "github", lambda: trimmed(REST.fetch(), _listed(GITHUB_OPERATIONS))
    yield "github-webhooks", lambda: trimmed_events(WEBHOOKS.fetch(), _events())
    for name, source in JIRA.items():
        yield name, lambda name=name, source=source: trimmed(source.fetch(), _listed(JIRA_OPERATIONS, name))


def _made(name: str, build: Any) -> bool:
    file = TARGET / f"{name}.trim.json"
    try:
        found = build()
    except Unreachable as exc:
        print(f"{name}: {exc}", file=sys.stderr)
        return False
    TARGET.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")
    print(f"wrote {file.relative_to(HOUSE)}: {file.stat().st_size // 1024} kB")
    return True


def trimmed(whole: dict[str, Any], operations: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """An OpenAPI description with these operations, and the components that they refer to, one through another."""
    paths: dict[str, dict[str, Any]] = {}
    for method, path in operations:
        operation = whole["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            paths.setdefault(path, {})[method.lower()] = _bare(operation)
            if "parameters" in whole["paths"][path]:
                paths[path]["parameters"] = _bare(whole["paths"][path]["parameters"])
    components: dict[str, dict[str, Any]] = {}
    waiting = list(_references(paths))
    while waiting:
        kind, name = waiting.pop()
        if name not in components.setdefault(kind, {}):
            components[kind][name] = _bare(whole["components"][kind][name])
            waiting += _references(components[kind][name])
    kept = {key: whole[key] for key in ("openapi", "info", "servers") if key in whole}
    return {**kept, "paths": paths, "components": components}


def trimmed_events(whole: dict[str, Any], events: Iterable[str]) -> dict[str, Any]:
    """The JSON Schemas of these webhook events, `event` or `event$action`, and the definitions that they refer to."""
    definitions: dict[str, Any] = {}
    wanted = set(events)
    waiting = [name for name in whole["definitions"] if name.partition("$")[0].removesuffix("_event") in wanted]
    while waiting:
        name = waiting.pop()
        if name not in definitions:
            definitions[name] = _bare(whole["definitions"][name])
            waiting += [reference for kind, reference in _references(definitions[name]) if kind == "definitions"]
    comment = f"trimmed from {WEBHOOKS.name} {WEBHOOKS.version} (MIT)"
    return {"$schema": whole["$schema"], "$comment": comment, "definitions": definitions}


def _bare(value: Any, *, names: bool = False) -> Any:
    """The value without what only people read. With `names` its keys are names of properties, and none is left out."""
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _bare(inner, names=not names and key in ("properties", "patternProperties"))
        for key, inner in value.items()
        if names or key not in _DROPPED
    }


def _references(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        target = value.get("$ref")
        if isinstance(target, str):
            kind, name = target.split("/")[-2:]
            yield kind, name.replace("~1", "/").replace("~0", "~")
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _listed(file: Path, api: str | None = None) -> list[tuple[str, str]]:
    with file.open(newline="", encoding="utf-8") as rows:
        return [(row["method"], row["path"]) for row in csv.DictReader(rows) if api in (None, row.get("api"))]


def _events() -> list[str]:
    """The events that the emulator tells webhooks of: one module each."""
    return [file.stem for file in NOTICES.glob("[a-z]*.py")]


def _write_operations() -> None:
    whole = REST.fetch()
    rows = []
    for method, path in _listed(GITHUB_OPERATIONS):
        operation = whole["paths"].get(path, {}).get(method.lower(), {})
        docs = operation.get("externalDocs", {}).get("url", "")
        rows.append((method, path, docs.replace("docs.github.com/rest/", "docs.github.com/en/rest/")))
    with GITHUB_OPERATIONS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("method", "path", "docs"))
        writer.writerows(rows)


if __name__ == "__main__":
    raise SystemExit(main())
