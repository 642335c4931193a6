"""The repository's setting up, through the real clients against the emulated GitHub."""

from __future__ import annotations

import pytest
from github import GithubException
from github.Repository import Repository

from simulator.errors import AuthenticationFailed, Conflict, NotFound
from simulator.model import actions as do
from simulator.model.code import FileChange
from simulator.model.keys import Login
from tests.adapters.builders import ALICE, BOB, CAROL
from tests.adapters.conftest import Run, a_repository


def a_push(branch: str = "feature/x", **changes: object) -> do.PushCommit:
    values: dict[str, object] = {
        "actor": BOB,
        "branch": branch,
        "message": "feat: x",
        "files": (FileChange(path="x.py", content="x = 1\n"),),
    }
    return do.PushCommit(**{**values, **changes})  # type: ignore[arg-type]


def test_the_repository_is_made_with_the_starter_as_its_only_commit(run: Run) -> None:
    made = run.perform(a_repository(run.starter))

    repository = run.site.github("alice").get_repo("acme/shop")
    assert repository.default_branch == "main"
    assert repository.description == "A shop"
    assert [commit.sha for commit in repository.get_commits()] == [made["seed"]]
    assert repository.get_contents("README.md").decoded_content == b"# Shop\n"  # type: ignore[union-attr]


def test_a_repository_of_a_persons_own_is_made_as_theirs(run: Run) -> None:
    connection = run.connect(owner=Login("alice"))

    connection.performer.perform(a_repository(run.starter), bindings={})

    assert run.site.github("alice").get_repo("alice/shop").owner.login == "alice"


def test_another_default_branch_is_made_the_default(run: Run) -> None:
    run.perform(a_repository(run.starter, branch="trunk"))

    assert run.site.github("alice").get_repo("acme/shop").default_branch == "trunk"


def test_a_crash_between_making_and_writing_down_makes_nothing_twice(run: Run) -> None:
    first = run.perform(a_repository(run.starter))
    run.perform(a_push("main", actor=ALICE))

    assert run.perform(a_repository(run.starter), again=True) == first


def test_a_crash_before_the_starter_was_pushed_goes_on_there(run: Run) -> None:
    run.site.github("alice").get_organization("acme").create_repo("shop")

    assert "seed" in run.perform(a_repository(run.starter), again=True)


def test_an_empty_repository_is_adopted_and_a_filled_one_is_not(run: Run) -> None:
    run.site.github("alice").get_organization("acme").create_repo("shop")
    run.perform(a_repository(run.starter))

    with pytest.raises(Conflict, match="already exists"):
        run.perform(a_repository(run.starter))


def test_collaborators_get_their_rights(run: Run) -> None:
    run.perform(a_repository(run.starter))

    run.perform(do.AddCollaborators(actor=ALICE, permissions={BOB: "push", CAROL: "maintain"}))
    run.perform(do.AddCollaborators(actor=ALICE, permissions={BOB: "push", CAROL: "maintain"}), again=True)

    repository = run.site.github("alice").get_repo("acme/shop")
    assert repository.get_collaborator_permission("bob") == "write"
    assert repository.get_collaborator_role_name("carol") == "maintain"


def test_labels_are_made_once(run: Run) -> None:
    run.repository()
    labels = do.CreateLabels(actor=ALICE, labels={"needs-tests": "#d93f0b", "Bug": "ee0701"})

    run.perform(labels)
    run.perform(labels, again=True)

    found = {label.name: label.color for label in run.site.github("alice").get_repo("acme/shop").get_labels()}
    assert found["needs-tests"] == "d93f0b"
    assert sum(name.lower() == "bug" for name in found) == 1


def test_a_protected_branch_refuses_a_push_with_its_reason(run: Run) -> None:
    run.repository()
    run.perform(do.ProtectBranch(actor=ALICE, branch="main", approvals=1, checks=("tests",), enforce_admins=True))

    with pytest.raises(Conflict, match="Changes must be made through a pull request"):
        run.perform(a_push("main"))

    protection = run.site.github("alice").get_repo("acme/shop").get_branch("main").get_protection()
    assert protection.required_pull_request_reviews.required_approving_review_count == 1
    assert protection.required_status_checks.contexts == ["tests"]


def test_a_branch_is_deleted_and_deleting_it_again_is_fine(run: Run) -> None:
    run.repository()
    run.perform(a_push())

    run.perform(do.DeleteBranch(actor=BOB, branch="feature/x"))
    run.perform(do.DeleteBranch(actor=BOB, branch="feature/x"), again=True)

    assert [branch.name for branch in run.site.github("alice").get_repo("acme/shop").get_branches()] == ["main"]


def test_a_check_is_reported_on_the_tip_and_not_twice(run: Run) -> None:
    run.repository()
    run.perform(a_push())
    check = do.ReportCheck(actor=ALICE, branch="feature/x", name="tests", conclusion="failure", summary="1 failed")

    run.perform(check)
    run.perform(check, again=True)

    repository = run.site.github("alice").get_repo("acme/shop")
    runs = list(repository.get_branch("feature/x").commit.get_check_runs())
    assert [(found.name, found.conclusion, found.output.summary) for found in runs] == [
        ("tests", "failure", "1 failed")
    ]


@pytest.mark.parametrize(
    ("conclusion", "state"), [("success", "success"), ("timed_out", "failure"), ("skipped", "success")]
)
def test_where_check_runs_are_for_apps_only_a_status_is_reported(
    run: Run, monkeypatch: pytest.MonkeyPatch, conclusion: str, state: str
) -> None:
    run.repository()
    check = do.ReportCheck(actor=ALICE, branch="main", name="tests", conclusion=conclusion, summary="s" * 300)

    def refused(*_: object, **__: object) -> None:
        raise GithubException(403, {"message": "You must authenticate via a GitHub App."}, {})

    monkeypatch.setattr(Repository, "create_check_run", refused)
    run.perform(check)
    run.perform(check, again=True)

    statuses = run.site.github("alice").get_repo("acme/shop").get_branch("main").commit.get_statuses()
    assert [(status.context, status.state) for status in statuses] == [("tests", state)]


def test_a_wrong_token_is_named(run: Run) -> None:
    from tests.adapters.builders import credentials_of

    wrong = {**run.services.credentials, BOB: credentials_of("bob", github_token="wrong-token")}
    connection = run.connect(credentials=wrong)

    with pytest.raises(AuthenticationFailed) as caught:
        connection.check()
    assert "learner" in caught.value.what
    assert "GitHub" in caught.value.what
    assert "wrong-token" not in caught.value.what


def test_a_missing_branch_is_not_found(run: Run) -> None:
    run.repository()

    with pytest.raises(NotFound):
        run.perform(do.ReportCheck(actor=ALICE, branch="nowhere", name="tests", conclusion="success"))


def test_nothing_is_asked_of_a_service_before_it_is_needed(run: Run) -> None:
    assert run.requests_of(run.connect) == []
