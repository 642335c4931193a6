"""What a run asks, answered by form, API and command; what is said in its chat; and what nobody may see before they answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from simulator.cli.main import main
from simulator.model.runs import Run
from tests.web.served import Served, eventually
from tests.web.talk import begin_talk


@pytest.fixture(scope="module")
def talk(house: Served, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run in the middle of its planning; its clock stands still."""
    return begin_talk(house, tmp_path_factory.mktemp("talk"))


HTMX = {"HX-Request": "true"}


def _api(client: FlaskClient, run: Run, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    reply = (
        client.post(f"/api/v1/runs/{run.id}/{path}", json=body) if body else client.get(f"/api/v1/runs/{run.id}/{path}")
    )
    told = reply.get_json()
    if reply.status_code == 202:
        job = eventually(
            lambda: (
                j
                if (j := client.get(f"/api/v1/runs/{run.id}/jobs/{told['job']}").get_json())["state"] != "working"
                else None
            )
        )
        assert job["state"] == "done", job
    return reply.status_code, told


def _prompt(client: FlaskClient, run: Run, prompt: str) -> dict[str, Any]:
    _, told = _api(client, run, f"prompts?seat={prompt.rpartition(':')[2]}")
    return next(found for found in told["prompts"] if found["prompt"] == prompt)


def test_nobody_sees_what_an_answer_is_worth_before_they_answer(client: FlaskClient, talk: Run) -> None:
    for path in ("prompts?seat=ben", "facts", "feed", "?seat=ben"):
        said = client.get(f"/api/v1/runs/{talk.id}/{path}".replace("/?", "?")).text
        assert "first" in said
        assert "SECRET-REASON" not in said
        assert '"points": 0.25' not in said
    page = client.get(f"/runs/{talk.id}?seat=ben").text
    assert "SECRET-REASON" not in page
    assert "What do you do &lt;i&gt;first&lt;/i&gt;?" in page
    assert "Report &lt;b&gt;refunds&lt;/b&gt;" in page


def test_a_question_is_answered_once_and_explained_at_once(client: FlaskClient, talk: Run) -> None:
    status, _ = _api(client, talk, "prompts/first-thing:lea/answers", answers={"choice": "wait"})

    assert status == 202
    prompt = _prompt(client, talk, "first-thing:lea")
    assert (prompt["open"], prompt["points"], prompt["most_points"]) == (False, 0.25, 1.0)
    assert prompt["fields"][0]["options"][0]["because"].startswith("They know")
    assert "What do you do &lt;i&gt;first&lt;/i&gt;?" in client.get(f"/runs/{talk.id}/report").text
    assert "(Lea Learner): 0.25 of 1" in client.get(f"/runs/{talk.id}/report.md").text
    again, problem = _api(client, talk, "prompts/first-thing:lea/answers", answers={"choice": "1"})
    assert (again, problem["title"]) == (409, "this is answered already, and its answer has been explained")


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("prompts/plan:lea/answers", {"answers": {"issues": "PAY-9"}}, 422, "not among the issues"),
        ("prompts/plan:lea/answers", {"answers": {"other": "x"}}, 422, "no field"),
        ("prompts/plan:lea/answers", {"answers": ["x"]}, 422, "object of texts"),
        ("prompts/plan:lea/answers", {"answers": {"issues": 1}}, 422, "something that is not a text"),
        ("prompts/plan:lea/answers", {"answers": {"issues": "x" * 4001}}, 422, "a text of more than 4000 characters"),
        ("prompts/plan:ben/answers", {"answers": {"issues": "PAY-1"}}, 409, "asks ben, not lea"),
        ("prompts/nope/answers", {"answers": {"issues": "PAY-1"}}, 404, "nobody asked"),
        ("prompts/plan:ben/answers", {"answers": {"issues": ""}, "seat": "priya"}, 409, "not a learner's seat"),
        ("notes", {"text": " "}, 422, "1 to 2000"),
        ("notes", {"seat": "lea"}, 422, "text is missing"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(
    client: FlaskClient, talk: Run, path: str, body: dict[str, Any], status: int, words: str
) -> None:
    refused, problem = _api(client, talk, path, **body)

    assert refused == status
    assert words in problem["title"]


def test_the_form_plans_the_sprint_and_may_be_changed(
    client: FlaskClient, talk: Run, house: Served, token: str
) -> None:
    address = f"/runs/{talk.id}/prompts/plan:lea"
    form = {"csrf_token": token, "seat": "lea", "field-issues": ["", "PAY-1"], "field-left_out": "No <b>room</b>"}

    reply = client.post(address, data=form)

    assert reply.status_code == 303
    eventually(lambda: _prompt(client, talk, "plan:lea")["answers"])
    moved = eventually(
        lambda: [t for item in house.office.queries.feed(talk) if "moved PAY-2 to the backlog" in (t := item["text"])]
    )
    assert moved == ["Priya Nair moved PAY-2 to the backlog"]
    page = client.get(f"/runs/{talk.id}").text
    assert "No &lt;b&gt;room&lt;/b&gt;" in page
    assert "Answered; you can change it until day 1 10:30" in page
    assert re.search(r'value="PAY-1" checked', page)
    assert not re.search(r'value="PAY-2" checked', page)


def test_what_the_form_cannot_use_is_said_beside_what_was_typed(client: FlaskClient, talk: Run, token: str) -> None:
    form = {"csrf_token": token, "seat": "ben", "field-issues": "PAY-77", "field-left_out": "typed <in>"}

    page = client.post(f"/runs/{talk.id}/prompts/plan:ben", data=form)
    open_page = client.post(f"/runs/{talk.id}/prompts/plan:ben", data=form, headers=HTMX)

    assert (page.status_code, open_page.status_code) == (422, 422)
    assert "is not among the issues" in page.text
    assert "typed &lt;in&gt;" in page.text
    assert open_page.mimetype == "text/plain"  # said beside the form, which keeps what was typed
    assert "is not among the issues" in open_page.text


def test_what_cannot_be_said_is_still_there_to_be_mended(client: FlaskClient, talk: Run, token: str) -> None:
    form = {"csrf_token": token, "seat": "ben", "text": "<b>" + "x" * 2000}

    reply = client.post(f"/runs/{talk.id}/say", data=form)

    assert reply.status_code == 422
    assert "a message has 1 to 2000 characters" in reply.text
    assert f">&lt;b&gt;{'x' * 2000}</textarea>" in reply.text
    assert 'name="seat" value="ben"' in reply.text


def test_an_open_page_follows_what_was_said_until_it_is_passed_on(client: FlaskClient, talk: Run, token: str) -> None:
    form = {"csrf_token": token, "seat": "lea", "text": "On my way"}

    said = client.post(f"/runs/{talk.id}/say", data=form, headers=HTMX).text

    follow = re.search(r'hx-get="([^"]+)"', said)
    if follow:
        assert "Passing it on" in said
        eventually(lambda: "Passing it on" not in client.get(follow[1]).text)  # its dot is hidden all the while
    assert "On my way" in client.get(f"/runs/{talk.id}").text
    assert "It is not known whether" in client.get(f"/runs/{talk.id}/said/99999").text


@pytest.mark.parametrize("path", ["prompts/plan:lea", "say"])
def test_forms_without_their_token_are_refused(client: FlaskClient, talk: Run, path: str) -> None:
    assert client.post(f"/runs/{talk.id}/{path}", data={"text": "x", "field-left_out": "x"}).status_code == 403


def test_a_learner_speaks_in_the_chat_but_not_without_end(client: FlaskClient, talk: Run, token: str) -> None:
    reply = client.post(f"/runs/{talk.id}/say", data={"csrf_token": token, "seat": "ben", "text": "Who *knows*?"})

    assert reply.status_code == 303
    eventually(lambda: "Who <em>knows</em>?" in client.get(f"/runs/{talk.id}").text)
    mail = next(i for i in _api(client, talk, "feed")[1]["feed"] if i["channel"] == "mail")
    assert (mail["subject"], mail["to"]) == ("Numbers", ["Lea Learner"])
    for _ in range(8):
        client.post(f"/api/v1/runs/{talk.id}/notes", json={"text": "again", "seat": "ben"})
    _api(client, talk, "notes", text="again", seat="ben")
    too_much = {"csrf_token": token, "seat": "ben", "text": "and again"}
    refused = client.post(f"/runs/{talk.id}/say", data=too_much, headers=HTMX)
    assert (refused.status_code, refused.mimetype) == (409, "text/plain")
    assert refused.text == "those were 10 messages in a minute: wait a moment; people read slower"
    assert "and again" not in client.get(f"/runs/{talk.id}").text
    assert "messages in a minute" not in client.get("/").text  # nothing waits to be said on another page


def test_the_commands_answer_and_speak(
    house: Served, talk: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", house.url)
    of_ben = ("--seat", "ben", "--run", talk.id)

    assert main(["answer", *of_ben]) == 0
    asked = capsys.readouterr().out
    assert "first-thing:ben: What do you do <i>first</i>? (open, until" in asked
    assert "SECRET-REASON" not in asked
    assert 'answer it: sprintdojo answer first-thing:ben --choose "…"' in asked
    assert main(["answer", "first-thing:ben", "--choose", "ask the team", *of_ben]) == 0
    assert "They know about SECRET-REASON." in capsys.readouterr().out
    assert main(["answer", "plan:ben", "--set", "issues=PAY-1", *of_ben]) == 0
    assert main(["answer", "plan:ben", "--set", "issues", *of_ben]) == 2
    assert main(["answer", "nope", "--did", "x", *of_ben]) == 2
    assert "nobody asked" in capsys.readouterr().err
    assert main(["say", "Hello from the command line", "--seat", "lea", "--run", talk.id]) == 0
    assert "Hello from the command line" in str(house.office.queries.feed(talk))


def test_what_is_asked_refreshes_by_itself_and_only_when_it_changed(client: FlaskClient, talk: Run) -> None:
    first = client.get(f"/runs/{talk.id}/prompts?seat=lea")
    again = client.get(f"/runs/{talk.id}/prompts?seat=lea", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert client.get(f"/api/v1/runs/{talk.id}?seat=lea").get_json()["prompts"][0]["prompt"] == "plan:lea"
