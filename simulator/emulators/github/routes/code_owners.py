"""What is wrong with a repository's CODEOWNERS file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.code_owner_file import Fault
from simulator.emulators.github.desk import place_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.state import changes, code_owners
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.kit.web import reply

blueprint = Blueprint("code_owners", __name__, url_prefix="/api/v3/repos/<owner>/<name>/codeowners")


@blueprint.get("/errors")
def errors(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-codeowners-errors"""
    with place_for(owner, name) as place:
        git = changes.git(place)
        sha = resolve(git, place.repository, request.args.get("ref") or place.repository.default_branch)
        file = code_owners.file_of(git, sha) if sha else None
        if file is None:
            raise NotFound
        found = [_fault(fault, file.path) for fault in code_owners.faults_of(place, file)]
    return reply({"errors": found})


def _fault(fault: Fault, path: str) -> dict[str, Any]:
    hint = f" {fault.suggestion}" if fault.suggestion else ""
    pointer = f"\n\n  {fault.source}\n  {' ' * (fault.column - 1)}^"
    return {
        "line": fault.line,
        "column": fault.column,
        "kind": fault.kind,
        "source": fault.source,
        "suggestion": fault.suggestion,
        "message": f"{fault.kind} on line {fault.line}:{hint}{pointer}",
        "path": path,
    }
