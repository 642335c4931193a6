from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask.testing import FlaskClient

from simulator.cli.main import main
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.model.runs import Run, RunState
from simulator.scenario.packs import find_scenario
from tests.web.served import Served, a_copy, eventually

EVIL = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7*7 }}"


def test_the_page_shows_the_whole_sprint(client: FlaskClient, run: Run) -> None:
    page = client.get(f"/runs/{run.id}").text

    assert page.count("<h1") == 1
    for title in ("Score", "Board", "Burndown", "Findings", "Lately", "How to connect"):
        assert f">{title}</h2>" in page
    for part in ("A merchant can give money back", "PAY-1", "To Do", "In Review", "Day 1", "paused", "git clone http"):
        assert part in page


def test_current_names_the_newest_run_that_goes_on(client: FlaskClient, run: Run) -> None:
    assert client.get("/runs/current").status_code == 200


def test_links_of_cards_lead_to_the_issue_in_jira(house: Served, client: FlaskClient, run: Run) -> None:
    assert f'href="{house.url}/sites/{run.id}/jira/browse/PAY-1"' in client.get(f"/runs/{run.id}").text


def test_fragments_are_what_the_page_is_made_of(client: FlaskClient, run: Run) -> None:
    page = client.get(f"/runs/{run.id}").text
    standing = client.get(f"/runs/{run.id}/standing").text

    assert standing.startswith('<div class="standing" id="standing"')
    assert standing.strip() in page


@pytest.mark.parametrize("fragment", ["clock", "standing"])
def test_a_fragment_that_did_not_change_is_not_sent_again(client: FlaskClient, run: Run, fragment: str) -> None:
    first = client.get(f"/runs/{run.id}/{fragment}")

    again = client.get(f"/runs/{run.id}/{fragment}", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert "no-cache" in first.headers["Cache-Control"]


def test_another_choice_of_findings_is_another_standing(client: FlaskClient, run: Run) -> None:
    first = client.get(f"/runs/{run.id}/standing").headers["ETag"]

    assert client.get(f"/runs/{run.id}/standing?show=all", headers={"If-None-Match": first}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "group=ZZ&show=nothing",
        "group=%3Cscript%3Ealert(1)%3C/script%3E",
        "seat=nobody",
        "seat=team",
        "job=-1",
        "job=999999999999999999999999",
        "job=1e9",
        "job=%D9%A3",
        "show=" + "x" * 3000,
        "seat=%00",
        "show=all&show=open",
        "%FF=%FE&group=%FF",
    ],
)
def test_odd_queries_show_the_page_all_the_same(client: FlaskClient, run: Run, query: str) -> None:
    for path in ("", "/clock", "/standing"):
        reply = client.get(f"/runs/{run.id}{path}?{query}")

        assert reply.status_code == 200
        assert "<script>alert" not in reply.text


def test_an_unknown_run_has_a_page_that_says_so(client: FlaskClient) -> None:
    for path in (
        "/runs/nope",
        "/runs/nope/clock",
        "/runs/nope/standing",
        "/runs/nope/report",
        "/runs/%00",
        "/runs/" + "x" * 3000,
    ):
        reply = client.get(path)

        assert reply.status_code == 404
        assert reply.text.count("<h1") == 1


@pytest.mark.parametrize(
    ("state", "problem", "said"),
    [
        (RunState.PREPARING, None, "Setting the stage"),
        (RunState.FAILED, "no answer from Jira", "Try again where it stopped"),
        (RunState.FINISHED, None, "The sprint is over"),
        (RunState.RUNNING, "no answer from GitHub", "There is a problem"),
    ],
)
def test_each_state_has_its_own_clock(
    house: Served, client: FlaskClient, run: Run, state: RunState, problem: str | None, said: str
) -> None:
    other = a_copy(house, run, state=state, problem=problem)

    page = client.get(f"/runs/{other.id}").text

    assert said in page
    assert (problem or "") in page
    assert ("controls" in page) is (state is RunState.RUNNING)


def test_what_people_write_is_text_and_never_markup(house: Served, client: FlaskClient) -> None:
    run = house.begin(seed=2)
    status = client.get(f"/api/v1/runs/{run.id}").get_json()
    _write_evil(status, house, run)

    page = eventually(lambda: _page_with_all(client, run))

    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;img src=x" in page
    assert "49" not in page.partition("onerror")[2][:80]
    report = client.get(f"/runs/{run.id}/report").text
    assert "<img src=x" not in report
    assert "<script>alert" not in report


