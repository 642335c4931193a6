"""What pushes bring: large files, broken objects, damaged packs, bodies that break off."""

from __future__ import annotations

import gzip
import hashlib
import os
import socket
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from simulator.emulators.gitserver.pktline import FLUSH, packet
from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone, git

PUSH_TYPE = {"Content-Type": "application/x-git-receive-pack-request"}


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
