"""Smart commits: what they do, once, as their author; and what they cannot do is told."""

from __future__ import annotations

import requests

from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone
from tests.emulators.integration.panels import Panel, comments_on, commits_of, status_of
from tests.emulators.jira.conftest import Api
from tests.emulators.jira.receiver import listening


def test_a_smart_commit_moves_the_issue_and_comments_as_its_author_once(site: Site, api: Api, clone: Clone) -> None:
    key, other = api.issue(), api.issue()
    api.move(key, "In Progress")
    clone.git("switch", "-qc", "work")
    clone.commit("a.txt", "1\n", f"{key} #in-review #comment ready\n\n{key} {other} #time 2h 30m wrote *tests*")
    pushed = clone.push("HEAD")
    assert (pushed.returncode, "Jira" in pushed.stderr) == (0, False), pushed.stderr

    assert status_of(api, key) == "In Review"
    assert comments_on(api, key) == [("Bob", "ready")]
    moved = [item for item in api.changes(key) if item[0] == "status"]
    assert moved[-1] == ("status", "In Progress", "In Review")
    for each in (key, other):
        (logged,) = api.get(f"/rest/api/2/issue/{each}/worklog")["worklogs"]
        assert (logged["timeSpent"], logged["author"]["displayName"], logged["comment"]) == (
            "2h 30m",
            "Bob",
            "wrote *tests*",
        )

    api.move(key, "In Progress")
    clone.git("switch", "-qc", "again")
    clone.push("HEAD")
    clone.commit("b.txt", "1\n", "more")
    clone.push("HEAD")
    repository = site.github("bob").get_repo("acme/payments")
    for branch, method in (("work", "squash"), ("again", "rebase")):
        repository.create_pull(title=f"{key} {branch}", head=branch, base="main").merge(merge_method=method)

    assert status_of(api, key) == "In Progress"
    assert comments_on(api, key) == [("Bob", "ready")]
    assert len(api.get(f"/rest/api/2/issue/{other}/worklog")["worklogs"]) == 1


def test_what_a_smart_commit_cannot_do_is_told_to_whoever_pushes(site: Site, api: Api, clone: Clone) -> None:
    key = api.issue()
    clone.git("switch", "-qc", "work")
    message = f"{key} #fly #comment still said #time soon\n\nNOSUCH-1 #done\n#comment to nobody\nsee #12 {key}"
    clone.commit("a.txt", "1\n", message)
    clone.git("commit", "--allow-empty", "--quiet", "--author", "Eve <eve@example.org>", "-m", f"{key} #done")
    pushed = clone.push("HEAD")

    assert pushed.returncode == 0
    for line in (
        f"{key} #fly: it is no transition of the issue; there are #",
        f"{key} #time: 'soon' is no duration",
        "NOSUCH-1 #done: Issue does not exist or you do not have permission to see it.",
        "nobody in Jira has the e-mail address eve@example.org",
    ):
        assert line in pushed.stderr, pushed.stderr
    assert comments_on(api, key) == [("Bob", "still said")]
    assert status_of(api, key) == "To Do"
    journal = requests.get(f"{site.url}/emulator/journal").json()
    entries = journal["entries"] if isinstance(journal, dict) else journal
    assert sum(entry["method"] == "SMART" for entry in entries) == 4


def test_webhooks_hear_what_a_push_does_and_odd_bytes_do_no_harm(api: Api, clone: Clone, panel: Panel) -> None:
    key = api.issue()
    with listening() as receiver:
        hook = {"name": "Listener", "url": receiver.url, "events": ["jira:issue_updated", "comment_created"]}
        api.post("/rest/webhooks/1.0/webhook", hook, status=201)
        (clone.folder / "message").write_bytes(f"{key} #done #comment ".encode() + b"\xff\xfe caf\xe9\n")
        clone.git("commit", "--allow-empty", "--quiet", "-F", "message")
        pushed = clone.push("HEAD:refs/heads/odd")
        told = receiver.until("comment_created")

    assert (pushed.returncode, "Jira" in pushed.stderr) == (0, False), pushed.stderr
    moved = next(one for one in told if one.get("issue_event_type_name") == "issue_generic")
    assert (moved["user"]["displayName"], moved["issue"]["fields"]["status"]["name"]) == ("Bob", "Done")
    assert "/jira/rest/api/2/issue/" in moved["issue"]["self"]
    assert "caf" in told[-1]["comment"]["body"]
    assert len(commits_of(panel, key)) == 1


def test_a_transition_is_meant_by_its_whole_name_or_its_first_word_alone(site: Site, api: Api, clone: Clone) -> None:
    key = api.issue()
    api.move(key, "In Progress")
    for message in (
        f"{key} #in",  # In Progress or In Review
        f"{key.lower()} fixes what [{key}] asks for, see #12 #TO-DO ignored",
        f"#done {key}\n{key} #done.\n#done\n{key}\n#done",  # none of these lines says it
        f"{key} #comment first line\nsecond line",
    ):
        clone.git("commit", "--allow-empty", "--quiet", "-m", message)
    pushed = clone.push("HEAD:refs/heads/steps")

    told = [line for line in pushed.stderr.splitlines() if key in line]
    assert len(told) == 1, pushed.stderr
    assert f"{key} #in: it is more than one transition of the issue; there are #to-do, #in-progress" in told[0]
    assert comments_on(api, key) == [("Bob", "first line")]
    moves = [item[1:] for item in api.changes(key) if item[0] == "status"]
    assert moves == [("To Do", "In Progress"), ("In Progress", "To Do")]


def test_a_commit_acts_with_its_author_s_permissions_whoever_pushes_it(site: Site, api: Api, clone: Clone) -> None:
    grants = [
        {"holder": {"type": "projectLead"}, "permission": name}
        for name in ("BROWSE_PROJECTS", "TRANSITION_ISSUES", "ADD_COMMENTS", "EDIT_ISSUES")
    ]
    hidden = api.issue()
    scheme = api.post("/rest/api/3/permissionscheme", {"name": "Closed", "permissions": grants}, status=201)
    api.put("/rest/api/3/project/AUTOTEST/permissionscheme", {"id": scheme["id"]}, status=200)
    for number, author in enumerate(("Bob <bob@example.com>", "Alice <ALICE@example.com>")):
        said = f"{hidden} #done #comment by {number}"
        clone.git("commit", "--allow-empty", "--quiet", "--author", author, "-m", said)
    pushed = clone.push("HEAD:refs/heads/closed")

    assert pushed.stderr.count("Issue does not exist or you do not have permission to see it.") == 2
    assert (status_of(api, hidden), comments_on(api, hidden)) == ("Done", [("Alice", "by 1")])


def test_a_push_whose_process_died_has_its_effect_later_and_once(site: Site, api: Api, clone: Clone) -> None:
    key = api.issue()
    clone.git("switch", "-qc", f"{key}-work")
    clone.commit("a.txt", "1\n", f"{key} #in-review #comment ready")
    bare = site.emulators.instance.repository_path(site.key, 1)
    clone.git("push", "--quiet", str(bare), "HEAD")  # the refs have moved, and nobody was told
    assert (status_of(api, key), comments_on(api, key)) == ("To Do", [])

    for _ in range(2):
        site.emulators._forget(site.key)  # as little is known as when a server has just begun
        assert clone.push("HEAD").returncode == 0
        assert (status_of(api, key), comments_on(api, key)) == ("In Review", [("Bob", "ready")])
