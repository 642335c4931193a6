"""The advice on a pull request, pasted: curl does on the emulated GitHub what the words say."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from simulator.hygiene import pull_advice
from simulator.testing.emulated import GitHubEmulator
from simulator.testing.story import Story

pytestmark = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="bash and curl are needed")
NASTY = """it's “$(id)” and `id`; \\n "so" """


def test_every_command_does_what_it_says(github_emulator: GitHubEmulator) -> None:
    author, reviewer = "alice", "bob"
    served = _a_pull_request(github_emulator, author)
    advised = replace(Story().push("a").open("a").history().pulls[1], number=served.number, url=served.html_url)

    def paste(command: str, *, by: str = author) -> Any:
        token = github_emulator.tokens[by]
        done = subprocess.run(
            ["bash", "-c", f"{command} --fail --silent --show-error"],
            env={"PATH": os.environ["PATH"], "GITHUB_TOKEN": token},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return github_emulator.client(author).get_repo(served.base.repo.full_name).get_pull(served.number)

    assert paste(pull_advice.retitle(advised, f"feat: {NASTY.strip()}")).title == f"feat: {NASTY.strip()}"
    assert paste(pull_advice.describe(advised, NASTY)).body == NASTY
    assert [user.login for user in paste(pull_advice.ask_review(advised, reviewer)).requested_reviewers] == [reviewer]
    assert [said.body for said in paste(pull_advice.comment_on(advised, NASTY)).get_issue_comments()] == [NASTY]
    seen = paste(pull_advice.review_with(advised, "the cents are lost", blocks=True), by=reviewer)
    assert [(review.state, review.body) for review in seen.get_reviews()] == [
        ("CHANGES_REQUESTED", "the cents are lost")
    ]
    assert paste(pull_advice.close(advised)).state == "closed"


def _a_pull_request(emulator: GitHubEmulator, author: str) -> Any:
    repository = emulator.client(author).get_repo("acme/payments")
    main = repository.get_branch(repository.default_branch)
    repository.create_git_ref("refs/heads/a", main.commit.sha)
    repository.create_file("a.py", "feat: a", "x = 1\n", branch="a")
    return repository.create_pull(base=main.name, head="a", title="feat: a", body="")
