"""Releases: rows, the tags they stand on, and which of them is the latest.

Source: https://docs.github.com/en/rest/releases/releases
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from simulator.emulators.github.errors import FieldError, ValidationFailed, already_exists, invalid
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.api_rules import forbidden
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.revisions import is_empty, resolve
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import releases
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.errors import BadName, RefMoved
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit.database import next_value

TAGS = "refs/tags/"
LATEST_WORDS = ("true", "false", "legacy")
"""Values of `make_latest`. At most one release of a repository is kept as "true": the one that is the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A row of gh_releases. `created_at` is the date of the commit, once there is one."""

    id: int
    repository_id: int
    author_id: int
    tag_name: str
    target_commitish: str
    name: str | None
    body: str | None
    draft: bool
    prerelease: bool
    make_latest: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDraft:
    """What a release is to be. `make_latest` None: as usual, so true for what is newly published."""

    tag_name: str
    target_commitish: str
    name: str | None
    body: str | None
    draft: bool
    prerelease: bool
    make_latest: str | None = None


_NAMES = [field.name for field in fields(Release)]
_COLUMNS = [releases.c[name] for name in _NAMES]
_NEWEST_FIRST = (releases.c.draft.desc(), releases.c.created_at.desc(), releases.c.id.desc())


def list_releases(place: Place, *, drafts: bool, offset: int, limit: int) -> tuple[list[Release], int]:
    """A page of releases, drafts (if they are to be seen) first, then the newest first; and how many there are."""
    shown = _here(place) if drafts else (*_here(place), ~releases.c.draft)
    total = place.connection.execute(select(func.count()).select_from(releases).where(*shown)).scalar_one()
    query = select(*_COLUMNS).where(*shown).order_by(*_NEWEST_FIRST).offset(offset).limit(limit)
    return [Release(**row) for row in place.connection.execute(query).mappings()], total


def find_release(place: Place, release_id: int) -> Release | None:
    """A release by its number, a draft too."""
    return _first(place, releases.c.id == release_id)


def release_of_tag(place: Place, tag: str) -> Release | None:
    """The published release of a tag; there is at most one."""
    return _first(place, releases.c.tag_name == tag, ~releases.c.draft)


def draft_of_tag(place: Place, tag: str) -> Release | None:
    """The newest draft that is to have a tag."""
    return _first(place, releases.c.tag_name == tag, releases.c.draft)


def latest_release(place: Place) -> Release | None:
    """The release that counts as the latest: the one that was made so, else the newest that may be; never a pre-release."""
    full = (~releases.c.draft, ~releases.c.prerelease)
    return _first(place, *full, releases.c.make_latest == "true") or _first(
        place, *full, releases.c.make_latest == "legacy"
    )


def create_release(work: Work, wanted: ReleaseDraft) -> Release:
    """A new release; a published one makes its tag when there is none.

    Raises ValidationFailed for a bad tag or target, a tag that is released already, and an empty repository. A draft that asks
    to be the latest is taken, unlike in `edit_release`: it may be when it is published.
    """
    if wanted.draft and wanted.make_latest == "true":
        wanted = replace(wanted, make_latest=None)
    _check_latest(wanted)
    _check_tag(work, wanted.tag_name, draft=wanted.draft, release_id=None)
    sha = None if wanted.draft else _tagged(work, wanted)
    made = Release(
        id=next_value(work.connection, work.site, "gh_releases"),
        repository_id=work.repository.id,
        author_id=work.actor.id,
        tag_name=wanted.tag_name,
        target_commitish=wanted.target_commitish,
        name=wanted.name,
        body=wanted.body,
        draft=wanted.draft,
        prerelease=wanted.prerelease,
        make_latest=_latest_word(wanted),
        created_at=_committed_at(work, sha) if sha else work.at,
        updated_at=work.at,
        published_at=None if wanted.draft else work.at,
    )
    _give_way(work, made)
    work.connection.execute(insert(releases), {"site": work.site, **{name: getattr(made, name) for name in _NAMES}})
    work.tell("release", "created", release=made)
    if not made.draft:
        _tell_published(work, made)
    return made


def edit_release(work: Work, release: Release, wanted: ReleaseDraft) -> Release:
    """Change a release; one that is no draft any more is published, with its tag. Raises as `create_release` does."""
    _check_latest(wanted)
    _check_tag(work, wanted.tag_name, draft=wanted.draft, release_id=release.id)
    publishing = release.draft and not wanted.draft
    retagged = not wanted.draft and (publishing or wanted.tag_name != release.tag_name)
    newly_so = publishing and release.make_latest != "false"
    sha = _tagged(work, wanted) if retagged else None
    after = replace(
        release,
        tag_name=wanted.tag_name,
        target_commitish=wanted.target_commitish,
        name=wanted.name,
        body=wanted.body,
        draft=wanted.draft,
        prerelease=wanted.prerelease,
        make_latest=wanted.make_latest or (_latest_word(wanted) if newly_so else release.make_latest),
        created_at=_committed_at(work, sha) if sha else release.created_at,
        updated_at=work.at,
        published_at=None if wanted.draft else release.published_at or work.at,
    )
    if wanted.prerelease and not release.prerelease:
        after = replace(after, make_latest="legacy")
    _give_way(work, after)
    values = {name: getattr(after, name) for name in _NAMES if name != "id"}
    work.connection.execute(update(releases).where(*_here(work), releases.c.id == release.id).values(**values))
    _tell_edited(work, release, after)
    return after


def delete_release(work: Work, release: Release) -> None:
    """Delete a release; its tag stays."""
    work.tell("release", "deleted", release=release)
    work.connection.execute(delete(releases).where(*_here(work), releases.c.id == release.id))


def _tell_published(work: Work, release: Release) -> None:
    work.tell("release", "published", release=release)
    work.tell("release", "prereleased" if release.prerelease else "released", release=release)


def _tell_edited(work: Work, before: Release, after: Release) -> None:
    if before.draft and not after.draft:
        _tell_published(work, after)
    elif after.draft and not before.draft:
        work.tell("release", "unpublished", release=after)
    changed = {
        name: {"from": getattr(before, name) or ""}
        for name in ("name", "body", "tag_name")
        if getattr(before, name) != getattr(after, name)
    }
    work.tell("release", "edited", release=after, changes=changed)
    if before.prerelease and not after.prerelease and not before.draft and not after.draft:
        work.tell("release", "released", release=after)


def _check_latest(wanted: ReleaseDraft) -> None:
    if wanted.make_latest == "true" and (wanted.draft or wanted.prerelease):
        raise _failed("make_latest", "Latest release cannot be draft or prerelease.")


def _check_tag(work: Work, tag: str, *, draft: bool, release_id: int | None) -> None:
    if not tag.strip() or not refs.is_valid_name(TAGS + tag) or refs.is_sha(tag):
        raise _failed("tag_name", "tag_name is not well-formed")
    other = None if draft else release_of_tag(work, tag)
    if other is not None and other.id != release_id:
        raise already_exists("Release", "tag_name")


def _tagged(work: Work, wanted: ReleaseDraft) -> str:
    """The commit of the release's tag, which is made when there is none."""
    git = changes.git(work)
    present = refs.read_ref(git, TAGS + wanted.tag_name)
    if present is not None:
        return present
    if is_empty(git):
        raise ValidationFailed(message="Repository is empty.")
    sha = resolve(git, work.repository, wanted.target_commitish)
    if sha is None:
        raise invalid("Release", "target_commitish", value=wanted.target_commitish)
    update_ = RefUpdate(ref=TAGS + wanted.tag_name, before=None, after=sha)
    reason = forbidden(work, update_, work.actor)
    if reason:
        raise _failed("pre_receive", reason)
    try:
        move_ref(work.connection, work.instance, work.repository, update_, work.actor)
    except (RefMoved, BadName) as exc:
        raise _failed("tag_name", str(exc)) from exc
    return sha


def _committed_at(work: Work, sha: str) -> datetime:
    commit = history.commit(changes.git(work), sha)
    return datetime.fromtimestamp(commit.commit_time, UTC)


def _latest_word(wanted: ReleaseDraft) -> str:
    return wanted.make_latest or ("legacy" if wanted.draft or wanted.prerelease else "true")


def _give_way(work: Work, release: Release) -> None:
    if release.make_latest == "true":
        others = (*_here(work), releases.c.id != release.id, releases.c.make_latest == "true")
        work.connection.execute(update(releases).where(*others).values(make_latest="legacy"))


def _failed(field: str, message: str) -> ValidationFailed:
    return ValidationFailed([FieldError(resource="Release", field=field, code="custom", message=message)])


def _here(place: Place) -> tuple[ColumnElement[bool], ...]:
    return releases.c.site == place.site, releases.c.repository_id == place.repository.id


def _first(place: Place, *conditions: ColumnElement[bool]) -> Release | None:
    query = select(*_COLUMNS).where(*_here(place), *conditions).order_by(*_NEWEST_FIRST).limit(1)
    row: Any = place.connection.execute(query).mappings().first()
    return None if row is None else Release(**row)
