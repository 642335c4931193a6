"""What webhooks are told of milestones, locks, sub-issues and stars."""

from __future__ import annotations

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_repository
from tests.emulators.github.test_announce import a_hook, told
from tests.emulators.github.webhook_description import flaws


def test_milestones_locks_and_sub_issues_are_told_of(site: Site) -> None:
    a_hook(site, "milestone", "issues", "sub_issues")
    repository = a_repository(site, "bob")

    milestone = repository.create_milestone("v1")
    issue = repository.create_issue("Epic", milestone=milestone)
    milestone.edit("v1.0", state="closed")
    milestone.edit("v1.0", state="open")
    issue.edit(milestone=None)
    issue.lock("resolved")
    issue.unlock()
    child = repository.create_issue("Part")
    issue.add_sub_issue(child)
    issue.remove_sub_issue(child)
    milestone.delete()

    events = told(site)
    assert [(event, payload["action"]) for event, payload in events] == [
        ("milestone", "created"),
        ("issues", "opened"),
        ("issues", "milestoned"),
        ("milestone", "edited"),
        ("milestone", "closed"),
        ("milestone", "opened"),
        ("issues", "demilestoned"),
        ("issues", "locked"),
        ("issues", "unlocked"),
        ("issues", "opened"),
        ("sub_issues", "sub_issue_added"),
        ("sub_issues", "parent_issue_added"),
        ("sub_issues", "sub_issue_removed"),
        ("sub_issues", "parent_issue_removed"),
        ("milestone", "deleted"),
    ]
    assert {event: found for event, payload in events if (found := flaws(event, payload))} == {}
    payloads = [payload for _, payload in events]
    assert payloads[2]["milestone"]["title"] == "v1"
    assert payloads[3]["changes"] == {"title": {"from": "v1"}}
    assert payloads[7]["issue"]["active_lock_reason"] == "resolved"
    assert (payloads[10]["parent_issue"]["title"], payloads[10]["sub_issue"]["title"]) == ("Epic", "Part")


def test_stars_are_told_of_once(site: Site) -> None:
    a_hook(site, "star", "watch")
    carol = site.github("carol").get_user()

    for _ in range(2):
        carol.add_to_starred(a_repository(site, "carol"))
    carol.remove_from_starred(a_repository(site, "carol"))

    events = told(site)
    assert [(event, payload["action"]) for event, payload in events] == [
        ("star", "created"),
        ("watch", "started"),
        ("star", "deleted"),
    ]
    assert {event: found for event, payload in events if (found := flaws(event, payload))} == {}
    assert [payload.get("starred_at") is not None for _, payload in events] == [True, False, False]
