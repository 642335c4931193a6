"""What webhooks are told: notices become payloads and payloads become deliveries, as far as anybody listens.

To tell of something, note it down where it happens; nothing is rendered unless a hook of the repository (or of its
organization) wants the event:

- with a `Work` at hand: `work.tell("milestone", "closed", milestone=row)`. Whoever made the `Work` calls `announce(work)`
  in the end; `desk.work_for` does.
- with a repository only: `announce_now(connection, instance, repository, actor, "label", "created", label=row)`.
- about an organization, with no repository: `announce_in_organization(…, "team", "created", team=row)`.

A new event is a new file `payloads/notices/EVENT.py` with one function `subject(work, notice, urls) -> dict`: what is special
to the event, from `notice.action`, `notice.issue_id` and `notice.detail` (the keywords of `tell`). Everything else of the
payload is added here. An event of organizations takes an `OrganizationWork` instead of a `Work`. Add the event's name to
`REPOSITORY_EVENTS` or `ORGANIZATION_EVENTS` in `state/hooks.py`, so that hooks may ask for it.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from simulator.emulators.github.payloads import notices
from simulator.emulators.github.payloads.notices.repositories import told_repository
from simulator.emulators.github.payloads.users import organization_entry, simple_user
from simulator.emulators.github.state import deliveries, feed, hooks, notifications
from simulator.emulators.github.state.hooks import Hook
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Notice, OrganizationWork, Work
from simulator.emulators.github.state.workflow_queue import queue_for
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import Urls

Subject = Callable[[Any, Notice, Urls], dict[str, Any]]  # Any: a Work, or an OrganizationWork


def announce(work: Work) -> list[str]:
    """Tell the hooks of the repository and its organization what the work noted down; then forget it.

    Gives lines for whoever did it: what an app that listens has to say.
    """
    if not work.notices:
        return []
    said = list(work.instance.hears(work, list(work.notices)))
    queue_for(work, list(work.notices))
    feed.record(work, work.notices)
    notifications.record(work, work.notices)
    listening = hooks.listening_to(work.connection, work.repository)
    for notice in work.notices:
        told = [hook for hook in listening if hook.hears(notice.event)]
        if told:
            _deliver(work, told, notice)
    told_of = list(work.notices)
    work.notices.clear()
    for merged in _auto_merge().follow_up(work, told_of):
        said += announce(merged)
    return said


def announce_now(
    connection: Connection,
    instance: Instance,
    repository: Repository,
    actor: Account,
    event: str,
    action: str | None,
    **detail: Any,
) -> None:
    """Tell hooks of one thing right away, for whoever has no `Work`."""
    work = Work(
        connection=connection,
        instance=instance,
        site=repository.site,
        repository=repository,
        actor=actor,
        at=instance.now(),
    )
    work.tell(event, action, **detail)
    announce(work)


def announce_in_organization(
    connection: Connection,
    instance: Instance,
    organization: Account,
    actor: Account,
    event: str,
    action: str | None,
    **detail: Any,
) -> None:
    """Tell the organization's own hooks of something that is about no repository."""
    work = OrganizationWork(
        connection=connection, instance=instance, site=organization.site, organization=organization, actor=actor
    )
    notice = Notice(event=event, action=action, detail=detail)
    told = [hook for hook in hooks.list_hooks(connection, organization) if hook.hears(event)]
    if told:
        _deliver_in_organization(work, told, notice)


def announce_to(work: Work, hook: Hook, event: str, action: str | None, **detail: Any) -> None:
    """Tell one hook alone, whatever it listens to: pings and tests."""
    notice = Notice(event=event, action=action, detail={**detail, "hook": hook})
    _deliver(work, [hook], notice)


def announce_to_organizations_hook(
    work: OrganizationWork, hook: Hook, event: str, action: str | None, **detail: Any
) -> None:
    """The same for a hook of an organization."""
    notice = Notice(event=event, action=action, detail={**detail, "hook": hook})
    _deliver_in_organization(work, [hook], notice)


def _deliver(work: Work, told: Sequence[Hook], notice: Notice) -> None:
    payload, about = payload_of(work, notice), work.repository.id
    deliveries.deliver(work.connection, work.instance, work.site, told, notice, payload, repository_id=about)


def _deliver_in_organization(work: OrganizationWork, told: Sequence[Hook], notice: Notice) -> None:
    payload = _payload_in_organization(work, notice)
    deliveries.deliver(work.connection, work.instance, work.site, told, notice, payload)


def payload_of(work: Work, notice: Notice) -> dict[str, Any]:
    """The whole payload of something that happened in a repository."""
    urls = Urls.of_request()
    owner = work.repository.owner
    payload = {**_action(notice), **_subject_of(notice.event)(work, notice, urls)}
    if "repository" not in payload:
        payload["repository"] = told_repository(work, work.repository, urls)
    if owner.kind == "organization":
        payload["organization"] = organization_entry(owner, urls)
    return payload | {"sender": simple_user(work.actor, urls)}


def _payload_in_organization(work: OrganizationWork, notice: Notice) -> dict[str, Any]:
    urls = Urls.of_request()
    return {
        **_action(notice),
        **_subject_of(notice.event)(work, notice, urls),
        "organization": organization_entry(work.organization, urls),
        "sender": simple_user(work.actor, urls),
    }


def _action(notice: Notice) -> dict[str, str]:
    return {"action": notice.action} if notice.action else {}


@cache
def _auto_merge() -> Any:  # Any: a module, imported when first wanted: merging announces
    return importlib.import_module("simulator.emulators.github.state.auto_merge")


@cache
def _subject_of(event: str) -> Subject:
    # by name and when first wanted: payloads know state, and state announces
    found: Subject = importlib.import_module(f"{notices.__name__}.{event}").subject
    return found
