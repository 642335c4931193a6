"""git through its own program: clone, fetch, push, and what a push meets."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import socket
import threading
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock

from simulator.emulators.gitserver import receiving, transport
from simulator.emulators.gitserver.pktline import FLUSH, packet
from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone, git

PUSH_TYPE = {"Content-Type": "application/x-git-receive-pack-request"}


@pytest.fixture
def clone(site: Site, tmp_path: Path) -> Clone:
    """Bob's clone of acme/payments."""
    return Clone(site, tmp_path / "clone")


def protect(site: Site, **settings: object) -> None:
    """Protect main: pull requests with one approval, unless told otherwise."""
    wanted = {"required_approving_review_count": 1, **settings}
    site.github().get_repo("acme/payments").get_branch("main").edit_protection(**wanted)


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


def test_six_megabytes_go_through(site: Site, clone: Clone, tmp_path: Path) -> None:
    content = os.urandom(6_000_000)
    sha = clone.commit("large.bin", content)

    done = clone.push("main")

    assert done.returncode == 0, done.stderr
    other = Clone(site, tmp_path / "other")
    assert other.tip() == sha
    assert (other.folder / "large.bin").read_bytes() == content


def test_a_body_may_be_packed_with_gzip(site: Site) -> None:
    body = packet(b"command=ls-refs\n") + b"0001" + packet(b"peel\n") + FLUSH
    headers = {
        "Content-Type": "application/x-git-upload-pack-request",
        "Content-Encoding": "gzip",
        "Git-Protocol": "version=2",
    }

    answer = site.session(None).post(
        f"{site.html_url}/acme/payments.git/git-upload-pack", data=gzip.compress(body), headers=headers
    )

    assert answer.status_code == 200
    assert b"refs/heads/main" in answer.content


@pytest.mark.parametrize("service", ["git-upload-pack", "git-receive-pack"])
def test_a_body_that_cannot_be_unpacked_is_refused(site: Site, service: str) -> None:
    whole = gzip.compress(packet(b"command=ls-refs\n") + FLUSH)

    def answer(body: bytes, encoding: str = "gzip") -> int:
        headers = {"Content-Type": f"application/x-{service}-request", "Git-Protocol": "version=2"}
        address = f"{site.html_url}/acme/payments.git/{service}"
        return (
            site.session("bob").post(address, data=body, headers=headers | {"Content-Encoding": encoding}).status_code
        )

    assert [answer(body) for body in (b"nothing of the kind", whole[:12], whole[:-9])] == [400, 400, 400]
    assert answer(whole, "br") == 415


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_client_that_goes_away_in_the_middle_leaves_nothing_behind(site: Site, clone: Clone) -> None:
    parts = urlsplit(site.html_url)
    command = packet(f"{'0' * 40} {'1' * 40} refs/heads/gone\0 report-status side-band-64k".encode()) + FLUSH
    head = (
        f"POST {parts.path}/acme/payments.git/git-receive-pack HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"Authorization: Bearer bob-token\r\nContent-Type: {PUSH_TYPE['Content-Type']}\r\n"
    )

    sent = command + b"PACK\0\0\0\2\0\0\0\5half of it"

    for kind in ("Content-Length: 500000\r\n\r\n", f"Transfer-Encoding: chunked\r\n\r\n{len(sent):x}\r\n"):
        with socket.create_connection((str(parts.hostname), int(parts.port or 80))) as client:
            client.sendall(f"{head}{kind}".encode() + sent)
            client.shutdown(socket.SHUT_WR)
            while client.recv(1024):
                pass

    clone.commit("a.txt", "a\n")
    assert clone.push("HEAD:refs/heads/next").returncode == 0
    branches = site.github("bob").get_repo("acme/payments").get_branches()
    assert [branch.name for branch in branches] == ["main", "next"]


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


# --- protected branches -----------------------------------------------------------------------------------------


def test_a_protected_branch_is_refused_in_the_push_and_the_rest_goes_through(site: Site, clone: Clone) -> None:
    protect(site)
    clone.commit("a.txt", "1")

    done = clone.push("main", "main:other")

    assert done.returncode == 1
    assert "remote: error: GH006: Protected branch update failed for refs/heads/main." in done.stderr
    assert "remote: error: Changes must be made through a pull request." in done.stderr
    assert "! [remote rejected] main -> main (protected branch hook declined)" in done.stderr
    assert "* [new branch]      main -> other" in done.stderr
    assert "hook declined to update" not in done.stderr
    assert {branch.name for branch in site.github().get_repo("acme/payments").get_branches()} == {"main", "other"}


def test_an_atomic_push_with_a_protected_branch_moves_nothing(site: Site, clone: Clone) -> None:
    protect(site)
    clone.commit("a.txt", "1")

    assert clone.push("--atomic", "main", "main:other").returncode == 1

    assert [branch.name for branch in site.github().get_repo("acme/payments").get_branches()] == ["main"]


