"""Everything that people said in a run, wherever they said it: on issues, on pull requests, in reviews, in the feed, to a prompt.

Refuses to judge what was said. All instants are simulated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from simulator.model.history.in_the_run import InTheRun, Prompt
from simulator.model.history.pulls import PullRequest
from simulator.model.history.tracker import Issue
from simulator.model.keys import IssueKey, SeatId
from simulator.model.record import record


@record
class Said:
    """Something that somebody said; `issue`, `pull` and `prompt` tell where, `channel` is that of the feed.

    `path` is the file of a remark on a line; `evidence` the place as a URL, or the subject of the fact where there is none.
    """

    seat: SeatId | None
    at: datetime
    text: str
    evidence: str
    issue: IssueKey | None = None
    pull: int | None = None
    path: str | None = None
    prompt: str | None = None
    channel: str | None = None


def everything_said(issues: Iterable[Issue], pulls: Iterable[PullRequest], run: InTheRun) -> tuple[Said, ...]:
    """All of it, oldest first. A review without words says nothing."""
    found = [
        *(said for issue in issues for said in _on_issue(issue)),
        *(said for pull in pulls for said in _on_pull(pull)),
        *_in_the_feed(run),
        *_to_prompts(run.prompts.values()),
    ]
    return tuple(sorted((said for said in found if said.text.strip()), key=lambda said: (said.at, said.evidence)))


def _on_issue(issue: Issue) -> Iterator[Said]:
    for comment in issue.comments:
        yield Said(
            seat=comment.author,
            at=comment.at,
            text=comment.body,
            evidence=comment.url or f"issue:{issue.key}",
            issue=issue.key,
        )


def _on_pull(pull: PullRequest) -> Iterator[Said]:
    for comment in pull.comments:
        yield Said(
            seat=comment.author,
            at=comment.at,
            text=comment.body,
            evidence=comment.url or f"pull:{pull.number}",
            pull=pull.number,
            path=comment.path,
        )
    for review in pull.reviews:
        where = review.url or f"pull:{pull.number}"
        yield Said(seat=review.author, at=review.at, text=review.body, evidence=where, pull=pull.number)


def _in_the_feed(run: InTheRun) -> Iterator[Said]:
    for note in run.notes:
        channel = note.detail.get("channel")
        yield Said(
            seat=note.actor,
            at=note.at,
            text=str(note.detail.get("text") or ""),
            evidence=note.source_id,
            channel=str(channel) if channel else None,
        )


def _to_prompts(prompts: Iterable[Prompt]) -> Iterator[Said]:
    for prompt in prompts:
        if prompt.answer is not None:
            answer = prompt.answer
            words = "\n".join(text for text in answer.answers.values() if text)
            yield Said(seat=answer.seat, at=answer.at, text=words, evidence=f"prompt:{prompt.id}", prompt=prompt.id)
