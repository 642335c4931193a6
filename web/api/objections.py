"""The routes of /api/v1 on what people say against findings. A trainer shows the code in the header `Sprintdojo-Trainer`."""

from __future__ import annotations

from web.api.blueprint import Answer, accepted, api
from web.api.bodies import text
from web.conditional import conditional
from web.desk import office
from web.trainer import need_trainer


@api.get("/runs/<run_id>/disputes")
def disputes(run_id: str) -> Answer:
    """What learners say against findings, what is open first, with the trainer's answers."""
    return conditional({"disputes": office().objecting.disputes(office().find(run_id))})


@api.post("/runs/<run_id>/disputes")
def dispute(run_id: str) -> Answer:
    """Say as `seat` (else the first learner) that a `finding`, by its id, is wrong, with a `reason`."""
    run, reason = office().find(run_id), text("reason", needed=True) or ""
    return accepted(office().objecting.dispute(run, text("seat"), text("finding", needed=True) or "", reason))


@api.post("/runs/<run_id>/disputes/<finding>/withdrawal")
def withdraw_dispute(run_id: str, finding: str) -> Answer:
    """Take one's own open dispute back, as `seat` (else the first learner)."""
    return accepted(office().objecting.withdraw(office().find(run_id), text("seat"), finding))


@api.post("/runs/<run_id>/disputes/<finding>/acceptance")
def accept_dispute(run_id: str, finding: str) -> Answer:
    """Accept a dispute as a trainer (`by`) with a word (`answer`); `right` is what the rule should have said: pass or skip."""
    by, run = need_trainer(text("by", needed=True)), office().find(run_id)
    answer, right = text("answer", needed=True) or "", text("right") or "pass"
    return accepted(office().objecting.accept(run, finding, answer=answer, by=by, right=right))


@api.post("/runs/<run_id>/disputes/<finding>/refusal")
def decline_dispute(run_id: str, finding: str) -> Answer:
    """Decline a dispute as a trainer (`by`) with a word (`answer`)."""
    by, run = need_trainer(text("by", needed=True)), office().find(run_id)
    return accepted(office().objecting.decline(run, finding, answer=text("answer", needed=True) or "", by=by))


@api.get("/runs/<run_id>/disputes/cases")
def cases(run_id: str) -> Answer:
    """Accepted disputes as cases for the rules' case files, by code; without names, with the facts that each rests on."""
    return conditional({"cases": office().objecting.cases(office().find(run_id))})


@api.get("/runs/<run_id>/waivers")
def waivers(run_id: str) -> Answer:
    """Waivers of the scenario and of trainers, which of them are unused, and how many each learner has `left` in this sprint."""
    return conditional(office().objecting.waivers(office().find(run_id)))


@api.post("/runs/<run_id>/waivers")
def waive(run_id: str) -> Answer:
    """Waive a `finding`, by its id, as a trainer (`by`) with a `reason`: it costs nothing more. At most three a sprint."""
    by, run = need_trainer(text("by", needed=True)), office().find(run_id)
    reason = text("reason", needed=True) or ""
    return accepted(office().objecting.waive(run, text("finding", needed=True) or "", reason=reason, by=by))


@api.post("/runs/<run_id>/waivers/<finding>/revocation")
def revoke_waiver(run_id: str, finding: str) -> Answer:
    """Take the waiver of a finding back, as a trainer (`by`)."""
    by = need_trainer(text("by", needed=True))
    return accepted(office().objecting.revoke(office().find(run_id), finding, by=by))
