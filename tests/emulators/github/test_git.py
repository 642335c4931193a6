"""git through its own program: clone, fetch, push, and what a push meets."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from simulator.emulators.gitserver import receiving, transport
from simulator.emulators.gitserver.pktline import FLUSH, packet
from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone, git, protect

PUSH_TYPE = {"Content-Type": "application/x-git-receive-pack-request"}


def test_a_clone_has_the_files_and_the_default_branch(clone: Clone) -> None:
    assert (clone.folder / "README.md").read_text() == "# Payments\n"
    assert clone.git("symbolic-ref", "HEAD").stdout == "refs/heads/main\n"


def test_the_address_works_without_its_ending_and_in_any_case(site: Site, tmp_path: Path) -> None:
    address = site.clone_url("bob", "ACME/Payments").removesuffix(".git")

    assert "refs/heads/main" in git(tmp_path, "ls-remote", address).stdout


def test_a_push_is_seen_by_the_api_and_invites_to_a_pull_request(site: Site, clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "feature/PAY-1-x")
    sha = clone.commit("src/a.py", "print(1)\n")

    done = clone.push("feature/PAY-1-x")

    assert done.returncode == 0
    assert "remote: Create a pull request for 'feature/PAY-1-x' on GitHub by visiting:" in done.stderr
    assert f"{site.html_url}/acme/payments/pull/new/feature/PAY-1-x" in done.stderr
    repository = site.github("carol").get_repo("acme/payments")
    assert repository.get_branch("feature/PAY-1-x").commit.sha == sha
    commit = repository.get_commit(sha)
    assert commit.author.login == "bob"
    assert [file.filename for file in commit.files] == ["src/a.py"]


def test_each_protocol_version_can_clone(site: Site, tmp_path: Path) -> None:
    for version in ("0", "1", "2"):
        done = git(tmp_path, "-c", f"protocol.version={version}", "ls-remote", site.clone_url("bob"))
        assert "HEAD" in done.stdout


def test_a_shallow_and_a_partial_clone_work(site: Site, clone: Clone, tmp_path: Path) -> None:
    clone.commit("a.txt", "1")
    clone.push("main")

    git(tmp_path, "clone", "--quiet", "--depth=1", site.clone_url("bob"), "shallow")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", site.clone_url("bob"), "partial")

    assert git(tmp_path / "shallow", "rev-list", "--count", "HEAD").stdout == "1\n"
    assert (tmp_path / "partial" / "a.txt").read_text() == "1"


def test_pushes_to_different_branches_at_once_all_arrive(site: Site, tmp_path: Path) -> None:
    clones = [Clone(site, tmp_path / str(number)) for number in range(4)]
    for number, clone in enumerate(clones):
        clone.git("checkout", "-q", "-b", f"branch-{number}")
        clone.commit(f"{number}.txt", str(number))
    start = threading.Barrier(len(clones))

    def push(clone: Clone) -> int:
        start.wait()
        return clone.push("HEAD").returncode

    with ThreadPoolExecutor(len(clones)) as threads:
        assert set(threads.map(push, clones)) == {0}

    branches = {branch.name: branch.commit.sha for branch in site.github().get_repo("acme/payments").get_branches()}
    assert {f"branch-{number}": clone.tip() for number, clone in enumerate(clones)}.items() <= branches.items()


def test_of_two_who_push_to_one_branch_the_second_is_told_to_fetch_first(site: Site, tmp_path: Path) -> None:
    one, two = Clone(site, tmp_path / "one"), Clone(site, tmp_path / "two")
    one.commit("a.txt", "1")
    two.commit("b.txt", "2")

    assert one.push("main").returncode == 0
    refused = two.push("main")

    assert refused.returncode == 1
    assert "fetch first" in refused.stderr


def test_tags_are_pushed_and_are_no_activity(site: Site, clone: Clone) -> None:
    clone.git("tag", "-a", "v1", "-m", "one")

    assert clone.push("v1").returncode == 0

    assert site.github().get_repo("acme/payments").get_git_ref("tags/v1").object.type == "tag"
    activity = site.session().get(f"{site.api_url}/repos/acme/payments/activity").json()
    assert [each["ref"] for each in activity] == ["refs/heads/main"]


def test_the_first_branch_of_an_empty_repository_becomes_its_default(site: Site, tmp_path: Path) -> None:
    repository = site.github("bob").get_user().create_repo("fresh")
    clone = Clone(site, tmp_path / "clone", repository="bob/fresh")
    clone.git("checkout", "-q", "-b", "trunk")
    clone.commit("a.txt", "1")

    done = clone.push("trunk")

    assert "Create a pull request" not in done.stderr
    repository.update()
    assert repository.default_branch == "trunk"
    git(tmp_path, "clone", "--quiet", site.clone_url("bob", "bob/fresh"), "again")
    assert (tmp_path / "again" / "a.txt").exists()


# --- who may ----------------------------------------------------------------------------------------------------


def test_a_wrong_token_is_refused_in_words(site: Site, clone: Clone) -> None:
    clone.commit("a.txt", "1")

    done = clone.git("push", site.clone_url("bob").replace("bob-token", "wrong-token"), "main", check=False)

    assert done.returncode == 128
    assert "Authentication failed" in done.stderr
    assert "Invalid username or token" in done.stderr


def test_a_reader_may_not_push(site: Site, clone: Clone) -> None:
    done = clone.git("push", site.clone_url("carol"), "HEAD:x", check=False)

    assert "Permission to acme/payments.git denied to carol." in done.stderr
    assert "403" in done.stderr


def test_nobody_in_particular_may_read_what_is_public_and_push_nothing(
    site: Site, clone: Clone, tmp_path: Path
) -> None:
    public = f"{site.html_url}/acme/payments.git"

    assert "refs/heads/main" in git(tmp_path, "ls-remote", public).stdout
    assert "could not read Username" in clone.git("push", public, "HEAD:x", check=False).stderr
    answer = site.session(None).get(f"{public}/info/refs?service=git-receive-pack")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Basic realm="GitHub"')


def test_a_private_repository_does_not_exist_for_strangers(site: Site, tmp_path: Path) -> None:
    site.github("alice").get_user().create_repo("secret", private=True, auto_init=True)

    stranger = git(tmp_path, "ls-remote", site.clone_url("bob", "alice/secret"), check=False)

    assert "not found" in stranger.stderr
    refs = f"{site.html_url}/alice/secret.git/info/refs?service=git-upload-pack"
    assert site.session(None).get(refs).status_code == 401
    assert "main" in git(tmp_path, "ls-remote", site.clone_url("alice", "alice/secret")).stdout


@pytest.mark.parametrize("path", ["acme/none", "acme/..%2f..%2fetc", "..%2f..%2f1", "acme/payments.git%00"])
def test_a_name_that_is_none_leads_nowhere(site: Site, path: str) -> None:
    answer = site.session().get(f"{site.html_url}/{path}/info/refs?service=git-upload-pack")

    assert answer.status_code in (400, 404, 501)


def test_the_dumb_protocol_and_strange_bodies_are_refused(site: Site) -> None:
    address, session = f"{site.html_url}/acme/payments.git", site.session("bob")

    assert session.get(f"{address}/info/refs").status_code == 403
    assert session.post(f"{address}/git-receive-pack", data=b"x").status_code == 415
    assert session.post(f"{address}/git-receive-pack", data=b"nonsense", headers=PUSH_TYPE).status_code == 400
    assert session.post(f"{address}/git-receive-pack", data=b"", headers=PUSH_TYPE).status_code == 400
    bad = packet(b"one two\0report-status") + FLUSH
    assert session.post(f"{address}/git-receive-pack", data=bad, headers=PUSH_TYPE).status_code == 400


def test_a_probe_without_commands_is_answered(site: Site) -> None:
    answer = site.session("bob").post(
        f"{site.html_url}/acme/payments.git/git-receive-pack", data=FLUSH, headers=PUSH_TYPE
    )

    assert answer.status_code == 200


def test_two_sites_with_the_same_names_never_meet(site: Site, other_site: Site, clone: Clone, tmp_path: Path) -> None:
    sha = clone.commit("a.txt", "1")
    clone.push("main")

    other = Clone(other_site, tmp_path / "other")

    assert other.tip() != sha
    assert [commit.commit.message for commit in other_site.github().get_repo("acme/payments").get_commits()] == [
        "Initial commit"
    ]


def test_replaced_objects_are_replaced_for_nobody_else(site: Site, clone: Clone) -> None:
    first = clone.tip()
    second = clone.commit("a.txt", "a\n")

    replaced = clone.push(f"{first}:refs/replace/{second}", "main:refs/replace/nonsense", "main:refs/heads/side")
    clone.commit("b.txt", "b\n")
    later = clone.push("main:refs/heads/side")

    assert "refs/replace/nonsense" in replaced.stderr
    assert "bad replace ref" not in later.stderr
    repository = site.github("bob").get_repo("acme/payments")
    assert [commit.sha for commit in repository.get_commits(sha="side")][1:] == [second, first]
    packed = site.session().get(f"{site.html_url}/acme/payments/archive/{second}.zip").content
    assert f"payments-{second}/a.txt" in zipfile.ZipFile(io.BytesIO(packed)).namelist()


def test_a_commit_that_comes_with_many_branches_is_noted_once(site: Site, clone: Clone) -> None:
    issue = site.github("bob").get_repo("acme/payments").create_issue("Broken")
    sha = clone.commit("a.txt", "a\n", f"fix: mend it, see #{issue.number}")

    done = clone.push(*(f"HEAD:refs/heads/n/{number}" for number in range(20)))

    assert done.returncode == 0, done.stderr
    assert [(event.event, event.commit_id) for event in issue.get_events()] == [("referenced", sha)]


def test_options_of_a_push_are_taken(site: Site, clone: Clone) -> None:
    clone.commit("a.txt", "a\n")

    branch = clone.push("--push-option=ci.skip", "--push-option=ünï", "HEAD:refs/heads/opted")
    gone = clone.push("--push-option=ci.skip", "--delete", "opted")

    assert "[new branch]" in branch.stderr
    assert "[deleted]" in gone.stderr
    assert [branch.name for branch in site.github("bob").get_repo("acme/payments").get_branches()] == ["main"]


def test_a_tag_may_lead_to_a_file_even_when_somebody_listens(site: Site, clone: Clone) -> None:
    hook = {"url": "http://127.0.0.1:9/", "content_type": "json"}
    site.github().get_repo("acme/payments").create_hook("web", hook, ["*"])
    clone.git("tag", "readme", "HEAD:README.md")

    assert clone.push("readme").returncode == 0


def test_plain_clones_and_short_pushes_go_the_short_way(
    site: Site, clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(receiving, "Conversation")  # the long way
    monkeypatch.delattr(transport, "Conversation")

    clone.commit("a.txt", "1")
    assert clone.push("main").returncode == 0
    protect(site)
    clone.commit("b.bin", os.urandom(200_000))
    assert clone.push("--atomic", "-q", "HEAD:refs/heads/topic/one").returncode == 0
    clone.git("tag", "-a", "-m", "One", "v1")
    assert clone.push("v1").returncode == 0
    fresh = Clone(site, tmp_path / "fresh")

    assert fresh.git("rev-parse", "v1^{}", "origin/topic/one").stdout.split() == [clone.tip()] * 2
    assert fresh.git("fsck", "--strict").returncode == 0


def test_of_two_pushes_from_one_base_one_wins_and_the_other_is_told(site: Site, tmp_path: Path) -> None:
    clones = [Clone(site, tmp_path / name) for name in ("one", "two", "three")]
    for number, each in enumerate(clones):
        each.commit(f"{number}.txt", "x")

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda each: each.push("HEAD:main"), clones))

    assert sorted(result.returncode for result in done) == [0, 1, 1]
    told = [result.stderr for result in done if result.returncode]
    assert all("fetch first" in text or "(cannot lock ref 'refs/heads/main': is at " in text for text in told)


def test_a_push_waits_for_one_of_another_process(site: Site, clone: Clone) -> None:
    lock = FileLock(site.emulators.instance.repository_path(site.key, 1) / "sprintdojo-push.lock")
    clone.commit("a.txt", "1")

    with ThreadPoolExecutor(1) as pool:
        with lock:  # as another process on the same folder would hold it
            waiting = pool.submit(clone.push, "main")
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.4)
        done = waiting.result(timeout=20)

    assert done.returncode == 0
