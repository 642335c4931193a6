"""Disputes and waivers by the API: who may say what, and what it does to the score."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from simulator.hygiene.registry import rule_named
from simulator.model.runs import Run
from simulator.testing.cases import cases_of
from tests.web.objecting import REASON, as_trainer, card_of, costly, done, finding_of, followed
from tests.web.served import Served, eventually, served

# --- disputes ---------------------------------------------------------------------------------------------------------


def test_a_dispute_is_accepted_with_a_word_waived_and_becomes_a_case(
    house: Served, client: FlaskClient, sloppy: Run, code: str, tmp_path: Path
) -> None:
    found, before = costly(client, sloppy)[0], card_of(client, sloppy)
    address = f"/api/v1/runs/{sloppy.id}/disputes"

    followed(house, sloppy, client.post(address, json={"finding": found["id"][:8], "reason": REASON}))
    disputed = finding_of(client, sloppy, found["id"])
    assert (disputed["disputed"]["state"], disputed["disputed"]["reason"]) == ("open", REASON)
    assert card_of(client, sloppy)["score"] == before["score"]

    word = {"answer": "you are right, the rule is not", "by": "Tina"}
    answer = client.post(f"{address}/{found['id']}/acceptance", json=word, headers=as_trainer(code))
    followed(house, sloppy, answer)

    after = finding_of(client, sloppy, found["id"])
    assert (after["open"], after["points_lost"]) == (False, 0.0)
    assert (after["waived"]["by"], after["waived"]["reason"]) == ("Tina", REASON)
    assert (after["disputed"]["state"], after["disputed"]["answer"]) == ("accepted", word["answer"])
    assert client.get(f"/api/v1/runs/{sloppy.id}/waivers").get_json()["left"] == {"learner": 3}
    (case,) = client.get(f"{address}/cases").get_json()["cases"][found["rule"]]
    file = tmp_path / "case.yaml"
    file.write_text(yaml.safe_dump([case | {"expect": {"outcome": "breach"}}]), encoding="utf-8")
    cases_of(rule_named(found["rule"]), file)[0].check()


def test_a_dispute_is_declined_or_withdrawn_and_costs_what_it_cost(
    house: Served, client: FlaskClient, sloppy: Run, code: str
) -> None:
    one, other = costly(client, sloppy)[:2]
    address = f"/api/v1/runs/{sloppy.id}/disputes"
    for found in (one, other):
        followed(house, sloppy, client.post(address, json={"finding": found["id"], "reason": REASON}))

    no = {"answer": "it is as the rule says", "by": "Tina"}
    followed(house, sloppy, client.post(f"{address}/{one['id']}/refusal", json=no, headers=as_trainer(code)))
    followed(house, sloppy, client.post(f"{address}/{other['id']}/withdrawal", json={}))

    told = {entry["finding"]: entry for entry in client.get(address).get_json()["disputes"]}
    assert (told[one["id"]]["state"], told[one["id"]]["answer"]) == ("declined", no["answer"])
    assert told[other["id"]]["state"] == "withdrawn"
    assert finding_of(client, sloppy, one["id"])["points_lost"] > 0
    again = client.post(f"{address}/{one['id']}/refusal", json=no, headers=as_trainer(code))
    assert (again.status_code, again.get_json()["title"]) == (409, "that dispute is declined")


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"finding": "zzzz", "reason": REASON}, 404, "there is no finding 'zzzz'"),
        ({"finding": "", "reason": REASON}, 422, "finding is missing"),
        ({"finding": "0", "reason": ""}, 422, "reason is missing"),
        ({"finding": 7, "reason": REASON}, 422, "finding is not a text"),
        ({"finding": "zzzz", "reason": "x" * 3000}, 422, "reason is not a text of at most 2000"),
        ({"finding": "zzzz", "reason": REASON, "seat": "mira"}, 409, "'mira' is not a learner's seat"),
    ],
)
def test_what_cannot_be_disputed_is_refused(
    client: FlaskClient, sloppy: Run, body: dict[str, Any], status: int, said: str
) -> None:
    reply = client.post(f"/api/v1/runs/{sloppy.id}/disputes", json=body)

    assert (reply.status_code, reply.get_json()["title"][: len(said)]) == (status, said)


def test_a_reason_has_bounds_and_what_costs_nothing_is_not_disputed(client: FlaskClient, sloppy: Run) -> None:
    address, found = f"/api/v1/runs/{sloppy.id}/disputes", costly(client, sloppy)[0]
    passed = next(
        one for one in card_of(client, sloppy)["findings"] if one["outcome"] == "pass" and not one["points_lost"]
    )

    short = client.post(address, json={"finding": found["id"], "reason": "no   no"})
    long = client.post(address, json={"finding": found["id"], "reason": "x" * 1500})
    free = client.post(address, json={"finding": passed["id"], "reason": REASON})

    assert (short.status_code, long.status_code, free.status_code) == (422, 422, 409)
    assert free.get_json()["title"] == "that finding costs nothing"


# --- waivers ----------------------------------------------------------------------------------------------------------


def test_a_second_person_waives_three_findings_in_a_sprint_and_takes_one_back(
    house: Served, client: FlaskClient, sloppy: Run, code: str
) -> None:
    address, before = f"/api/v1/runs/{sloppy.id}/waivers", card_of(client, sloppy)["score"]
    some = [found["id"] for found in costly(client, sloppy)[:4]]
    replies = [
        client.post(address, json={"finding": one, "reason": REASON, "by": "Tina"}, headers=as_trainer(code))
        for one in some
    ]
    for reply in replies[:3]:
        followed(house, sloppy, reply)

    job = eventually(lambda: (j := house.office.job(sloppy, replies[3].get_json()["job"])).state != "working" and j)
    assert (job.state, "3 findings of this learner" in job.problem) == ("failed", True)
    assert client.get(address).get_json()["left"] == {"learner": 0}
    assert card_of(client, sloppy)["score"] >= before
    for one in some[:3]:
        followed(
            house, sloppy, client.post(f"{address}/{one}/revocation", json={"by": "Tina"}, headers=as_trainer(code))
        )
    assert card_of(client, sloppy)["score"] == pytest.approx(before)
    states = {entry["finding"]: entry["in_force"] for entry in client.get(address).get_json()["waivers"]}
    assert not any(states[one] for one in some[:3])


@pytest.mark.parametrize(
    "headers", [{}, {"Sprintdojo-Trainer": "guessed"}, {"Sprintdojo-Trainer": "Ω".encode().decode("latin-1")}]
)
def test_nobody_waives_without_the_trainers_code(client: FlaskClient, sloppy: Run, headers: dict[str, str]) -> None:
    found = costly(client, sloppy)[0]["id"]
    runs = f"/api/v1/runs/{sloppy.id}"

    for address, body in (
        (f"{runs}/waivers", {"finding": found, "reason": REASON, "by": "Tina"}),
        (f"{runs}/waivers/{found}/revocation", {"by": "Tina"}),
        (f"{runs}/disputes/{found}/acceptance", {"answer": REASON, "by": "Tina"}),
        (f"{runs}/disputes/{found}/refusal", {"answer": REASON, "by": "Tina"}),
    ):
        reply = client.post(address, json=body, headers=headers)
        assert (reply.status_code, reply.get_json()["title"]) == (403, "only a trainer may say that")


@pytest.mark.parametrize("name", ["learner", "Robin Hale", "ROBIN  hale", "robin", "robin@acme.example"])
def test_a_learner_of_the_run_is_no_second_person(client: FlaskClient, sloppy: Run, code: str, name: str) -> None:
    body = {"finding": costly(client, sloppy)[0]["id"], "reason": REASON, "by": name}

    reply = client.post(f"/api/v1/runs/{sloppy.id}/waivers", json=body, headers=as_trainer(code))

    assert reply.status_code == 403
    assert "is a learner in this run" in reply.get_json()["title"]


def test_a_finished_run_is_scored_again_too(house: Served, client: FlaskClient, code: str) -> None:
    run = house.begin(seed=4)
    done(house, run, house.office.play(run, "sloppy", "day 3").number)
    done(house, run, house.office.finish(run).number)
    found, before = costly(client, run)[0], card_of(client, run)

    body = {"finding": found["id"], "reason": REASON, "by": "Tina"}
    followed(house, run, client.post(f"/api/v1/runs/{run.id}/waivers", json=body, headers=as_trainer(code)))

    after = card_of(client, run)
    assert finding_of(client, run, found["id"])["waived"]["by"] == "Tina"
    assert (after["provisional"], after["elapsed"]) == (False, 1.0)
    assert after["score"] >= before["score"]


def test_what_was_said_is_still_there_after_a_restart(tmp_path: Path) -> None:
    with served(tmp_path) as first:
        run = first.begin(seed=5)
        done(first, run, first.office.play(run, "sloppy", "day 3").number)
        client, code = first.app.test_client(), first.office.key.trainer_code()
        one, other = (found["id"] for found in costly(client, run)[:2])
        body = {"finding": one, "reason": REASON, "by": "Tina"}
        followed(first, run, client.post(f"/api/v1/runs/{run.id}/waivers", json=body, headers=as_trainer(code)))
        said = {"finding": other, "reason": REASON}
        followed(first, run, client.post(f"/api/v1/runs/{run.id}/disputes", json=said))
        score = card_of(client, run)["score"]

    with served(tmp_path) as second:
        client = second.app.test_client()
        assert second.office.key.trainer_code() == code
        assert card_of(client, run)["score"] == score
        assert finding_of(client, run, one)["waived"]["reason"] == REASON
        assert client.get(f"/api/v1/runs/{run.id}/disputes").get_json()["disputes"][0]["finding"] == other
