"""The sprint review: what is shown, issue by issue against its criteria, and how that compares with what was merged."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.actions import Action, Channel, FieldKind, HoldCeremony, PostNote, PromptField, PromptOption
from simulator.model.history import History, Issue, Prompt
from simulator.model.keys import IssueKey
from simulator.plan.meetings.meeting import as_option, ask_humans, goal_of, issues_of
from simulator.scenario.backlog import IssuePart
from simulator.scenario.claims import Remark, is_open_at
from simulator.scenario.events.new_issue import NewIssueEvent
from simulator.scenario.events.review import ReviewEvent
from simulator.scenario.view import View

_ASKED = "Tick what meets its criteria and can be shown. What is nearly done is shown another time."
_MOST_CRITERIA = 6


def review(meeting: HoldCeremony, event: ReviewEvent, view: View) -> tuple[Action, ...]:
    """What is said and asked."""
    issues = issues_of(view, event.sprint)
    name = next((part.name for part in view.scenario.spec.sprints if part.id == event.sprint), event.sprint)
    goal = goal_of(view, event.sprint)
    opening = PostNote(
        actor=meeting.actor,
        channel=Channel.CHAT,
        text=event.text or f"Review time. {f'Our goal was: “{goal}” ' if goal else ''}What can we show?",
    )
    fields = (
        PromptField(
            id="met",
            label="Meets its criteria",
            kind=FieldKind.ISSUES,
            options=tuple(_option(issue, view) for issue in issues),
        ),
        PromptField(id="said", label="What you show, and what is missing", optional=True),
    )
    asked = ask_humans(
        meeting, view, title=f"Review: {name}", text=_ASKED, until=view.later(view.now, event.within), fields=fields
    )
    return (opening, *asked)


def review_remarks(prompt: Prompt, history: History) -> tuple[Remark, ...]:
    """Where the answer and what was merged tell differently."""
    if prompt.answer is None:
        return ()
    met = {IssueKey(key) for key in prompt.answer.answers.get("met", "").split(",") if key}
    offered = [IssueKey(str(o["value"])) for field in prompt.fields for o in field.get("options") or ()]
    return tuple(_compared(prompt, history, met, [history.issues[key] for key in offered if key in history.issues]))


def _compared(prompt: Prompt, history: History, met: set[IssueKey], issues: list[Issue]) -> Iterator[Remark]:
    at = prompt.answer.at if prompt.answer else history.now
    for issue in issues:
        pulls = history.pulls_of.get(issue.key, ())
        unmerged = [pull for pull in pulls if is_open_at(pull, at)]
        merged = [pull for pull in pulls if pull.merged_at and pull.merged_at <= at]
        status = issue.at(at)
        if issue.key in met and unmerged:
            text = f"{issue.key} is shown as met, and #{unmerged[0].number} for it is not merged."
            yield Remark(kind="shown-unmerged", text=text, evidence=(issue.url, unmerged[0].url))
        elif issue.key in met and status.category != "done":
            nothing = "" if merged else "nothing was merged for it, and "
            text = f"{issue.key} is shown as met; {nothing}the board says {status.status}."
            yield Remark(kind="shown-unmerged", text=text, evidence=(issue.url,))
        elif issue.key not in met and merged and not unmerged and status.category == "done":
            text = f"{issue.key} is merged and done, and is not among what is shown. It may well be."
            yield Remark(kind="not-shown", text=text, evidence=(issue.url, merged[0].url))


def _option(issue: Issue, view: View) -> PromptOption:
    listed = [f"{issue.state.status}", *_criteria(issue, view)[:_MOST_CRITERIA]]
    return as_option(issue, view, "; ".join(listed))


def _criteria(issue: Issue, view: View) -> tuple[str, ...]:
    """The criteria that the scenario wrote; of an issue that was described anew, none."""
    later = (event.new for event in view.scenario.spec.story if isinstance(event, NewIssueEvent))
    parts: list[IssuePart] = [*view.scenario.spec.backlog, *later]
    part = next((part for part in parts if part.id == issue.ref), None)
    return part.criteria if part and all(c in issue.state.description for c in part.criteria) else ()
