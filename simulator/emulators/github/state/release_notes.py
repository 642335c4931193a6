"""The notes that GitHub writes for a release: the pull requests merged since the tag before.

Source: https://docs.github.com/en/repositories/releasing-projects-on-github/automatically-generated-release-notes
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from simulator.emulators.github.errors import ValidationFailed
from simulator.emulators.github.state import changes, release_plan
from simulator.emulators.github.state.issue_labels import labels_of
from simulator.emulators.github.state.release_plan import Entry
from simulator.emulators.github.state.releases import TAGS, latest_release
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import issues, pulls
from simulator.emulators.gitserver import history, refs, tags
from simulator.emulators.kit.tables import accounts
from simulator.emulators.kit.urls import Urls

_MOST_TAGS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a release is made of: from the tag before (None: from the beginning) to the tag, which need not exist yet."""

    tag: str
    head: str
    previous: str | None
    since: str | None


def notes_for(
    place: Place, *, tag: str, target: str, previous: str | None, plan_file: str | None, urls: Urls
) -> tuple[str, str]:
    """Title and text for a release. Raises ValidationFailed when the target or the tag before is unknown."""
    span = _span(place, tag, target, previous)
    entries = _merged_in(place, span)
    plan = release_plan.plan_at(changes.git(place), span.head, plan_file)
    page = urls.html(f"/{place.repository.full_name}")
    parts = [release_plan.sections(plan, entries, page=page), _newcomers(place, entries, page), _changelog(span, page)]
    return tag, "\n\n".join(part for part in parts if part)


def _span(place: Place, tag: str, target: str, previous: str | None) -> Span:
    git = changes.git(place)
    present = refs.read_ref(git, TAGS + tag)
    head = present or resolve(git, place.repository, target)
    if head is None:
        raise ValidationFailed(message="Invalid target_commitish parameter")
    head = str(history.commit(git, head).id)
    before = previous if previous is not None else _tag_before(place, tag, head)
    since = refs.read_ref(git, TAGS + before) if before is not None else None
    if before is not None and since is None:
        raise ValidationFailed(message="Invalid previous_tag parameter")
    since = str(history.commit(git, since).id) if since else None
    return Span(tag=tag, head=head, previous=before, since=since)


def _tag_before(place: Place, tag: str, head: str) -> str | None:
    """The tag that the head contains and that is nearest to it, else the latest release's."""
    git = changes.git(place)
    tips: dict[str, str] = {}
    for ref, sha in list(refs.list_refs(git, TAGS).items())[-_MOST_TAGS:]:
        if ref != TAGS + tag:
            tips[tags.commit_of(git, sha)] = ref.removeprefix(TAGS)
    for commit in git.walk(head) if tips else ():
        if str(commit.id) in tips:
            return tips[str(commit.id)]
    latest = latest_release(place)
    return latest.tag_name if latest is not None and latest.tag_name != tag else None


def _merged_in(place: Place, span: Span) -> list[Entry]:
    fresh = {str(commit.id) for commit in history.commits_between(changes.git(place), span.since, span.head)}
    query = (
        select(
            pulls.c.id, pulls.c.number, pulls.c.merge_commit_sha, issues.c.title, issues.c.author_id, accounts.c.login
        )
        .join_from(pulls, issues, (pulls.c.site == issues.c.site) & (pulls.c.id == issues.c.id))
        .outerjoin(accounts, (accounts.c.site == issues.c.site) & (accounts.c.id == issues.c.author_id))
        .where(pulls.c.site == place.site, pulls.c.repository_id == place.repository.id, pulls.c.merged_at.is_not(None))
        .order_by(pulls.c.merged_at, pulls.c.id)
    )
    rows = [row for row in place.connection.execute(query) if row.merge_commit_sha in fresh]
    labels = labels_of(place, {row.id for row in rows})
    return [
        Entry(
            number=row.number,
            title=row.title,
            author_id=row.author_id,
            login=row.login or "ghost",
            labels=frozenset(label.name.lower() for label in labels.get(row.id, ())),
        )
        for row in rows
    ]


def _newcomers(place: Place, entries: Sequence[Entry], page: str) -> str:
    authors = {entry.author_id for entry in entries}
    query = (
        select(func.min(pulls.c.number))
        .join_from(pulls, issues, (pulls.c.site == issues.c.site) & (pulls.c.id == issues.c.id))
        .where(
            pulls.c.site == place.site,
            pulls.c.repository_id == place.repository.id,
            pulls.c.merged_at.is_not(None),
            issues.c.author_id.in_(authors),
        )
        .group_by(issues.c.author_id)
    )
    firsts = set(place.connection.execute(query).scalars()) if authors else set()
    new = [entry for entry in entries if entry.number in firsts]
    lines = [f"* @{entry.login} made their first contribution in {page}/pull/{entry.number}" for entry in new]
    return "\n".join(["## New Contributors", *lines]) if lines else ""


def _changelog(span: Span, page: str) -> str:
    where = f"compare/{span.previous}...{span.tag}" if span.previous else f"commits/{span.tag}"
    return f"**Full Changelog**: {page}/{where}"
