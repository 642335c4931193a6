"""Branches begun, rewritten and merged by git, and what a commit's files break."""

from __future__ import annotations

import pytest
from github.Repository import Repository

from simulator.errors import NotFound
from simulator.model import actions as do
from simulator.model.code import CommitDraft, FileChange, Sighting, TreeRule
from tests.adapters.builders import BOB, CAROL
from tests.adapters.conftest import Run


def files(**contents: str) -> tuple[FileChange, ...]:
    return tuple(FileChange(path=f"{name}.py", content=content) for name, content in contents.items())


def a_push(who: str = "learner", branch: str = "x", **options: object) -> do.PushCommit:
    values = {"branch": branch, "message": f"feat: {branch}", "files": files(x="x = 1\n"), **options}
    return do.PushCommit(actor=who, **values)  # type: ignore[arg-type]


def the_repository(run: Run) -> Repository:
    return run.site.github("alice").get_repo("acme/shop")


def messages(run: Run, branch: str) -> list[str]:
    return [commit.commit.message for commit in the_repository(run).get_commits(branch)]


def test_a_merge_of_the_default_branch_has_two_parents_and_what_the_commit_says(run: Run) -> None:
    run.repository()
    run.perform(
        a_push(files=files(app="mine\n", x="x = 1\n")),
        a_push(CAROL, "main", message="feat: theirs", files=files(app="theirs\n", y="y = 1\n")),
        a_push(message="merge", files=files(app="both\n"), merges="main"),
    )

    repository = the_repository(run)
    tip = repository.get_branch("x").commit
    held = {name: repository.get_contents(name, ref="x").decoded_content for name in ("app.py", "x.py", "y.py")}  # type: ignore[union-attr]
    assert len(tip.parents) == 2
    assert held == {"app.py": b"both\n", "x.py": b"x = 1\n", "y.py": b"y = 1\n"}


def test_a_rewritten_branch_keeps_its_first_commits_and_no_more(run: Run) -> None:
    run.repository()
    run.perform(a_push(message="one"), a_push(message="two", files=files(secret="key\n")))
    rewrite = do.RewriteBranch(
        actor=BOB, branch="x", commits=(CommitDraft(message="three", files=files(z="z\n")),), after=1
    )

    run.perform(rewrite)
    run.perform(rewrite, again=True)

    assert messages(run, "x")[:2] == ["three", "one"]
    assert "two" not in messages(run, "x")
    run.perform(do.RewriteBranch(actor=BOB, branch="x"))
    assert messages(run, "x") == messages(run, "main")


def test_a_branch_brought_up_to_date_is_merged_with_the_other_sides_files_and_its_own(run: Run) -> None:
    run.repository()
    run.perform(
        a_push(files=files(app="mine\n", x="x = 1\n")),
        a_push(CAROL, "main", message="feat: theirs", files=files(app="theirs\n", y="y = 1\n")),
    )
    before = the_repository(run).get_branch("x").commit.sha
    settle = do.RewriteBranch(
        actor=BOB, branch="x", commits=(CommitDraft(message="merge", files=files(z="z\n")),), merging=True
    )

    run.perform(settle)
    run.perform(settle, again=True)

    repository = the_repository(run)
    tip = repository.get_branch("x").commit
    assert [parent.sha for parent in tip.parents] == [before, repository.get_branch("main").commit.sha]
    held = {file.path: file.decoded_content for file in repository.get_contents("", ref="x")}  # type: ignore[union-attr]
    assert held["app.py"] == b"theirs\n"
    assert held["z.py"] == b"z\n"
    assert "x.py" not in held


def test_a_branch_without_a_base_is_said(run: Run) -> None:
    run.repository()

    with pytest.raises(NotFound, match="no branch nowhere"):
        run.perform(do.CreateBranch(actor=BOB, branch="x", base="nowhere"))


@pytest.mark.parametrize(
    ("sightings", "conclusion"),
    [
        ((Sighting(path="*.py", pattern=r"x = \d"),), "failure"),
        ((Sighting(path="x.py"), Sighting(path="y.py", absent=True)), "failure"),
        ((Sighting(path="x.py", pattern="x = 2"),), "success"),
        ((Sighting(path="x.py"), Sighting(path="app.py", absent=True)), "success"),
    ],
)
def test_a_check_looks_into_the_files_of_its_commit(run: Run, sightings: tuple[Sighting, ...], conclusion: str) -> None:
    run.repository()
    run.perform(a_push())
    sha = the_repository(run).get_branch("x").commit.sha
    rule = TreeRule(sightings=sightings, log="E: broken\nat x")
    run.perform(
        do.ReportCheck(actor=BOB, branch="x", sha=sha, name="tests", conclusion="success", log="fine", breaks=(rule,))
    )

    (found,) = the_repository(run).get_commit(sha).get_check_runs()
    assert found.conclusion == conclusion
    assert ("E: broken\nat x" in found.output.text) == (conclusion == "failure")
