"""A tour of the emulated GitHub with PyGithub, unmodified: files, git, commits, tags, releases."""

from __future__ import annotations

import io
import tarfile
from datetime import UTC, datetime

import requests
from github import InputGitTreeElement
from github.InputGitAuthor import InputGitAuthor
from github.Repository import Repository

from tests.contract.pygithub_tour import refusal
from tests.emulators.conftest import Site


def test_files(repo: Repository) -> None:
    made = repo.create_file("src/pay.py", "feat: pay", "print('pay')\n")

    file = repo.get_contents("src/pay.py")
    assert not isinstance(file, list)
    assert (file.decoded_content, file.size, file.type, file.encoding) == (b"print('pay')\n", 13, "file", "base64")
    assert made["content"].sha == file.sha
    assert repo.get_commit(made["commit"].sha).commit.message == "feat: pay"
    changed = repo.update_file("src/pay.py", "fix: pay", "print('paid')\n", file.sha)
    assert repo.get_commit(changed["commit"].sha).parents[0].sha == made["commit"].sha
    refusal(409, repo.update_file, "src/pay.py", "stale", "x", file.sha)
    listing = repo.get_contents("src")
    assert isinstance(listing, list)
    assert [entry.path for entry in listing] == ["src/pay.py"]
    repo.delete_file("src/pay.py", "chore: away", changed["content"].sha)
    refusal(404, repo.get_contents, "src/pay.py")


def test_the_git_database(repo: Repository) -> None:
    tip = repo.get_git_ref("heads/main").object.sha
    author = InputGitAuthor("Ada", "ada@example.com", "2026-01-02T03:04:05Z")

    blob = repo.create_git_blob("héllo", "utf-8")
    tree = repo.create_git_tree(
        [InputGitTreeElement("a/b.txt", "100644", "blob", sha=blob.sha)], repo.get_git_tree(tip)
    )
    commit = repo.create_git_commit("chore: by hand", tree, [repo.get_git_commit(tip)], author, author)
    ref = repo.create_git_ref("refs/heads/by-hand", commit.sha)

    assert repo.get_git_blob(blob.sha).size == len("héllo".encode())
    assert {entry.path for entry in repo.get_git_tree(tree.sha, recursive=True).tree} == {"README.md", "a", "a/b.txt"}
    assert commit.author.date == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert ref.ref == "refs/heads/by-hand"
    assert [each.ref for each in repo.get_git_matching_refs("heads/by")] == ["refs/heads/by-hand"]
    compared = repo.compare("main", "by-hand")
    assert (compared.status, compared.ahead_by, compared.behind_by) == ("ahead", 1, 0)
    assert [(file.filename, file.status, file.additions) for file in compared.files] == [("a/b.txt", "added", 1)]
    refusal(422, repo.create_git_ref, "refs/heads/by-hand", commit.sha)
    refusal(422, ref.edit, "0" * 39 + "1")
    ref.delete()
    refusal(404, repo.get_git_ref, "heads/by-hand")


def test_commits_tags_and_releases(repo: Repository, site: Site) -> None:
    first = repo.get_commits()[0]
    tag = repo.create_git_tag("v0.9", "the first", first.sha, "commit")
    repo.create_git_ref("refs/tags/v0.9", tag.sha)

    release = repo.create_git_release("v1.0", "One", "All of it", target_commitish="main")

    assert first.commit.message == "Initial commit"
    assert repo.get_git_tag(tag.sha).object.sha == first.sha
    assert {each.name for each in repo.get_tags()} == {"v0.9", "v1.0"}
    assert (release.tag_name, release.name, release.draft, release.author.login) == ("v1.0", "One", False, "alice")
    assert repo.get_latest_release().id == release.id
    assert repo.get_release("v1.0").body == "All of it"
    draft = repo.create_git_release("v2.0", "Two", "Soon", draft=True)
    assert "v2.0" not in {each.name for each in repo.get_tags()}
    assert [each.tag_name for each in site.github("carol").get_repo("acme/payments").get_releases()] == ["v1.0"]
    assert draft.update_release("Two!", "Sooner", draft=True).name == "Two!"
    draft.delete_release()
    assert [each.tag_name for each in repo.get_releases()] == ["v1.0"]
    refusal(422, repo.create_git_release, "v1.0", "Again", "")


def test_what_git_knows_of_a_repository(repo: Repository) -> None:
    repo.create_file("LICENSE", "docs: license", MIT)
    repo.create_file("pay.py", "feat: pay", "print('pay')\n")

    assert repo.get_languages()["Python"] == 13
    assert repo.get_license().license.spdx_id == "MIT"
    assert ("alice", 2) in [(each.login, each.contributions) for each in repo.get_contributors()]
    link = repo.get_archive_link("tarball", "main")
    packed = requests.get(link, timeout=10).content
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"README.md", "LICENSE", "pay.py"}
    comment = repo.get_commits()[0].create_comment("Nice")
    assert [(each.body, each.user.login) for each in repo.get_commits()[0].get_comments()] == [("Nice", "alice")]
    assert comment.commit_id == repo.get_branch("main").commit.sha


MIT = """MIT License

Copyright (c) 2026 Acme

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
