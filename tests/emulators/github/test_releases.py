"""Releases and their notes; tags, and the archives that both lead to."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from tests.emulators.conftest import Site
from tests.emulators.github.asking import PAYMENTS, ask, sent
from tests.emulators.github.pulls import a_commit, a_pull
from tests.emulators.github.worktree import Clone

RELEASES = f"{PAYMENTS}/releases"


def a_release(site: Site, tag: str, **fields: object) -> dict[str, object]:
    """A release made by Bob."""
    made: dict[str, object] = ask(site, "POST", RELEASES, 201, {"tag_name": tag, **fields}, login="bob")
    return made


def test_a_release_makes_its_tag_and_says_where_everything_is(site: Site) -> None:
    repository = site.github("bob").get_repo("acme/payments")

    made = repository.create_git_release("v1.0", "One", "Thanks @alice and @carol", target_commitish="main")

    assert repository.get_git_ref("tags/v1.0").object.sha == repository.get_branch("main").commit.sha
    assert (made.author.login, made.name, made.draft, made.prerelease) == ("bob", "One", False, False)
    body = ask(site, "GET", f"{RELEASES}/tags/v1.0", 200)
    assert (body["mentions_count"], body["assets"]) == (2, [])
    assert body["html_url"] == f"{site.html_url}/acme/payments/releases/tag/v1.0"
    assert repository.get_latest_release().tag_name == "v1.0"
    assert sent(site, "POST", f"{RELEASES}/1/assets?name=x").status_code == 501
    made.delete_release()
    ask(site, "GET", f"{RELEASES}/latest", 404)
    assert [tag.name for tag in repository.get_tags()] == ["v1.0"]


def test_a_draft_has_no_tag_and_is_seen_by_writers_only_until_it_is_published(site: Site) -> None:
    draft = a_release(site, "v2", draft=True)
    own = f"{RELEASES}/{draft['id']}"

    assert (draft["published_at"], draft["tarball_url"]) == (None, None)
    assert "untagged-" in str(draft["html_url"])
    ask(site, "GET", f"{PAYMENTS}/git/ref/tags/v2", 404)
    ask(site, "GET", own, 404, login="carol")
    assert ask(site, "GET", RELEASES, 200, login="carol") == []
    assert [each["id"] for each in ask(site, "GET", RELEASES, 200)] == [draft["id"]]
    ask(site, "GET", f"{RELEASES}/tags/v2", 404)
    published = ask(site, "PATCH", own, 200, {"draft": False}, login="bob")
    assert published["published_at"]
    assert ask(site, "GET", f"{PAYMENTS}/git/ref/tags/v2", 200)["object"]["type"] == "commit"
    assert ask(site, "GET", own, 200, login="carol")["tag_name"] == "v2"


def test_the_latest_release_is_the_one_made_so_and_never_a_pre_release(site: Site) -> None:
    def latest() -> str:
        return str(ask(site, "GET", f"{RELEASES}/latest", 200)["tag_name"])

    first = a_release(site, "v1")
    a_release(site, "v2-rc", prerelease=True)
    assert latest() == "v1"
    a_release(site, "v2")
    a_release(site, "v1.1", make_latest="false")
    assert latest() == "v2"
    ask(site, "PATCH", f"{RELEASES}/{first['id']}", 200, {"make_latest": "true"}, login="bob")
    assert latest() == "v1"
    refused = {"tag_name": "v3", "prerelease": True, "make_latest": "true"}
    assert ask(site, "POST", RELEASES, 422, refused, login="bob")["errors"][0]["code"] == "custom"
    ask(site, "PATCH", f"{RELEASES}/{first['id']}", 200, {"prerelease": True}, login="bob")
    assert latest() == "v2"


def test_releases_that_can_not_be_are_refused_and_leave_no_tag(site: Site) -> None:
    a_release(site, "v1")

    (twice,) = ask(site, "POST", RELEASES, 422, {"tag_name": "v1"}, login="bob")["errors"]
    (target,) = ask(site, "POST", RELEASES, 422, {"tag_name": "v2", "target_commitish": "no"}, login="bob")["errors"]
    other = a_release(site, "v3")
    (taken,) = ask(site, "PATCH", f"{RELEASES}/{other['id']}", 422, {"tag_name": "v1"}, login="bob")["errors"]

    assert (twice["code"], twice["field"]) == (taken["code"], taken["field"]) == ("already_exists", "tag_name")
    assert (target["code"], target["field"]) == ("invalid", "target_commitish")
    for body in ({}, {"tag_name": 7}, {"tag_name": "a b"}, {"tag_name": "x" * 300}, {"tag_name": "v9", "draft": "yes"}):
        ask(site, "POST", RELEASES, 422, body, login="bob")
    ask(site, "POST", RELEASES, 403, {"tag_name": "v9"}, login="carol")
    ask(site, "POST", RELEASES, 401, {"tag_name": "v9"}, login=None)
    ask(site, "PATCH", f"{RELEASES}/77", 404, {"name": "x"}, login="bob")
    assert {each["name"] for each in ask(site, "GET", f"{PAYMENTS}/tags", 200)} == {"v1", "v3"}
    site.github("bob").get_user().create_repo("empty")
    ask(site, "POST", "/repos/bob/empty/releases", 422, {"tag_name": "v1"}, login="bob")


def test_notes_tell_what_was_merged_since_the_tag_before(site: Site) -> None:
    page = f"{site.html_url}/acme/payments"
    a_release(site, "v1")
    a_pull(site, "feature", title="Add a feature").merge(merge_method="squash")
    a_pull(site, "fix", title="Fix it").merge()

    notes = ask(site, "POST", f"{RELEASES}/generate-notes", 200, {"tag_name": "v2"}, login="bob")
    first = ask(site, "POST", f"{RELEASES}/generate-notes", 200, {"tag_name": "v1"}, login="bob")
    made = a_release(site, "v2", body="Hello", generate_release_notes=True)

    assert notes["name"] == "v2"
    assert notes["body"] == (
        f"## What's Changed\n* Add a feature by @bob in {page}/pull/1\n* Fix it by @bob in {page}/pull/2\n\n"
        f"## New Contributors\n* @bob made their first contribution in {page}/pull/1\n\n"
        f"**Full Changelog**: {page}/compare/v1...v2"
    )
    assert first["body"] == f"**Full Changelog**: {page}/commits/v1"
    assert made["body"] == f"Hello\n\n{notes['body']}"
    unknown = {"tag_name": "v3", "previous_tag_name": "v0"}
    ask(site, "POST", f"{RELEASES}/generate-notes", 422, unknown, login="bob")


def test_notes_come_under_the_headings_that_the_repository_wants(site: Site) -> None:
    plan = (
        "changelog:\n  exclude: {labels: [skip]}\n  categories:\n"
        "    - {title: Features, labels: [enhancement]}\n    - {title: Rest, labels: ['*']}\n"
    )
    a_commit(site, "main", {".github/release.yml": plan}, login="alice")
    a_release(site, "v1")
    for branch, label in (("a", "enhancement"), ("b", "skip"), ("c", "bug")):
        pull = a_pull(site, branch, title=f"Pull {branch}")
        pull.add_to_labels(label)
        pull.merge()

    body = ask(site, "POST", f"{RELEASES}/generate-notes", 200, {"tag_name": "v2"}, login="bob")["body"]

    lines = [line.partition(" by ")[0] for line in body.splitlines() if line.startswith(("###", "* Pull"))]
    assert lines == ["### Features", "* Pull a", "### Rest", "* Pull c"]


def test_tags_are_listed_by_version_and_annotated_ones_can_be_made(site: Site) -> None:
    repository = site.github("bob").get_repo("acme/payments")
    sha = repository.get_branch("main").commit.sha
    for tag in ("v1.9", "v1.10", "beta"):
        repository.create_git_ref(f"refs/tags/{tag}", sha)

    made = repository.create_git_tag("v2", "Two", sha, "commit")
    repository.create_git_ref("refs/tags/v2", made.sha)

    assert [tag.name for tag in repository.get_tags()][:3] == ["v2", "v1.10", "v1.9"]
    assert {tag.commit.sha for tag in repository.get_tags()} == {sha}
    body = ask(site, "GET", f"{PAYMENTS}/git/tags/{made.sha}", 200)
    assert (body["tag"], body["message"], body["object"]["sha"]) == ("v2", "Two", sha)
    assert body["tagger"]["name"] == "Bob"
    ask(site, "GET", f"{PAYMENTS}/git/tags/{sha}", 404)
    wanted = {"tag": "v3", "message": "x", "object": sha, "type": "commit"}
    for bad in ({"object": "0" * 40}, {"object": "main"}, {"type": "tree"}, {"type": None}, {"tag": "a b"}):
        ask(site, "POST", f"{PAYMENTS}/git/tags", 422, wanted | bad, login="bob")
    ask(site, "POST", f"{PAYMENTS}/git/tags", 403, wanted, login="carol")


def test_an_annotated_tag_made_by_the_api_is_sound_to_git(site: Site, tmp_path: Path) -> None:
    repository = site.github("bob").get_repo("acme/payments")
    made = repository.create_git_tag("v2", "Two\n\nlines", repository.get_branch("main").commit.sha, "commit")
    repository.create_git_ref("refs/tags/v2", made.sha)

    clone = Clone(site, tmp_path / "clone")

    assert clone.git("tag", "-l", "-n9", "--format=%(contents)").stdout.startswith("Two\n\nlines\n")
    assert clone.git("fsck", "--strict").stderr == ""


def test_archives_hold_the_files_of_a_ref(site: Site) -> None:
    sha = a_commit(site, "release/1", {"src/a.py": "print()\n"})
    folder = f"acme-payments-{sha[:7]}"

    packed = site.session().get(f"{site.api_url}{PAYMENTS}/tarball/release/1")
    zipped = site.session(None).get(f"{site.api_url}{PAYMENTS}/zipball/{sha}")
    plain = site.session(None).get(f"{site.html_url}/acme/payments/archive/refs/heads/release/1.zip")
    as_gh = site.session(None).get(f"{site.html_url}/acme/payments/zip/refs/heads/release/1")

    with tarfile.open(fileobj=io.BytesIO(packed.content)) as archive:
        assert f"{folder}/src/a.py" in archive.getnames()
    assert zipfile.ZipFile(io.BytesIO(zipped.content)).read(f"{folder}/src/a.py") == b"print()\n"
    assert "payments-release-1/README.md" in zipfile.ZipFile(io.BytesIO(plain.content)).namelist()
    assert as_gh.content == plain.content
    assert packed.headers["Content-Disposition"] == f"attachment; filename={folder}.tar.gz"
    ask(site, "GET", f"{PAYMENTS}/tarball/nope", 404)


def test_an_archive_of_a_private_repository_has_an_address_that_is_good_for_minutes(site: Site) -> None:
    for name in ("secret", "other"):
        site.github("bob").get_user().create_repo(name, private=True, auto_init=True)
    address = sent(site, "GET", "/repos/bob/secret/zipball", login="bob").headers["Location"]
    stranger = site.session(None)

    assert stranger.get(address).status_code == 200
    assert stranger.get(address.partition("?")[0]).status_code == 404
    assert stranger.get(address + "x").status_code == 404
    assert stranger.get(address.replace("/secret/", "/other/")).status_code == 404
    assert sent(site, "GET", "/repos/bob/secret/zipball", login="carol").status_code == 404
    site.clock.skip(301)
    assert stranger.get(address).status_code == 404


def test_a_release_whose_tag_is_deleted_is_a_draft_again(site: Site) -> None:
    repository = site.github("bob").get_repo("acme/payments")
    made = repository.create_git_release("v1.0", "One", "First", target_commitish="main")

    repository.get_git_ref("tags/v1.0").delete()

    found = repository.get_release(made.id)
    assert (found.draft, found.published_at) == (True, None)
    ask(site, "GET", f"{RELEASES}/latest", 404)
