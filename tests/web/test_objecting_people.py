"""Disputes and waivers by page and command: what people see of them, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from simulator.cli.main import main
from simulator.hygiene.registry import rule_named
from simulator.model.runs import Run
from simulator.testing.cases import cases_of
from tests.web.objecting import REASON, costly, done, finding_of, followed
from tests.web.served import Served


@pytest.fixture
def shell(house: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands ask this server."""
    monkeypatch.setenv("SPRINTDOJO_URL", house.url)
    monkeypatch.delenv("SPRINTDOJO_TRAINER_CODE", raising=False)


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_learner_disputes_on_the_page_and_sees_it_beside_the_finding(
    house: Served, client: FlaskClient, token: str, sloppy: Run
) -> None:
    found, words = costly(client, sloppy)[0], "I <b>did</b> write it down, in the issue"
    page = client.get(f"/runs/{sloppy.id}/objections?finding={found['id']}").get_data(as_text=True)
    assert f'<option value="{found["id"]}" selected>' in page

    form = {"csrf_token": token, "finding": found["id"], "reason": words}
    reply = client.post(f"/runs/{sloppy.id}/disputes", data=form)
    assert reply.status_code == 303
    done(house, sloppy, int(reply.location.partition("job=")[2].partition("&")[0]))

    listed = client.get(f"/runs/{sloppy.id}/objections/list").get_data(as_text=True)
    assert "I &lt;b&gt;did&lt;/b&gt; write it down" in listed
    assert "Withdraw it" in listed
    assert "Accept" not in listed
    board = client.get(f"/runs/{sloppy.id}").get_data(as_text=True)
    assert "<strong>Disputed</strong>, open: I &lt;b&gt;did&lt;/b&gt;" in board
    assert "This is wrong" in board
    withdrawn = client.post(f"/runs/{sloppy.id}/disputes/{found['id']}/withdraw", data={"csrf_token": token})
    assert withdrawn.status_code == 303


def test_the_trainer_answers_and_waives_on_the_page(
    house: Served, trainer: FlaskClient, token: str, sloppy: Run, code: str
) -> None:
    disputed, waived = costly(trainer, sloppy)[:2]
    said = {"finding": disputed["id"], "reason": REASON}
    followed(house, sloppy, trainer.post(f"/api/v1/runs/{sloppy.id}/disputes", json=said))
    page = trainer.get(f"/runs/{sloppy.id}/objections").get_data(as_text=True)
    assert all(word in page for word in ("Accept", "Decline", "Waive it", "Leave as trainer"))

    no = {"csrf_token": token, "answer": "it is as the rule says", "decision": "decline"}
    yes = {"csrf_token": token, "finding": waived["id"], "reason": REASON}
    for address, form in ((f"disputes/{disputed['id']}/answer", no), ("waivers", yes)):
        reply = trainer.post(f"/runs/{sloppy.id}/{address}", data=form)
        assert reply.status_code == 303
        done(house, sloppy, int(reply.location.partition("job=")[2].partition("&")[0]))

    assert finding_of(trainer, sloppy, disputed["id"])["disputed"]["state"] == "declined"
    assert finding_of(trainer, sloppy, waived["id"])["waived"]["by"] == "Tina"
    report = trainer.get(f"/runs/{sloppy.id}/report.md").get_data(as_text=True)
    assert "## Waived" in report
    assert REASON in report
    revoked = trainer.post(f"/runs/{sloppy.id}/waivers/{waived['id']}/revoke", data={"csrf_token": token})
    done(house, sloppy, int(revoked.location.partition("job=")[2].partition("&")[0]))


def test_forms_that_are_not_ours_change_nothing(trainer: FlaskClient, sloppy: Run) -> None:
    found = costly(trainer, sloppy)[0]["id"]

    for address in (
        "disputes",
        f"disputes/{found}/withdraw",
        f"disputes/{found}/answer",
        "waivers",
        f"waivers/{found}/revoke",
    ):
        reply = trainer.post(f"/runs/{sloppy.id}/{address}", data={"finding": found, "reason": REASON})
        assert reply.status_code == 403


def test_what_is_refused_is_said_on_the_page_with_what_was_typed(client: FlaskClient, token: str, sloppy: Run) -> None:
    form = {"csrf_token": token, "finding": "zzzz", "reason": "<i>because</i> it is so"}

    reply = client.post(f"/runs/{sloppy.id}/disputes", data=form)

    page = reply.get_data(as_text=True)
    assert reply.status_code == 404
    assert "there is no finding" in page
    assert "&lt;i&gt;because&lt;/i&gt; it is so</textarea>" in page


def test_the_trainers_code_is_asked_for_and_guesses_are_counted(client: FlaskClient, token: str, house: Served) -> None:
    peer, form = {"REMOTE_ADDR": "127.0.0.9"}, {"csrf_token": token, "name": "Tina"}
    replies = [client.post("/trainer", data={**form, "code": f"guess {n}"}, environ_base=peer) for n in range(11)]
    right = client.post("/trainer", data={**form, "code": house.office.key.trainer_code()}, environ_base=peer)

    assert [reply.status_code for reply in replies] == [403] * 10 + [429]
    assert right.status_code == 429
    assert "Accept" not in client.get("/trainer").get_data(as_text=True)


# --- commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("shell")
def test_the_commands_say_the_same(
    house: Served,
    client: FlaskClient,
    sloppy: Run,
    code: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = costly(client, sloppy)[0]
    on = ["--run", sloppy.id]

    assert main(["dispute", *on]) == 0
    assert found["id"] in capsys.readouterr().out
    assert main(["dispute", found["id"], *on]) == 2
    assert "say why: --reason TEXT" in capsys.readouterr().err
    assert main(["dispute", found["id"], "--reason", REASON, *on]) == 0
    assert main(["disputes", "accept", found["id"], "--answer", "you are right", "--by", "Tina", *on]) == 2
    assert "SPRINTDOJO_TRAINER_CODE" in capsys.readouterr().err
    monkeypatch.setenv("SPRINTDOJO_TRAINER_CODE", code)
    assert main(["disputes", "accept", found["id"], "--answer", "you are right", "--by", "Tina", "--json", *on]) == 0
    told = json.loads(capsys.readouterr().out)["disputes"]
    assert next(one for one in told if one["finding"] == found["id"] and one["state"] == "accepted")["by"] == "Tina"
    for _ in range(2):
        assert main(["disputes", "export", "--rule", found["rule"].lower(), "--to", str(tmp_path), *on]) == 0
    assert "0 added" in capsys.readouterr().out
    cases = cases_of(rule_named(found["rule"]), tmp_path / f"{found['rule']}.yaml")
    assert all(case.case.facts for case in cases)
    assert main(["waivers", *on]) == 0
    assert "Tina" in capsys.readouterr().out
    assert main(["waivers", "revoke", found["id"], "--by", "Tina", *on]) == 0


def test_the_code_is_printed_on_the_servers_machine_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trainer-code", "--data", str(tmp_path)]) == 2

    assert "no server has kept anything there" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