def test_an_administrator_passes_and_is_told_unless_the_rule_includes_them(site: Site, tmp_path: Path) -> None:
    protect(site)
    clone = Clone(site, tmp_path / "clone", login="alice")
    clone.commit("a.txt", "1")

    passed = clone.push("main")
    protect(site, enforce_admins=True)
    clone.commit("a.txt", "2")
    refused = clone.push("main")

    assert passed.returncode == 0
    assert "remote: Bypassed rule violations for refs/heads/main:" in passed.stderr
    assert "remote: - Changes must be made through a pull request." in passed.stderr
    assert refused.returncode == 1


def test_a_protected_branch_can_neither_be_forced_nor_deleted(site: Site, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone", login="alice")
    clone.commit("a.txt", "1")
    clone.push("main", "main:release")
    release = site.github().get_repo("acme/payments").get_branch("release")
    release.edit_protection(enforce_admins=False)
    clone.git("commit", "--quiet", "--amend", "-m", "other")

    forced, deleted = clone.push("--force", "main:release"), clone.push(":release")
    release.edit_protection(enforce_admins=False, allow_force_pushes=True, allow_deletions=True)

    assert "remote: error: Cannot force-push to this protected branch" in forced.stderr
    assert "remote: error: Cannot delete this protected branch" in deleted.stderr
    assert (forced.returncode, deleted.returncode) == (1, 1)
    assert clone.push("--force", "main:release").returncode == 0
    assert clone.push(":release").returncode == 0


def test_a_required_check_lets_the_commit_pass_that_has_passed_it(site: Site, clone: Clone) -> None:
    repository = site.github().get_repo("acme/payments")
    repository.get_branch("main").edit_protection(strict=False, checks=["ci"])
    sha = clone.commit("a.txt", "1")
    clone.push("main:topic")

    refused = clone.push("main")
    repository.get_commit(sha).create_status("success", context="ci")

    assert 'remote: error: Required status check "ci" is expected.' in refused.stderr
    assert clone.push("main").returncode == 0


def test_only_named_people_may_push_to_a_restricted_branch(site: Site, clone: Clone) -> None:
    body = {
        "required_status_checks": None,
        "enforce_admins": False,
        "required_pull_request_reviews": None,
        "restrictions": {"users": ["alice"], "teams": []},
    }
    site.session().put(f"{site.api_url}/repos/acme/payments/branches/main/protection", json=body)
    clone.commit("a.txt", "1")

    assert "You're not authorized to push to this branch." in clone.push("main").stderr


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


def test_the_default_branch_refs_of_pulls_and_hexadecimal_names_are_out_of_reach(clone: Clone) -> None:
    hexadecimal = "1" * 40

    default, pull, name = (
        clone.push(spec) for spec in (":main", "main:refs/pull/1/head", f"main:refs/heads/{hexadecimal}")
    )

    assert "[remote rejected] main (refusing to delete the current branch: refs/heads/main)" in default.stderr
    assert "remote: error" not in default.stderr
    assert "deny updating a hidden ref" in pull.stderr
    assert "GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed." in name.stderr


def test_names_that_are_too_long_or_no_utf_8_are_refused(site: Site, clone: Clone) -> None:
    long, latin = "/".join(["x" * 60] * 5), os.fsdecode(b"caf\xe9")

    refused = [clone.push(f"main:refs/heads/{name}") for name in (long, latin)]

    assert "must not be longer than 255 bytes" in refused[0].stderr
    assert "must be UTF-8" in refused[1].stderr
    assert all("[remote rejected]" in each.stderr for each in refused)
    assert [branch.name for branch in site.github().get_repo("acme/payments").get_branches()] == ["main"]


def test_a_tag_may_lead_to_a_file_even_when_somebody_listens(site: Site, clone: Clone) -> None:
    hook = {"url": "http://127.0.0.1:9/", "content_type": "json"}
    site.github().get_repo("acme/payments").create_hook("web", hook, ["*"])
    clone.git("tag", "readme", "HEAD:README.md")

    assert clone.push("readme").returncode == 0


def test_a_repository_with_broken_objects_is_not_taken(site: Site, clone: Clone) -> None:
    blob = clone.git("hash-object", "-w", "README.md").stdout.strip()
    tree = git(clone.folder, "mktree", stdin=f"100644 blob {blob}\t.git\n".encode(), check=False)
    commit = clone.git("commit-tree", "-m", "evil", tree.stdout.strip()).stdout.strip()

    done = clone.push(f"{commit}:refs/heads/evil")

    assert done.returncode == 1
    assert [branch.name for branch in site.github().get_repo("acme/payments").get_branches()] == ["main"]


def a_sparse_file(clone: Clone, name: str, mebibytes: int) -> None:
    """Commit a file of zeros, which packs well; git is not to look for a delta in it."""
    clone.git("config", "core.bigFileThreshold", "1m")
    clone.git("config", "core.compression", "1")
    clone.commit(name, b"\0" * (mebibytes * 1024 * 1024))


def test_a_large_file_is_warned_of_and_a_larger_one_refused(site: Site, clone: Clone) -> None:
    a_sparse_file(clone, "large.bin", 51)
    warned = clone.push("main")
    a_sparse_file(clone, "folder/too-large.bin", 101)
    clone.git("rm", "-q", "folder/too-large.bin")
    clone.commit("after.txt", "x")
    before = objects_of(site)

    refused = clone.push("main")

    assert warned.returncode == 0
    limit = "this is larger than GitHub's recommended maximum file size of 50.00 MB"
    assert f"remote: warning: File large.bin is 51.00 MB; {limit}" in warned.stderr
    assert "remote: warning: GH001: Large files detected." in warned.stderr
    assert "remote: error: GH001: Large files detected." in refused.stderr
    exceeded = "this exceeds GitHub's file size limit of 100.00 MB"
    assert f"remote: error: File folder/too-large.bin is 101.00 MB; {exceeded}" in refused.stderr
    assert "! [remote rejected] main -> main (pre-receive hook declined)" in refused.stderr
    assert objects_of(site) == before


def test_a_small_push_cannot_hide_a_large_file_in_a_delta(site: Site, clone: Clone) -> None:
    base = os.urandom(64 * 1024)
    clone.commit("base.bin", base)
    clone.push("main")
    grown = b"\x80\x80\x04" + b"\x80\x80\x80\x34" + b"\x80" * 1664  # 64 KiB, made into 104 MiB by copying it
    content = base * 1664
    sha = hashlib.sha1(b"blob %d\0%b" % (len(content), content)).hexdigest()
    base_sha = hashlib.sha1(b"blob %d\0%b" % (len(base), base)).digest()
    head = bytes([0x70 | 0x80 | len(grown) & 15, len(grown) >> 4])
    pack = b"PACK\0\0\0\2\0\0\0\1" + head + base_sha + zlib.compress(grown)
    command = f"{'0' * 40} {sha} refs/tags/grown\0report-status".encode()

    reply = site.session("bob").post(
        f"{site.html_url}/acme/payments.git/git-receive-pack",
        data=packet(command) + FLUSH + pack + hashlib.sha1(pack).digest(),
        headers=PUSH_TYPE,
    )

    assert b"unpack ok" in reply.content
    assert b"ng refs/tags/grown pre-receive hook declined" in reply.content


def objects_of(site: Site) -> set[Path]:
    """All files in the object store of the seed's repository."""
    folder = site.emulators.instance.repository_path(site.key, 1) / "objects"
    return {path for path in folder.rglob("*") if path.is_file()}


def test_a_damaged_pack_leaves_nothing_behind(site: Site) -> None:
    before = objects_of(site)
    tip = site.github().get_repo("acme/payments").get_branch("main").commit.sha
    command = f"{tip} {'1' * 40} refs/heads/main\0report-status side-band-64k".encode()
    body = packet(command) + FLUSH + b"PACK\0\0\0\2\0\0\0\1" + b"\x9d" * 200

    reply = site.session("bob").post(
        f"{site.html_url}/acme/payments.git/git-receive-pack", data=body, headers=PUSH_TYPE
    )

    assert b"unpack " in reply.content
    assert b"unpack ok" not in reply.content
    assert objects_of(site) == before


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


def test_a_branch_that_would_be_a_folder_too_is_refused_with_the_reason(clone: Clone) -> None:
    clone.push("HEAD:refs/heads/feat")

    told = clone.push("HEAD:refs/heads/feat/one").stderr

    assert "[remote rejected] HEAD -> feat/one (cannot lock ref 'refs/heads/feat/one': 'refs/heads/feat' exists" in told
    assert "remote: error" not in told


def test_what_an_administrator_passes_over_is_said_and_others_are_told_what_to_do(site: Site, tmp_path: Path) -> None:
    protect(site, enforce_admins=False, required_linear_history=True)
    owner, clone = Clone(site, tmp_path / "alice", "alice"), Clone(site, tmp_path / "bob")
    clone.commit("b.txt", "1")
    owner.commit("a.txt", "1")

    refused, passed = clone.push("main"), owner.push("main")

    assert "remote: error: Changes must be made through a pull request." in refused.stderr
    assert "remote: hint: Push your commits to a branch of their own" in refused.stderr
    assert "(protected branch hook declined)" in refused.stderr
    assert passed.returncode == 0
    assert "remote: Bypassed rule violations for refs/heads/main:" in passed.stderr


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
