"""The documents that `gh` sends, sent by `gh` itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest

from simulator.emulators.kit import accounts
from tests.emulators.conftest import START, Site
from tests.emulators.github.pulls import a_commit, a_repository

pytestmark = pytest.mark.skipif(shutil.which("gh") is None, reason="gh is not installed")


class Gh:
    """`gh` against one site: the token says which site, the proxy where it is."""

    def __init__(self, site: Site, folder: Path) -> None:
        token = f"gh-{uuid.uuid4().hex}"
        with site.emulators.database.writing() as connection:
            alice = accounts.by_login(connection, site.key, "alice")
            assert alice is not None
            accounts.create_token(connection, alice, token=token, now=START)
        proxy = {"HTTP_PROXY": site.server.url, "http_proxy": site.server.url}
        gh = {"GH_HOST": "github.localhost", "GH_TOKEN": token, "GH_CONFIG_DIR": str(folder), "GH_PROMPT_DISABLED": "1"}
        self._environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "NO_COLOR": "1", **proxy, **gh}

    def __call__(self, *arguments: str, fails: bool = False) -> str:
        """What a command prints, errors too; it must succeed unless told."""
        done = subprocess.run(
            ["gh", *arguments], env=self._environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def gh(site: Site, tmp_path: Path) -> Gh:
    """`gh` as alice."""
    return Gh(site, tmp_path)


def test_gh_works_on_issues_and_pull_requests(site: Site, gh: Gh) -> None:
    here = ("-R", "acme/payments")
    a_commit(site, "feat", {"a.py": "1\n"})
    head = a_repository(site).create_pull(base="main", head="feat", title="Add a").head.sha
    a_repository(site).get_commit(head).create_status("success", context="ci")

    made = gh("issue", "create", *here, "-t", "Broken", "-b", "Look", "-l", "bug", "-a", "bob")
    gh("issue", "comment", "2", *here, "-b", "Seen")
    seen = gh("issue", "view", "2", *here, "--comments")
    listed = gh("issue", "list", *here)
    checks = gh("pr", "checks", "1", *here)
    pull = gh("pr", "view", "1", *here)
    own = gh("pr", "review", "1", *here, "--approve", fails=True)
    gh("pr", "merge", "1", *here, "--squash")
    missing = gh("issue", "view", "99", *here, fails=True)

    assert made.strip() == "http://github.localhost/acme/payments/issues/2"
    assert "Seen" in seen
    assert "Broken\tbug" in listed
    assert "ci\tpass" in checks
    assert "title:\tAdd a" in pull
    assert "Can not approve your own pull request" in own
    assert a_repository(site).get_pull(1).merged
    assert "Could not resolve to an issue or pull request with the number of 99." in missing


def test_gh_publishes_a_draft_fetches_an_archive_and_tells_what_is_new(site: Site, gh: Gh, tmp_path: Path) -> None:
    here = ("-R", "acme/payments")
    gh("release", "create", "v1", *here, "--draft", "-t", "One", "-n", "First")
    site.github("bob").get_repo("acme/payments").create_issue("For @alice")

    gh("release", "edit", "v1", *here, "--draft=false")
    gh("release", "download", "v1", *here, "--archive", "zip", "-D", str(tmp_path))
    status = gh("status")

    assert not a_repository(site).get_release("v1").draft
    assert (tmp_path / "payments-v1.zip").is_file()
    assert "Mentions" in status
