"""What tests of disputes and waivers share: asking, waiting, and reading the card."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from simulator.model.runs import Run
from tests.web.served import Served, eventually

REASON = "the description stands in the issue, as we agreed"


def done(house: Served, run: Run, number: int) -> None:
    """Wait until a job is done, and see that it was."""
    job = eventually(lambda: (job := house.office.job(run, number)).state != "working" and job)
    assert job.state == "done", job.problem


def followed(house: Served, run: Run, reply: Any) -> None:
    """The same for the job of an answer of the API."""
    assert reply.status_code == 202, reply.get_data(as_text=True)
    done(house, run, reply.get_json()["job"])


def card_of(client: FlaskClient, run: Run) -> dict[str, Any]:
    """The learner's card."""
    found: dict[str, Any] = client.get(f"/api/v1/runs/{run.id}/scorecard").get_json()
    return found


def costly(client: FlaskClient, run: Run) -> list[dict[str, Any]]:
    """Open breaches that cost points and about which nothing was said yet."""
    return [
        one
        for one in card_of(client, run)["findings"]
        if one["open"] and one["points_lost"] and not one["waived"] and not one["disputed"]
    ]


def finding_of(client: FlaskClient, run: Run, which: str) -> dict[str, Any]:
    """A finding by its id."""
    return next(one for one in card_of(client, run)["findings"] if one["id"] == which)


def as_trainer(code: str) -> dict[str, str]:
    """Headers that show the trainer's code."""
    return {"Sprintdojo-Trainer": code}
