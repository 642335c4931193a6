"""A past that was looked at while it was made: a repository with all that befalls pull requests, looked at after each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from simulator.adapters import past_reader
from simulator.adapters.past_github import github_past
from simulator.emulators.kit.faults import fault_of
from simulator.model import actions as do
from simulator.model.code import FileChange, MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import PullRef
from simulator.model.past import Past
from tests.adapters.builders import ALICE, BOB, CAROL, services_at
from tests.adapters.conftest import PEOPLE, Run, emulator_server, run, sent, site, site_numbers
from tests.emulators.conftest import Site, a_seed
from tests.timekeeping.builders import utc

__all__ = ["emulator_server", "hasty", "lived", "made", "run", "sent", "site", "site_numbers"]

REPOSITORY = "/repos/acme/shop"
"""As a fault's path has it."""
LONG_AGO, LATER = utc("2020-01-01 00:00"), utc("2035-01-01 00:00")
MERGED, SQUASHED, DRAFT, OPEN = PullRef("merged"), PullRef("squashed"), PullRef("draft"), PullRef("open")


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Services that stumble are asked again at once."""
    monkeypatch.setattr(past_reader, "PATIENT", replace(past_reader.PATIENT, first_wait_s=0.0))
    monkeypatch.setattr(past_reader, "BRIEF", replace(past_reader.BRIEF, first_wait_s=0.0))


def silent(_what: str, _done: int, _all: int) -> None:
    """Progress that nobody looks at."""


def past_of(
    run: Run, *, since: datetime = LONG_AGO, until: datetime = LATER, token: str = "alice-token", name: str = "shop"
) -> Past:
    """What GitHub tells afterwards."""
    return github_past(
        api_url=run.services.github_api_url,
        html_url=run.services.github_html_url,
        repository=f"acme/{name}",
        token=token,
        since=since,
        until=until,
        progress=silent,
    )


def a_push(branch: str, path: str, content: str = "x = 1\n", *, force: bool = False) -> do.PushCommit:
    """A commit with a file."""
    files = (FileChange(path=path, content=content),)
    return do.PushCommit(actor=BOB, branch=branch, message=f"feat: {path}", files=files, force=force)


def an_opening(ref: PullRef, branch: str, *, draft: bool = False) -> do.OpenPullRequest:
    """A pull request of Bob's."""
    title, body = f"feat: {branch}", f"Why {branch}."
    reviewers = () if draft else (CAROL,)
    return do.OpenPullRequest(
        actor=BOB, ref=ref, branch=branch, title=title, body=body, draft=draft, reviewers=reviewers
    )


def a_review(ref: PullRef, verdict: ReviewVerdict, *remarks: ReviewRemark) -> do.SubmitReview:
    """A review by Carol."""
    return do.SubmitReview(actor=CAROL, pull=ref, verdict=verdict, body=f"{verdict}.", remarks=remarks)


def steps(run: Run) -> Iterator[None]:
    """What happened, one thing after the other."""
    remark = ReviewRemark(path="a.py", line=1, body="Why 1?")
    repository = run.site.github("bob").get_repo("acme/shop")
    some = (
        (a_push("feature/a", "a.py"),),
        (an_opening(MERGED, "feature/a"),),
        (do.ReportCheck(actor=ALICE, branch="feature/a", name="tests", conclusion="failure", summary="1 of 3"),),
        (a_review(MERGED, ReviewVerdict.REQUEST_CHANGES, remark),),
        (a_push("feature/a", "a_test.py"),),
        (do.CommentOnPullRequest(actor=BOB, pull=MERGED, body="Done."),),
        (do.ResolveThread(actor=BOB, pull=MERGED),),
        (do.ReportCheck(actor=ALICE, branch="feature/a", name="tests", conclusion="success"),),
        (do.LabelPullRequest(actor=ALICE, pull=MERGED, add=("ready",)),),
        (a_review(MERGED, ReviewVerdict.APPROVE),),
        (do.MergePullRequest(actor=ALICE, pull=MERGED, method=MergeMethod.MERGE),),
        (do.PublishRelease(actor=ALICE, tag="v1", name="One", notes="First."),),
        (a_push("feature/b", "b.py"),),
        (an_opening(DRAFT, "feature/b", draft=True),),
        (a_push("feature/c", "c.py"), an_opening(SQUASHED, "feature/c")),
        (do.EditPullRequest(actor=ALICE, pull=SQUASHED, title="feat: c, better"),),
        (a_push("feature/c", "c.py", "x = 2\n", force=True),),
        (a_review(SQUASHED, ReviewVerdict.APPROVE),),
        (do.MergePullRequest(actor=ALICE, pull=SQUASHED, method=MergeMethod.SQUASH, delete_branch=False),),
        (a_push("main", "hotfix.py"),),
        (do.ProtectBranch(actor=ALICE, branch="main", approvals=1, checks=("tests",)),),
    )
    for actions in some:
        run.perform(*actions)
        yield
    repository.get_pull(run_number(run, DRAFT)).mark_ready_for_review()
    yield
    repository.get_branch("main").commit.create_status("failure", context="lint")
    yield
    run.perform(do.ClosePullRequest(actor=BOB, pull=DRAFT))
    yield
    repository.get_pull(run_number(run, DRAFT)).edit(state="open")
    yield


def run_number(run: Run, ref: PullRef) -> int:
    """The number that a pull request got."""
    return int(run.bindings[f"pull:{ref}"])


@pytest.fixture
def lived(run: Run) -> Run:
    """Everything happened, and was looked at closely."""
    run.repository()
    run.look()
    for _ in steps(run):
        run.look(later_s=6, closely=True)
        run.look(later_s=6, closely=True)
    for _ in range(20):
        run.look()
    return run


_KEPT: dict[str, tuple[str, dict[str, str]]] = {}
"""Server → the site on which everything happened once, and what was bound there."""


@pytest.fixture
def made(run: Run) -> Iterator[Run]:
    """Everything happened, and nobody looked: on a copy of the site where it was done the first time."""
    server = run.site.server
    if server.url not in _KEPT:
        run.repository()
        for _ in steps(run):
            run.site.clock.skip(12)
        run.site.emulators.keep_site(run.site.key, "made")
        _KEPT[server.url] = run.site.key, dict(run.bindings)
    template, bindings = _KEPT[server.url]
    site = Site(f"{run.site.key}-made", server)
    run.site.emulators.branch_site(site.key, of=template, snapshot="made", seed=a_seed(**PEOPLE))
    copied = Run(site=site, services=services_at(site.url), folder=run.folder, sent=run.sent, bindings=dict(bindings))
    yield copied
    copied.connection.close()


def a_fault(run: Run, path: str, **changes: Any) -> None:
    """Let requests to a path of the repository fail."""
    fault = fault_of({"service": "github", "path": path, **changes})
    run.site.emulators.faults.add(run.site.key, fault)


def of(kind: FactKind, seen: object) -> list[Observation]:
    """Those of one kind."""
    observations = seen.observations if isinstance(seen, Past) else seen.seen if isinstance(seen, Run) else ()
    return [one for one in observations if one.kind is kind]
