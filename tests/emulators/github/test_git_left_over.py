"""Pushes that come to nothing leave nothing: no objects, no activity, no word about the server's folders."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pytest

from simulator.emulators.gitserver import refs
from simulator.emulators.gitserver.pktline import FLUSH, packet
from simulator.emulators.gitserver.refs import ZERO
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_pull
from tests.emulators.github.test_git_packs import PUSH_TYPE, objects_of
from tests.emulators.github.worktree import Clone

WISHES = b"\0 report-status side-band-64k"


def packed(clone: Clone, tip: str) -> bytes:
    command = ["git", "pack-objects", "--revs", "--stdout", "-q"]
    return subprocess.run(command, cwd=clone.folder, input=tip.encode(), capture_output=True, check=True).stdout


def pushed(site: Site, *commands: str, pack: bytes = b"", zipped: bool = False) -> bytes:
    """What the server answers to a push made by hand."""
    first, *others = (packet(command.encode() + (b"" if place else WISHES)) for place, command in enumerate(commands))
    body = first + b"".join(others) + FLUSH + pack
    headers = PUSH_TYPE | ({"Content-Encoding": "gzip"} if zipped else {})
    answer = site.session("bob").post(
        f"{site.html_url}/acme/payments.git/git-receive-pack",
        data=gzip.compress(body) if zipped else body,
        headers=headers,
    )
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("zipped", [False, True])
def test_the_losers_of_a_race_leave_no_objects(site: Site, clone: Clone, tmp_path: Path, zipped: bool) -> None:
    before = clone.tip()
    loser = Clone(site, tmp_path / "loser")
    late = loser.commit("late.txt", "late\n")
    winner = clone.commit("a.txt", "a\n")
    assert clone.push("main", "main:refs/heads/side").returncode == 0
    stored = objects_of(site)

    moved = pushed(site, f"{before} {late} refs/heads/main", pack=packed(loser, late), zipped=zipped)
    made = pushed(site, f"{ZERO} {late} refs/heads/side", pack=packed(loser, late), zipped=zipped)
    gone = pushed(site, f"{before} {late} refs/heads/never", pack=packed(loser, late), zipped=zipped)
    deleted = pushed(site, f"{late} {ZERO} refs/heads/main", zipped=zipped)

    lock = "ng refs/heads/{0} cannot lock ref 'refs/heads/{0}': "
    assert f"{lock.format('main')}is at {winner} but expected {before}".encode() in moved
    assert f"{lock.format('side')}reference already exists".encode() in made
    assert f"{lock.format('never')}unable to resolve reference 'refs/heads/never'".encode() in gone
    assert f"{lock.format('main')}is at {winner} but expected {late}".encode() in deleted
    assert objects_of(site) == stored


def test_a_ref_of_a_pull_request_is_refused_as_such_though_it_is_there(site: Site, clone: Clone) -> None:
    pull = a_pull(site)

    refused = pushed(site, f"{ZERO} {clone.tip()} refs/pull/{pull.number}/head", pack=packed(clone, clone.tip()))

    assert f"ng refs/pull/{pull.number}/head deny updating a hidden ref".encode() in refused


def test_deleting_what_is_not_there_is_answered_as_git_does_and_is_no_activity(site: Site, clone: Clone) -> None:
    activity = f"{site.api_url}/repos/acme/payments/activity"
    earlier = site.session().get(activity).json()

    nothing = pushed(site, f"{ZERO} {ZERO} refs/heads/nope")
    gone = pushed(site, f"{clone.tip()} {ZERO} refs/heads/nope")

    assert b"warning: deleting a non-existent ref" in nothing
    assert b"ok refs/heads/nope" in nothing
    assert b"refs/heads/nope" in gone
    assert site.session().get(activity).json() == earlier


def test_a_locked_branch_is_refused_without_a_path_of_the_server(
    site: Site, clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refs, "_PATIENCE", 1)
    folder = site.emulators.instance.repository_path(site.key, 1)
    (folder / "refs/heads/main.lock").touch()
    clone.commit("a.txt", "a\n")

    refused = clone.push("main")

    assert refused.returncode == 1
    assert "(cannot lock ref 'refs/heads/main': it is locked by another process)" in refused.stderr
    assert "remote:" not in refused.stderr
