"""What is seen of branches and commits, on the emulated GitHub."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
import requests

from simulator.model import actions as do
from simulator.model.code import FileChange, MergeMethod
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import PullRef
from tests.adapters.builders import ALICE, BOB
from tests.adapters.conftest import Run

MAIN = FactKind.LANDED


def a_push(branch: str = "feature/x", message: str = "feat: x", path: str = "x.py", **changes: object) -> do.PushCommit:
    values: dict[str, object] = {
        "actor": BOB,
        "branch": branch,
        "message": message,
        "files": (FileChange(path=path, content=f"# {message}\n"),),
    }
    return do.PushCommit(**{**values, **changes})  # type: ignore[arg-type]


def of(kind: FactKind, found: list[Observation]) -> list[Observation]:
    return [observation for observation in found if observation.kind is kind]


@pytest.fixture
def seeded(run: Run) -> Run:
    """The repository stands and has been looked at."""
    run.repository()
    run.project()
    run.look()
    return run


def test_the_starter_is_a_branch_a_commit_and_a_landing(run: Run) -> None:
    run.repository()
    run.project()

    found = run.look()

    branch, commit, landed = (of(kind, found)[0] for kind in (FactKind.BRANCH_CREATED, FactKind.COMMITTED, MAIN))
    assert (branch.subject, branch.account, branch.detail) == ("branch:main", "alice", {"sha": run.bindings["seed"]})
    assert commit.detail["sha"] == run.bindings["seed"]
    assert commit.detail["parents"] == 0
    assert sorted(file["path"] for file in commit.detail["files"]) == ["README.md", "app.py"]
    assert landed.detail == {
        "sha": run.bindings["seed"],
        "message": "chore: starter code",
        "pulls": [],
        "parents": 0,
        "parent_shas": [],
    }
    assert of(FactKind.PUSHED, found) == []


def test_a_new_branch_is_seen_with_its_own_commits_only(seeded: Run) -> None:
    seeded.perform(a_push())

    found = seeded.look()

    branch, commit = found
    assert (branch.kind, branch.subject, branch.account) == (FactKind.BRANCH_CREATED, "branch:feature/x", "bob")
    assert branch.url.endswith("/github/acme/shop/tree/feature/x")
    assert commit.kind is FactKind.COMMITTED
    assert commit.subject == f"commit:{branch.detail['sha']}"
    assert commit.account == "bob"
    detail = commit.detail
    assert (detail["message"], detail["branch"], detail["parents"]) == ("feat: x", "feature/x", 1)
    assert (detail["author_name"], detail["author_email"]) == ("Bob", "bob@example.com")
    assert (detail["additions"], detail["deletions"]) == (1, 0)
    assert detail["parent_shas"] == [seeded.bindings["seed"]]
    assert detail["files"] == [
        {"path": "x.py", "status": "added", "additions": 1, "deletions": 0, "patch": "@@ -0,0 +1 @@\n+# feat: x"}
    ]
    assert commit.recorded_at.isoformat() == detail["authored_at"]


def test_a_push_is_one_fact_and_each_commit_another(seeded: Run) -> None:
    seeded.perform(a_push(), a_push(message="feat: y", path="y.py"))

    found = seeded.look()

    (push,) = of(FactKind.PUSHED, found)
    commits = of(FactKind.COMMITTED, found)
    assert [commit.detail["message"] for commit in commits] == ["feat: x", "feat: y"]
    assert push.detail == {
        "before": commits[0].detail["sha"],
        "after": commits[1].detail["sha"],
        "forced": False,
        "default_branch": False,
    }


def test_a_forced_push_is_told_so(seeded: Run) -> None:
    seeded.perform(a_push())
    seeded.look()

    seeded.perform(a_push(message="feat: better", force=True))

    found = seeded.look()
    assert of(FactKind.PUSHED, found)[0].detail["forced"] is True
    assert [commit.detail["message"] for commit in of(FactKind.COMMITTED, found)] == ["feat: better"]


def test_a_push_to_the_default_branch_lands_without_a_pull_request(seeded: Run) -> None:
    seeded.perform(a_push("main"))

    found = seeded.look()

    (push,), (landed,), (commit,) = (of(kind, found) for kind in (FactKind.PUSHED, MAIN, FactKind.COMMITTED))
    assert push.detail["default_branch"] is True
    assert (landed.account, landed.detail["pulls"], landed.detail["message"]) == ("bob", [], "feat: x")
    assert commit.detail["branch"] == "main"


@pytest.mark.parametrize(
    ("method", "messages"),
    [
        (MergeMethod.SQUASH, ["feat: landed"]),
        (MergeMethod.REBASE, ["feat: x", "feat: y"]),
        (MergeMethod.MERGE, ["feat: landed", "feat: x", "feat: y"]),
    ],
)
def test_what_a_merge_lands_names_its_pull_request(seeded: Run, method: MergeMethod, messages: list[str]) -> None:
    pull = PullRef("p")
    seeded.perform(
        a_push(),
        a_push(message="feat: y", path="y.py"),
        do.OpenPullRequest(actor=BOB, ref=pull, branch="feature/x", title="t", body="b"),
    )
    seeded.look()

    seeded.perform(do.MergePullRequest(actor=ALICE, pull=pull, method=method, title="feat: landed"))

    found = seeded.look()
    landed = of(MAIN, found)
    assert sorted(commit.detail["message"].partition("\n")[0] for commit in landed) == messages
    assert all(commit.detail["pulls"] == [1] and commit.account == "alice" for commit in landed)
    assert of(FactKind.COMMITTED, found) == []
    assert of(FactKind.PUSHED, found) == []
    assert [branch.subject for branch in of(FactKind.BRANCH_DELETED, found)] == ["branch:feature/x"]


def test_what_landed_is_not_a_new_commit_of_the_branch_it_is_merged_into(seeded: Run) -> None:
    seeded.perform(a_push(), a_push("main", message="fix: other", path="z.py"))
    seeded.look()
    clone = seeded.folder / "by-hand"
    url = seeded.site.clone_url("bob", "acme/shop")
    for command in (
        ["git", "clone", "--quiet", url, str(clone)],
        ["git", "-C", str(clone), "checkout", "--quiet", "feature/x"],
        [
            "git",
            "-C",
            str(clone),
            "-c",
            "user.name=Bob",
            "-c",
            "user.email=bob@example.com",
            "merge",
            "-m",
            "merge",
            "origin/main",
        ],
        ["git", "-C", str(clone), "push", "--quiet", "origin", "feature/x"],
    ):
        subprocess.run(command, check=True, capture_output=True)

    found = seeded.look()

    assert [(commit.detail["message"], commit.detail["parents"]) for commit in of(FactKind.COMMITTED, found)] == [
        ("merge", 2)
    ]


def test_a_deleted_branch_is_seen(seeded: Run) -> None:
    seeded.perform(a_push())
    seeded.look()

    seeded.perform(do.DeleteBranch(actor=BOB, branch="feature/x"))

    (gone,) = seeded.look()
    assert (gone.kind, gone.subject, gone.account) == (FactKind.BRANCH_DELETED, "branch:feature/x", "bob")


def _without(path: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests that end with a path be answered by this status."""
    send = requests.Session.send

    def answered(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if not request.path_url.partition("?")[0].endswith(path):
            return send(session, request, **options)
        response = requests.Response()
        response.status_code = status
        response._content = b'{"message": "Not here"}'
        return response

    monkeypatch.setattr(requests.Session, "send", answered)


@pytest.mark.parametrize("status", [404, 501])
def test_a_service_without_an_activity_list_is_read_by_its_branches(
    run: Run, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    _without("/activity", status, monkeypatch)
    run.repository()
    run.project()
    seeded = run.look()
    pull = PullRef("p")
    run.perform(a_push())
    created = run.look()
    run.perform(a_push(message="feat: y", path="y.py"))
    pushed = run.look()
    run.perform(
        do.OpenPullRequest(actor=BOB, ref=pull, branch="feature/x", title="t", body="b"),
        do.MergePullRequest(actor=ALICE, pull=pull),
    )
    merged = run.look()

    surroundings = {FactKind.BOARD_SEEN, FactKind.PROTECTION_SEEN}
    code = {FactKind.BRANCH_CREATED, FactKind.COMMITTED, FactKind.LANDED}
    assert {found.kind for found in seeded} - surroundings == code
    assert [found.kind for found in created] == [FactKind.COMMITTED, FactKind.BRANCH_CREATED]
    assert {found.kind for found in pushed} == {FactKind.COMMITTED, FactKind.PUSHED}
    assert of(FactKind.LANDED, merged)[0].detail["pulls"] == [1]
    assert of(FactKind.COMMITTED, merged) == []
    assert [found.subject for found in of(FactKind.BRANCH_DELETED, merged)] == ["branch:feature/x"]
    assert run.look() == []


def test_the_address_of_a_branch_with_a_hash_leads_to_the_branch(seeded: Run) -> None:
    seeded.perform(a_push(branch="feature/x#1"))

    (branch,) = of(FactKind.BRANCH_CREATED, seeded.look())

    assert branch.url.endswith("/github/acme/shop/tree/feature/x%231")