def _write_evil(status: dict[str, Any], house: Served, run: Run) -> None:
    jira, github = status["jira"], status["github"]
    changed = requests.put(
        f"{jira['url']}/rest/api/2/issue/PAY-1",
        json={"fields": {"summary": EVIL}},
        auth=(jira["email"], jira["token"]),
        timeout=30,
    )
    assert changed.status_code == 204, changed.text
    repository = f"{github['api_url']}/repos/{github['repository']}"
    bearer = {"Authorization": f"Bearer {github['token']}"}
    main = requests.get(f"{repository}/git/ref/heads/main", headers=bearer, timeout=30).json()["object"]["sha"]
    for path, body in (
        ("git/refs", {"ref": "refs/heads/evil", "sha": main}),
        ("contents/evil.txt", {"message": EVIL, "content": "ZXZpbA==", "branch": "evil"}),
        ("pulls", {"title": EVIL, "head": "evil", "base": "main", "body": EVIL}),
    ):
        verb = requests.put if path.startswith("contents") else requests.post
        made = verb(f"{repository}/{path}", json=body, headers=bearer, timeout=30)
        assert made.status_code == 201, made.text
    note = replace(_a_note(0, run, at=house.office.queries.view(run).now), url="javascript:alert(1)")
    note = replace(note, detail={"channel": EVIL, "text": EVIL, "day": 1})
    house.office.shelf.facts.append(run.id, (note, replace(note, source_id="test:link", kind=FactKind.BRANCH_DELETED)))


def _page_with_all(client: FlaskClient, run: Run) -> str | None:
    page = client.get(f"/runs/{run.id}?show=all").text
    return page if "evil" in page and page.count("&lt;img src=x") >= 5 and "PR-01" in page else None


def test_addresses_that_act_do_not_become_links(house: Served, client: FlaskClient, run: Run) -> None:
    with house.app.test_request_context():
        macros: Any = house.app.jinja_env.get_template("_macros.html").module
        link = str(macros.outward("javascript:alert(1)", EVIL))

    assert "href" not in link
    assert "<img" not in link


def test_tokens_are_shown_for_our_own_services_only(client: FlaskClient, run: Run) -> None:
    status = client.get(f"/api/v1/runs/{run.id}").get_json()

    assert urlsplit(status["github"]["clone_url"]).username is None
    assert status["github"]["token"] in client.get(f"/runs/{run.id}").text
    assert status["github"]["token"] not in client.get("/").text


def test_one_paste_into_a_shell_is_what_env_prints(
    house: Served, client: FlaskClient, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", house.url)

    assert main(["env", "--run", run.id, "--shell", "sh"]) == 0

    exports = [line for line in capsys.readouterr().out.splitlines() if line.startswith("export ")]
    assert "\n".join(exports) in unescape(client.get(f"/runs/{run.id}").text)


def test_of_much_that_happened_a_page_shows_the_newest_and_leads_to_all(
    house: Served, client: FlaskClient, run: Run
) -> None:
    other = a_copy(house, run, state=RunState.PAUSED, problem=None)
    now = house.office.queries.view(other).now
    house.office.shelf.facts.append(other.id, [_a_note(n, other, at=now) for n in range(150)])

    path, seen = f"/runs/{other.id}", []
    while path:
        page = client.get(path).text
        found = re.findall(r"word &lt;b&gt;(\d+)", page)
        assert len(found) <= 60
        seen += [int(number) for number in found]
        link = re.search(r'href="([^"]+)">Earlier<', page)
        path = unescape(link[1]) if link else ""

    assert seen == list(range(149, -1, -1))
    assert "Nothing happened" not in client.get(f"/runs/{other.id}/feed?before=no-such").text


def _a_note(number: int, run: Run, *, at: datetime) -> Fact:
    return Fact(
        source_id=f"test:{number}",
        kind=FactKind.NOTE_POSTED,
        subject=f"run:{run.id}",
        actor=SeatId("tom"),
        url="",
        recorded_at=run.created_at,
        at=at,
        detail={"channel": "chat", "text": f"word <b>{number}", "day": 1},
    )


def test_a_run_that_was_only_just_written_down_has_a_page(house: Served, client: FlaskClient, run: Run) -> None:
    new = house.office.shelf.runs.create(
        scenario_id="just-begun",
        title="Just begun",
        scenario_path=str(find_scenario("first-sprint")),
        seed=3,
        services={},
        wall=house.office.clock(),
        emulated=True,
        pace_s=600.0,
    )

    assert client.get(f"/runs/{new.id}").status_code == 200
    assert client.get(f"/api/v1/runs/{new.id}").get_json()["day"] == 1
    house.office.shelf.runs.update(new.id, state=RunState.FINISHED)
