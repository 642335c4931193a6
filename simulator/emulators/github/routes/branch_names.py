"""Renaming branches."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.commit_bodies import commit_bodies
from simulator.emulators.github.desk import may, work_for
from simulator.emulators.github.errors import Forbidden, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.payloads import branches
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.branch_names import rename_branch
from simulator.emulators.github.state.holding import holding_for_branch
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.errors import BadName, RefMoved
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("branch_names", __name__, url_prefix="/api/v3/repos/<owner>/<name>/branches")


@blueprint.post("/<path:branch>/rename")
def rename(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branches#rename-a-branch"""
    wanted = Fields(json_body(), "Branch").required("new_name", limit=refs.LONGEST_NAME)
    with work_for(owner, name, need="push") as work:
        _check(work, branch, wanted)
        try:
            rename_branch(work, branch, wanted)
        except RefMoved as exc:
            raise ValidationFailed(message="The branch has just moved. Rename it again.") from exc
        except BadName as exc:
            raise ValidationFailed(message=str(exc)) from exc
        commit = history.commit(changes.git(work), changes.tip(work, wanted) or "")
        (body,) = commit_bodies(work.connection, work.repository, [commit], Urls.of_request())
        holding = holding_for_branch(work, wanted)
    return reply(branches.full_branch(wanted, body, holding, work.repository, Urls.of_request()), 201)


def _check(work: Work, branch: str, wanted: str) -> None:
    if changes.tip(work, branch) is None:
        raise NotFound("Branch not found")
    protected = holding_for_branch(work, branch).is_any
    if (protected or branch == work.repository.default_branch) and not may(work, "admin"):
        raise Forbidden("Must have admin rights to Repository.")
    if not refs.is_valid_name(f"refs/heads/{wanted}") or refs.is_sha(wanted):
        raise ValidationFailed(message=f"{wanted[:80]} is not a valid branch name.")
    if changes.tip(work, wanted) is not None:
        raise ValidationFailed(message=f"A branch named {wanted} already exists.")
