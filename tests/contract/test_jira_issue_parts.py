"""A tour of what hangs on the emulated Jira's issues, with the jira package, unmodified."""

from __future__ import annotations

import io

from jira import JIRA

from tests.contract.jira_client import an_issue, changes, keys, refusal
from tests.emulators.conftest import START, Site


def test_comments(jira: JIRA, site: Site) -> None:
    issue = an_issue(jira)

    made = jira.add_comment(issue, "Looks *good*")
    jira.add_comment(issue, "Really?")
    made.update(body="Looks better")

    assert [each.body for each in jira.comments(issue)] == ["Looks better", "Really?"]
    one = jira.comment(issue, made.id)
    assert (one.author.displayName, one.body) == ("Alice", "Looks better")
    assert one.updated > one.created
    assert jira.issue(issue.key, fields="comment").fields.comment.total == 2
    site.jira("bob").add_comment(issue.key, "Mine too")
    assert [each.author.displayName for each in jira.comments(issue)] == ["Alice", "Alice", "Bob"]
    one.delete()
    assert [each.body for each in jira.comments(issue)] == ["Really?", "Mine too"]
    refusal(404, jira.comment, issue, made.id)
    assert "Comment body can not be empty!" in refusal(400, jira.add_comment, issue, "").text


def test_links_subtasks_and_epics(jira: JIRA) -> None:
    epic, story, other = an_issue(jira, "Refunds", "Epic"), an_issue(jira), an_issue(jira, "Charge")
    task = an_issue(jira, "Write a test", "Sub-task", parent={"key": story.key})

    jira.create_issue_link("Blocks", story.key, other.key)
    jira.add_issues_to_epic(epic.id, [story.key, other.key])

    story = jira.issue(story.key)
    (link,) = story.fields.issuelinks
    assert (link.type.outward, link.outwardIssue.key) == ("blocks", other.key)
    (inward,) = jira.issue(other.key).fields.issuelinks
    assert (inward.type.inward, inward.inwardIssue.key) == ("is blocked by", story.key)
    assert jira.issue_link(link.id).outwardIssue.fields.summary == "Charge"
    assert [(each.key, each.fields.summary) for each in story.fields.subtasks] == [(task.key, "Write a test")]
    assert jira.issue(task.key).fields.parent.key == story.key
    assert keys(jira, f"parent = {epic.key} ORDER BY key") == [story.key, other.key]
    assert changes(jira, other.key, "Link") == [(None, f"This issue is blocked by {story.key}")]
    link.delete()
    assert jira.issue(story.key).fields.issuelinks == []
    refusal(400, an_issue, jira, "No parent", "Sub-task")
    refusal(404, jira.create_issue_link, "Blocks", story.key, "AUTOTEST-99")


def test_watchers_properties_and_remote_links(jira: JIRA, accounts: dict[str, str]) -> None:
    issue = an_issue(jira)

    jira.add_watcher(issue.key, accounts["bob"])
    watching = jira.watchers(issue.key)
    jira.remove_watcher(issue.key, accounts["alice"])
    assert (watching.watchCount, {each.displayName for each in watching.watchers}) == (2, {"Alice", "Bob"})
    assert [each.displayName for each in jira.watchers(issue.key).watchers] == ["Bob"]

    jira.add_issue_property(issue.key, "sprintdojo", {"ref": "a", "n": [1, None]})
    assert [each.key for each in jira.issue_properties(issue.key)] == ["sprintdojo"]
    assert jira.issue_property(issue.key, "sprintdojo").value.ref == "a"
    jira.issue_property(issue.key, "sprintdojo").delete()
    assert jira.issue_properties(issue.key) == []

    jira.add_simple_link(issue.key, {"url": "https://example.com/1", "title": "One"})
    (link,) = jira.remote_links(issue.key)
    assert jira.remote_link(issue.key, link.id).object.title == "One"
    link.update({"url": "https://example.com/1", "title": "Uno"})
    assert jira.remote_link(issue.key, link.id).object.title == "Uno"
    jira.delete_remote_link(issue.key, internal_id=link.id)
    jira.add_remote_link(issue.key, {"url": "https://example.com/2", "title": "Two"}, globalId="two=2&x")
    jira.delete_remote_link(issue.key, global_id="two=2&x")
    assert jira.remote_links(issue.key) == []


def test_worklogs_and_votes(jira: JIRA, site: Site) -> None:
    issue = an_issue(jira, timetracking={"originalEstimate": "1d", "remainingEstimate": "1d"})

    made = jira.add_worklog(issue.key, timeSpent="2h", comment="Wrote it", started=START)
    jira.add_worklog(issue.key, timeSpentSeconds="1800", adjustEstimate="leave")

    assert (made.timeSpent, made.timeSpentSeconds, made.comment) == ("2h", 7200, "Wrote it")
    assert made.started.startswith("2026-03-02T08:00:00.000")
    assert [each.author.displayName for each in jira.worklogs(issue.key)] == ["Alice", "Alice"]
    assert jira.worklog(issue.key, made.id).timeSpentSeconds == 7200
    fields = jira.issue(issue.key).fields
    assert (fields.timetracking.timeSpent, fields.timetracking.remainingEstimate) == ("2h 30m", "6h")
    assert (fields.timespent, fields.timeestimate, fields.timeoriginalestimate) == (9000, 21600, 28800)
    made.update(timeSpent="1h")
    assert jira.issue(issue.key).fields.timespent == 5400
    made.delete()
    assert [each.timeSpent for each in jira.worklogs(issue.key)] == ["30m"]
    assert refusal(400, jira.add_worklog, issue.key, timeSpent="soon").text

    site.jira("bob").add_vote(issue.key)
    votes = jira.votes(issue.key)
    assert (votes.votes, votes.hasVoted, [each.displayName for each in votes.voters]) == (1, False, ["Bob"])
    site.jira("bob").remove_vote(issue.key)
    assert jira.votes(issue.key).votes == 0
    refusal(404, jira.add_vote, issue.key)  # nobody votes for what they report


def test_attachments(jira: JIRA) -> None:
    issue = an_issue(jira)

    made = jira.add_attachment(issue.key, io.BytesIO(b"one,two\n"), filename="sums.csv")

    assert (made.filename, made.size, made.author.displayName) == ("sums.csv", 8, "Alice")
    assert jira.attachment(made.id).get() == b"one,two\n"
    assert [each.filename for each in jira.issue(issue.key).fields.attachment] == ["sums.csv"]
    assert jira.attachment_meta()["enabled"] is True
    assert changes(jira, issue.key, "Attachment") == [(None, "sums.csv")]
    jira.delete_attachment(made.id)
    assert jira.issue(issue.key).fields.attachment == []
    refusal(404, jira.attachment, made.id)
