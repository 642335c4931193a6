"""CM-14: what breaks something is marked as such."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.hygiene.headers import better_header, marked_breaking, marks_breaking, type_of
from simulator.hygiene.messages import says_breaking
from simulator.hygiene.pull_advice import retitle
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import BREAKING_PULLS, BreakingPull
from simulator.model.history import History, PullRequest
from simulator.model.history.code import header_of
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_SHOWN = 3


@rule(
    code="CM-14",
    name="breaking-change-marked",
    about=BREAKING_PULLS,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def breaking_change_marked(breaking: BreakingPull, history: History, _: NoOptions) -> Verdict:
    """A change that breaks something for its users carries `!` or `BREAKING CHANGE:`.

    What it checks
    --------------
    A pull request is taken to break something when a label says so (`breaking…`, `semver-major`), or when it takes away an
    endpoint, a name that a Python package exports in its `__init__.py`, or an `export` of an `index` file, and does not bring
    it back elsewhere. One of the messages that reach the default branch must then have a `!` before the colon, or a footer
    `BREAKING CHANGE:` in capitals. Before the merge the pull request's title counts as well.

    Why it matters
    --------------
    Those who use the product must see it before they update, and the next version's number is made of it.

    Example
    -------
    Good: `feat(api)!: drop the v1 endpoints`

    Bad: `refactor(api): clean up`, which takes `/v1/refunds` away

    How to fix
    ----------
    Before the merge, put a `!` before the colon of the title and of the commit that breaks something, and say in a footer
    `BREAKING CHANGE:` what users have to do.

    References
    ----------
    - https://www.conventionalcommits.org/en/v1.0.0/
    """
    pull = breaking.pull
    if pull.ready_at is None:
        return Wait(reason="a draft; judged when it is ready for review")
    if pull.closed_at and not pull.merged_at:
        return Skip(reason="closed without a merge: it breaks nothing")
    if not breaking.taken_away and breaking.label not in pull.labels_at(pull.merged_at or pull.labels[-1][0]):
        return Skip(
            reason=f"the label “{breaking.label[:60]}” was taken off, and nothing else tells that it breaks something"
        )
    why = _why(breaking)
    evidence: Measures = {
        "label": breaking.label[:100] or None,
        "taken away": ", ".join(breaking.taken_away[:_SHOWN])[:300] or None,
        "limit": "a ! or BREAKING CHANGE:",
    }
    if any(marks_breaking(header_of(message)) or says_breaking(message) for message in _messages(pull, history)):
        return Pass(message=f"#{pull.number} {why} and says so", evidence=evidence)
    return Breach(
        message=f"#{pull.number} {why}, and no message marks it with a ! or BREAKING CHANGE:.",
        how_to_fix=_how_to_fix(pull, history),
        repair=Repair.NONE if pull.merged_at else Repair.SAFE,
        evidence=evidence,
    )


def _why(breaking: BreakingPull) -> str:
    if breaking.label:
        return f"is labelled “{breaking.label[:60]}”"
    more = ", …" if len(breaking.taken_away) > _SHOWN else ""
    return f"takes {', '.join(lost[:80] for lost in breaking.taken_away[:_SHOWN])}{more} away"


def _messages(pull: PullRequest, history: History) -> Iterator[str]:
    """What reached the default branch; before the merge, or where that is not known, the commits and the title."""
    landed = history.landings_of.get(pull.number, ()) if pull.merged_at else ()
    for landing in landed:
        known = history.commits.get(landing.sha)
        yield landing.message or (known.message if known else "")
    if not landed:
        yield pull.title_at(pull.merged_at) if pull.merged_at else pull.title
        yield from (commit.message for commit in pull.commits)


def _how_to_fix(pull: PullRequest, history: History) -> str:
    if pull.merged_at:
        return (
            "It is merged and stays. Tell those who use it, in the release notes or the changelog, what they have to do; "
            "and put a ! before the colon of the next such title."
        )
    title = header_of(pull.title) if type_of(pull.title) else better_header(pull.title, history, pull.item)
    mark = retitle(pull, marked_breaking(title)) if title else f"Put a ! before the colon of the title: {pull.url}"
    return f"{mark}\nWithout a squash the commit needs the ! too, and a footer BREAKING CHANGE: with what users have to do."
