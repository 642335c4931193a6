"""The coach speaks where the learner is: the same words in the push, on the pull request, on the dashboard and in the JSON."""

from __future__ import annotations

import html
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from flask.testing import FlaskClient
from github import Auth, Github
from github.Repository import Repository
from jira import JIRA, JIRAError

from simulator.cli.main import main
from simulator.model.runs import Run
from simulator.run.coach.about import BOARD_AGAINST_CODE
from tests.web.served import Served, eventually, served

COACH = "sprintdojo-coach"
SCENARIO = """\
format: 1
id: {id}
title: Voices
summary: Two learners and a colleague.
calendar: {{start: 2026-01-05, pace: 8h}}
project: {{key: PAY, name: Payments}}
repository: {{owner: acme, name: payments}}
people:
  lea: {{kind: human, name: Lea Learner, login: lea, email: lea@example.com}}
  ben: {{kind: human, name: Ben Beginner, login: ben, email: ben@example.com}}
  priya: {{kind: teammate, name: Priya Nair, login: priya, email: priya@example.com, access: admin}}
backlog:
  - {{id: refunds, summary: Refund a payment, points: 3}}
  - {{id: report, summary: Report refunds, points: 5}}
sprints:
  - {{id: one, name: Sprint 1, goal: Shops can refund., days: 4, issues: [refunds, report]}}
{more}
"""


@dataclass
class Learner:
    """Somebody at work on a run with git and GitHub's client."""

    client: FlaskClient
    run: Run
    folder: Path
    seat: str = "lea"
    status: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.status = self.client.get(f"/api/v1/runs/{self.run.id}?seat={self.seat}").get_json()
        parts = urlsplit(self.status["github"]["clone_url"])
        signed = parts._replace(netloc=f"{self.seat}:{self.status['github']['token']}@{parts.netloc}")
        self.folder.mkdir()
        self.git("clone", "-q", urlunsplit(signed), ".")
        self.git("config", "user.name", self.seat)
        self.git("config", "user.email", self.status["jira"]["email"])

    @property
    def repository(self) -> Repository:
        github = self.status["github"]
        client = Github(
            auth=Auth.Token(github["token"]),
            base_url=github["api_url"],
            seconds_between_requests=None,
            seconds_between_writes=None,
        )
        return client.get_repo(github["repository"])

    def git(self, *words: str) -> str:
        """What git says on standard error."""
        alone = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(["git", *words], cwd=self.folder, env=alone, capture_output=True, text=True, check=True)
        return done.stderr

    def push(self, branch: str, message: str, *, lines: int = 3) -> list[str]:
        """Commit on a branch and push it; the lines of the coach in the answer."""
        if branch not in (self.folder / ".git" / "HEAD").read_text():
            self.git("switch", "-q", "-c", branch, "origin/main")
        with (self.folder / f"{branch.replace('/', '-')}.py").open("a") as file:
            file.writelines(f"refund_{n} = {n}\n" for n in range(lines))
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.pushed("push", "origin", "HEAD")

    def amend(self, message: str) -> list[str]:
        """Give the last commit another message and push it by force."""
        self.git("commit", "-q", "--amend", "-m", message)
        return self.pushed("push", "--force-with-lease", "origin", "HEAD")

    def pushed(self, *words: str) -> list[str]:
        told = [line.removeprefix("remote: ").rstrip() for line in self.git(*words).splitlines()]
        return [line for line in told if re.match(r"[A-Z]{2}-\d\d |… and |Sprintdojo: ", line)]

    def open(self, branch: str, title: str = "stuff") -> int:
        return self.repository.create_pull(base="main", head=branch, title=title, body="").number

    def comments(self, number: int) -> list[str]:
        """What the coach has said on a pull request."""
        found = self.repository.get_issue(number).get_comments()
        return [comment.body for comment in found if comment.user.login == COACH]

    def open_findings(self) -> dict[str, str]:
        """Messages by rule and subject, as the JSON has them."""
        card = self.client.get(f"/api/v1/runs/{self.run.id}/scorecard?seat={self.seat}").get_json()
        return {f"{one['rule']} {one['subject']}": one["message"] for one in card["findings"] if one["open"]}


def a_run(house: Served, folder: Path, *, name: str, more: str = "") -> Run:
    """A run of the small scenario, its clock running slowly."""
    folder.mkdir()
    (folder / "repo").mkdir()
    (folder / "repo" / "README.md").write_text("# Payments\n", encoding="utf-8")
    (folder / "scenario.yaml").write_text(SCENARIO.format(id=name, more=more), encoding="utf-8")
    return house.begin(scenario=str(folder), paused=False)


@pytest.fixture(scope="module")
def voiced(house: Served, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return a_run(house, tmp_path_factory.mktemp("voiced") / "scenario", name="voiced")


def test_the_same_words_are_in_the_push_on_the_pull_request_on_the_dashboard_and_in_the_json(
    client: FlaskClient, voiced: Run, tmp_path: Path
) -> None:
    lea = Learner(client, voiced, tmp_path / "lea")
    lea.push("feature/PAY-1-one", "feat(refunds): refund the whole payment")
    number = lea.open("feature/PAY-1-one")

    told = lea.push("feature/PAY-1-one", "wip")

    sha = lea.repository.get_pull(number).head.sha
    message = lea.open_findings()[f"CM-01 commit:{sha}"]  # scored before the push was answered
    assert told[0].startswith(f"CM-01 {message} See http")
    assert message in html.unescape(client.get(f"/runs/{voiced.id}/standing?seat=lea").text)
    said = eventually(lambda: next((body for body in lea.comments(number) if "CM-01" in body), None))
    assert message in said


def test_a_push_before_there_is_a_pull_request_is_advised_in_the_words_of_later(
    client: FlaskClient, voiced: Run, tmp_path: Path
) -> None:
    lea = Learner(client, voiced, tmp_path / "lea")

    told = lea.push("feature/PAY-1-two", "fixed some bugs")

    lea.open("feature/PAY-1-two")
    lea.amend("fixed some bugs here")
    lea.amend("fixed some bugs")
    later = {message for name, message in lea.open_findings().items() if " commit:" in name}
    assert told
    assert all(any(message in line for message in later) for line in told)


def test_a_push_is_answered_with_at_most_five_lines_and_what_is_new_comes_first(
    client: FlaskClient, voiced: Run, tmp_path: Path
) -> None:
    lea = Learner(client, voiced, tmp_path / "lea")
    lea.push("stuff", "Stuff")
    lea.open("stuff")
    lea.pushed("push", "origin", "HEAD:refs/heads/stuff-again")

    told = lea.push("stuff", "Changed more things.")

    assert len(told) == 5
    assert "“Changed more things.”" in told[0]
    assert re.fullmatch(r"… and \d+ more: http\S+#findings", told[4])


def test_good_work_is_told_that_all_is_well(client: FlaskClient, voiced: Run, tmp_path: Path) -> None:
    lea = Learner(client, voiced, tmp_path / "lea")

    told = lea.push("feature/PAY-1-good", "feat(refunds): refund a part of a payment")

    assert told == ["Sprintdojo: nothing to mend on feature/PAY-1-good."]


def test_the_terminal_gets_no_commands_from_a_message(client: FlaskClient, voiced: Run, tmp_path: Path) -> None:
    lea = Learner(client, voiced, tmp_path / "lea")

    told = lea.push("feature/PAY-1-bell", "wip \x1b[31mred\x07 \u202edesrever")

    assert told
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", "".join(told))


def test_nobody_hears_of_anothers_findings(client: FlaskClient, voiced: Run, tmp_path: Path) -> None:
    lea = Learner(client, voiced, tmp_path / "lea")
    lea.push("feature/PAY-1-shared", "wip")
    number = lea.open("feature/PAY-1-shared")
    ben = Learner(client, voiced, tmp_path / "ben", seat="ben")
    ben.git("switch", "-q", "feature/PAY-1-shared")

    told = ben.push("feature/PAY-1-shared", "feat(refunds): refund by parcel")

    assert not any("“wip”" in line for line in told)  # the pull request is Ben's too by now, that commit is not
    assert eventually(lambda: lea.comments(number))


def test_one_comment_follows_what_is_done_and_says_in_the_end_that_all_is_well(
    client: FlaskClient, house: Served, tmp_path: Path
) -> None:
    run = a_run(house, tmp_path / "scenario", name="follows", more="hygiene: {off: [FL-05, PR-07, CM-06]}")
    lea = Learner(client, run, tmp_path / "lea")
    lea.push("feature/PAY-1-follow", "wip @acme/all <img src=x> `code`")
    number = lea.open("feature/PAY-1-follow")
    first = eventually(lambda: lea.comments(number))
    assert "@acme" not in first[0]
    assert "<img" not in first[0]

    lea.amend("feat(refunds): refund the whole payment\n\nRefs: PAY-1")
    body = (
        "Shops asked for it: a parcel is seldom returned whole. It refunds PAY-1 in one step; tried with three amounts."
    )
    lea.repository.get_pull(number).edit(title="feat(refunds): refund the whole payment (PAY-1)", body=body)

    eventually(lambda: [said for said in lea.comments(number) if "all well" in said], patience_s=15)
    assert len(lea.comments(number)) == 1
    facts = client.get(f"/api/v1/runs/{run.id}/facts?most=1000").get_json()["facts"]
    assert not [fact for fact in facts if fact["kind"] in ("pull_request_commented", "comment_edited")]


def test_the_coach_is_an_app_that_nobody_can_assign_or_ask_for_a_review(
    client: FlaskClient, voiced: Run, tmp_path: Path
) -> None:
    lea = Learner(client, voiced, tmp_path / "lea")
    lea.push("feature/PAY-1-app", "wip")
    number = lea.open("feature/PAY-1-app")
    eventually(lambda: lea.comments(number))

    repository = lea.repository
    jira = JIRA(lea.status["jira"]["url"], basic_auth=(lea.status["jira"]["email"], lea.status["jira"]["token"]))

    [comment] = [one for one in repository.get_issue(number).get_comments() if one.user.login == COACH]
    assert comment.user.type == "Bot"
    assert COACH not in {person.login for person in repository.get_assignees()}
    assert repository.get_issue(number).add_to_assignees(COACH) is None
    assert not repository.get_issue(number).assignees
    [found] = jira.search_users(query="Sprintdojo")
    assert (found.accountType, found.displayName) == ("app", "Sprintdojo coach")
    with pytest.raises(JIRAError, match="cannot be assigned issues"):
        jira.issue("PAY-1").update(assignee={"accountId": found.accountId})
    assert "Sprintdojo coach" not in {
        one.displayName for one in jira.search_assignable_users_for_issues(query="s", project="PAY")
    }


def test_an_issue_whose_status_is_behind_its_code_gets_one_comment(
    client: FlaskClient, house: Served, tmp_path: Path
) -> None:
    run = a_run(house, tmp_path / "scenario", name="behind")
    lea = Learner(client, run, tmp_path / "lea")
    lea.push("feature/PAY-1-behind", "feat(refunds): refund the whole payment")
    job = house.office.advance(run, "day 2 12:00")
    eventually(lambda: house.office.job(run, job.number).state == "done")
    jira = JIRA(lea.status["jira"]["url"], basic_auth=(lea.status["jira"]["email"], lea.status["jira"]["token"]))

    [said] = eventually(lambda: jira.comments("PAY-1"))

    found = [m for name, m in lea.open_findings().items() if name.split()[0] in BOARD_AGAINST_CODE]
    assert found
    assert found[0] in said.body
    assert said.author.accountType == "app"
    jira.transition_issue("PAY-1", "In Progress")
    eventually(lambda: "agree again" in jira.comments("PAY-1")[0].body, patience_s=15)
    assert len(jira.comments("PAY-1")) == 1


@pytest.mark.parametrize(("more", "speaks"), [("coach: off", (False, False)), ("coach: {push: false}", (False, True))])
def test_a_scenario_silences_the_coach_and_the_dashboard_tells_all_the_same(
    more: str, speaks: tuple[bool, bool], client: FlaskClient, house: Served, tmp_path: Path
) -> None:
    run = a_run(house, tmp_path / "scenario", name=f"silent-{int(speaks[1])}", more=more)
    lea = Learner(client, run, tmp_path / "lea")
    told = lea.push("feature/PAY-1-quiet", "wip")
    number = lea.open("feature/PAY-1-quiet")

    shown = eventually(lambda: [m for name, m in lea.open_findings().items() if name.startswith("CM-01")], patience_s=2)

    assert bool(told) is speaks[0]
    assert shown[0] in html.unescape(client.get(f"/runs/{run.id}/standing").text)
    if speaks[1]:
        eventually(lambda: lea.comments(number))
    else:
        house.office.workroom.engine.fresh(run.id)
        assert lea.comments(number) == []


def test_a_branch_of_a_run_and_a_restarted_server_write_no_second_comment(tmp_path: Path) -> None:
    with served(tmp_path / "data") as house:
        run = a_run(house, tmp_path / "scenario", name="again")
        lea = Learner(house.app.test_client(), run, tmp_path / "lea")
        lea.push("feature/PAY-1-again", "wip")
        number = lea.open("feature/PAY-1-again")
        [first] = eventually(lambda: lea.comments(number))
        job = house.office.advance(run, "day 2 09:00")
        eventually(lambda: house.office.job(run, job.number).state == "done")
    with served(tmp_path / "data") as house:
        client = house.app.test_client()
        known = Learner(client, house.office.find(run.id), tmp_path / "lea-again")
        other = house.office.branch(house.office.find(run.id), "day 2")
        made = eventually(lambda: house.office.job(house.office.find(run.id), other.number).result)
        branched = Learner(client, house.office.find(made), tmp_path / "lea-branch")
        house.office.shelf.runs.bind(run.id, {"coach:pull:1": "forgotten, as by a kill between the two"})

        # The server's address is another one now, and so are the links in the comment.
        eventually(lambda: house.url in known.comments(number)[0])
        eventually(lambda: house.url in branched.comments(number)[0])

        assert len(known.comments(number)) == len(branched.comments(number)) == 1
        assert first not in known.comments(number)


def test_after_going_back_the_coach_speaks_of_what_is_there_then(
    client: FlaskClient, house: Served, tmp_path: Path
) -> None:
    run = a_run(house, tmp_path / "scenario", name="goes-back")
    early = Learner(client, run, tmp_path / "early")
    early.push("feature/PAY-1-early", "wip")
    first = early.open("feature/PAY-1-early")
    eventually(lambda: early.comments(first))
    job = house.office.advance(run, "day 2 09:30")
    eventually(lambda: house.office.job(run, job.number).state == "done")
    early.push("feature/PAY-2-late", "tmp")
    late = early.open("feature/PAY-2-late")
    eventually(lambda: early.comments(late))

    back = house.office.rewind(house.office.find(run.id), "day 2")
    eventually(lambda: house.office.job(run, back.number).state == "done")
    again = Learner(client, house.office.find(run.id), tmp_path / "again")
    again.push("feature/PAY-2-again", "tmp")
    other = again.open("feature/PAY-2-again")

    assert eventually(lambda: again.comments(other))
    assert other == late
    assert len(again.comments(first)) == 1


def test_another_look_says_what_is_mended_what_is_left_and_what_is_waited_for(
    client: FlaskClient,
    house: Served,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", house.url)
    run = a_run(house, tmp_path / "scenario", name="looks")
    lea = Learner(client, run, tmp_path / "lea")
    lea.push("feature/PAY-1-look", "wip")
    number = lea.open("feature/PAY-1-look")
    main(["check", "--run", run.id])
    capsys.readouterr()
    lea.amend("feat(refunds): refund without a receipt")
    lea.repository.get_pull(number).edit(title="feat(refunds): refund without a receipt (PAY-1)")

    status = main(["check", "--run", run.id])

    told = capsys.readouterr().out
    assert status == 0
    assert re.search(r"The score went from [\d.]+ to [\d.]+ \(\+[\d.]+ points?\)\.", told)
    assert re.search(rf"PR-01 on #{number}: repaired, \+[\d.]+ points?", told)
    assert re.search(rf"PR-02 on #{number}: still open: The description of #{number} is empty", told)
    assert re.search(r"waits: .*judged at the merge", told)


def test_a_hint_on_a_finding_by_the_command(
    client: FlaskClient,
    house: Served,
    voiced: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", house.url)
    lea = Learner(client, voiced, tmp_path / "lea")
    lea.push("feature/PAY-1-command", "wip")
    lea.open("feature/PAY-1-command")
    eventually(lambda: any(name.startswith("PR-02") for name in lea.open_findings()))

    assert main(["hint", "pr-02", "--run", voiced.id]) == 0
    second = capsys.readouterr().out
    assert main(["hint", "PR-02", "--level", "3", "--run", voiced.id]) == 0
    third = capsys.readouterr().out
    assert main(["hint", "BR-07", "--run", voiced.id]) == 2

    assert "how to go about it:" in second
    assert "the exact steps:" not in second
    assert "the exact steps:" in third
    assert "nothing is open under BR-07" in capsys.readouterr().err


def test_the_page_looks_again_and_lists_what_is_judged_later(
    client: FlaskClient, voiced: Run, token: str, tmp_path: Path
) -> None:
    lea = Learner(client, voiced, tmp_path / "later")
    lea.push("feature/PAY-1-later", "tmp")
    lea.open("feature/PAY-1-later")
    reply = client.post(f"/runs/{voiced.id}/check", data={"csrf_token": token}, headers={"HX-Request": "true"})
    address = html.unescape(re.search(r'hx-get="([^"]+check[^"]+)"', reply.text)[1])  # type: ignore[index]

    page = eventually(lambda: text if "The score" in (text := client.get(address).text) else None)

    assert 'hx-trigger="every' not in page
    assert eventually(lambda: "judged at the merge" in client.get(f"/runs/{voiced.id}/standing?show=waiting").text)


def test_hints_come_one_by_one_and_cost_nothing(
    client: FlaskClient, voiced: Run, tmp_path: Path, token: str, house: Served
) -> None:
    lea = Learner(client, voiced, tmp_path / "lea")
    lea.push("feature/PAY-1-hint", "tmp")
    lea.open("feature/PAY-1-hint")
    sha = lea.repository.get_branch("feature/PAY-1-hint").commit.sha

    def shown() -> Any:
        found = client.get(f"/api/v1/runs/{voiced.id}/advice").get_json()["findings"]
        return next((one for one in found if one["rule"] == "CM-01" and one["subject"] == f"commit:{sha}"), None)

    finding = eventually(shown)
    assert len(finding["hints"]) == 1
    assert finding["message"] in finding["hints"][0]
    assert finding["why"] in finding["hints"][0]
    before = client.get(f"/api/v1/runs/{voiced.id}/scorecard").get_json()["score"]

    client.post(f"/api/v1/runs/{voiced.id}/hints", json={"finding": finding["id"]})
    eventually(lambda: len(shown()["hints"]) == 2)
    form = {"csrf_token": token, "finding": finding["id"], "level": "3", "seat": "lea"}
    assert client.post(f"/runs/{voiced.id}/finding-hints", data=form).status_code == 303
    eventually(lambda: len(shown()["hints"]) == 3)

    assert "git commit --amend" in shown()["hints"][2]
    assert client.get(f"/api/v1/runs/{voiced.id}/scorecard").get_json()["score"] == before
    assert "git commit --amend" in html.unescape(client.get(f"/runs/{voiced.id}/standing").text)


def test_a_hint_on_nothing_is_refused_in_words(client: FlaskClient, voiced: Run) -> None:
    reply = client.post(f"/api/v1/runs/{voiced.id}/hints", json={"finding": "BR-77"})

    assert reply.status_code == 409
    assert "nothing is open under" in reply.get_json()["title"]
