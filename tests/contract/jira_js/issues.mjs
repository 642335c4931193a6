// Issues and what hangs on them.
import { isApiError, isNotFoundError } from "jira.js";
import { bob, document, equal, issue, jira, move, names, project, refused, textOf } from "./checks.mjs";

export async function issues() {
  const kinds = await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: "AUTOTEST" });
  equal("what may be made", names(kinds.issueTypes), ["Epic", "Story", "Task", "Bug", "Sub-task"]);
  const meta = await jira.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: "AUTOTEST", issueTypeId: kinds.issueTypes[1].id });
  equal("of what fields", meta.fields.find((each) => each.fieldId === "summary").required, true);
  const key = await issue("Refund", { description: document("Customers ask"), labels: ["money"], customfield_10016: 5 });
  const read = await jira.issues.getIssue({ issueIdOrKey: key, expand: "renderedFields,names,changelog" });
  equal("as it was written", [read.fields.summary, textOf(read.fields.description)], ["Refund", "Customers ask"]);
  equal("its rendering", read.renderedFields.description, "<p>Customers ask</p>");
  equal("its names", read.names.customfield_10016, "Story Points");
  equal("a fresh one", [read.fields.status.name, read.fields.labels, read.fields.customfield_10016], ["To Do", ["money"], 5]);
  const wiki = await issue("Wiki", { description: "h2. Why\n\n*bold*" });
  const tree = (await jira.issues.getIssue({ issueIdOrKey: wiki })).fields.description;
  equal("markup becomes a document", [tree.content[0].type, tree.content[1].content[0].marks[0].type], ["heading", "strong"]);
  await jira.issues.editIssue({ issueIdOrKey: key, fields: { summary: "Refund twice" }, update: { labels: [{ add: "api" }] } });
  const few = await jira.issues.getIssue({ issueIdOrKey: key, fields: ["summary", "labels"] });
  equal("edited", [few.fields.summary, few.fields.labels.sort()], ["Refund twice", ["api", "money"]]);
  const [{ accountId }] = await jira.userSearch.findUsers({ query: "bob" });
  await jira.issues.assignIssue({ issueIdOrKey: key, accountId });
  await move(key, "In Progress");
  const log = await jira.issues.getChangeLogs({ issueIdOrKey: key });
  const seen = log.values.flatMap((entry) => entry.items.map((item) => [item.field, item.toString]));
  equal("its history", [log.total, seen.map(([field]) => field).sort()], [3, ["assignee", "labels", "status", "summary"]]);
  equal("and where it led", seen.at(-1), ["status", "In Progress"]);
  const edit = await jira.issues.getEditIssueMeta({ issueIdOrKey: key });
  equal("what may be edited", edit.fields.labels.operations, ["add", "set", "remove"]);
  const bulk = await jira.issues.createIssues({
    issueUpdates: ["One", "Two"].map((summary) => ({ fields: { project, summary, issuetype: { name: "Task" } } })),
  });
  equal("many at once", [bulk.issues.length, bulk.errors], [2, []]);
  const [first, second] = bulk.issues.map((each) => each.key);
  const fetched = await jira.issues.bulkFetchIssues({ issueIdsOrKeys: [first, second, "AUTOTEST-999"], fields: ["summary"] });
  equal("many by key", fetched.issues.map((each) => each.fields.summary).sort(), ["One", "Two"]);
  const past = await jira.issues.getBulkChangelogs({ issueIdsOrKeys: [key] });
  equal("the past of many", past.issueChangeLogs.map((each) => each.changeHistories.length), [3]);
  const picked = await jira.issues.getChangeLogsByIds({ issueIdOrKey: key, changelogIds: [Number(log.values[0].id)] });
  equal("one change", picked.histories.map((each) => each.id), [log.values[0].id]);
  equal("labels in use", (await jira.labels.getAllLabels()).values, ["api", "money"]);
  const why = await refused("no summary", isApiError, 400, issue(""));
  equal("and why", why.errors, { summary: "You must specify a summary of the issue." });
  await refused("no such issue", isNotFoundError, 404, jira.issues.getIssue({ issueIdOrKey: "AUTOTEST-999" }));
  await jira.issues.deleteIssue({ issueIdOrKey: wiki });
  await refused("deleted", isNotFoundError, 404, jira.issues.getIssue({ issueIdOrKey: wiki }));
}

export async function parts() {
  const key = await issue("Parts");
  const other = await issue("Other");
  const comment = await jira.issueComments.addComment({ issueIdOrKey: key, body: document("Good") });
  equal("a comment", [comment.author.displayName, textOf(comment.body)], ["Alice", "Good"]);
  const changed = await jira.issueComments.updateComment({ issueIdOrKey: key, id: comment.id, body: { body: document("Better") } });
  equal("changed", textOf(changed.body), "Better");
  await bob.issueComments.addComment({ issueIdOrKey: key, body: "Mine *too*" });
  const all = await jira.issueComments.getComments({ issueIdOrKey: key });
  equal("comments", all.comments.map((each) => [each.author.displayName, textOf(each.body)]), [["Alice", "Better"], ["Bob", "Mine |too"]]);
  const byId = await jira.issueComments.getCommentsByIds({ ids: [Number(comment.id)] });
  equal("comments by id", byId.values.map((each) => textOf(each.body)), ["Better"]);
  await jira.issueComments.deleteComment({ issueIdOrKey: key, id: comment.id });
  await refused("a comment deleted", isNotFoundError, 404, jira.issueComments.getComment({ issueIdOrKey: key, id: comment.id }));

  await jira.issueLinks.linkIssues({ type: { name: "Blocks" }, inwardIssue: { key }, outwardIssue: { key: other } });
  const [link] = (await jira.issues.getIssue({ issueIdOrKey: key })).fields.issuelinks;
  equal("a link", [link.type.outward, link.outwardIssue.key], ["blocks", other]);
  equal("both its ends", (await jira.issueLinks.getIssueLink({ linkId: link.id })).inwardIssue.key, key);
  await jira.issueLinks.deleteIssueLink({ linkId: link.id });
  await refused("a link deleted", isNotFoundError, 404, jira.issueLinks.getIssueLink({ linkId: link.id }));

  await jira.issueProperties.setIssueProperty({ issueIdOrKey: key, propertyKey: "ref", body: { n: [1, null] } });
  const property = await jira.issueProperties.getIssueProperty({ issueIdOrKey: key, propertyKey: "ref" });
  equal("a property", property.value, { n: [1, null] });
  const known = await jira.issueProperties.getIssuePropertyKeys({ issueIdOrKey: key });
  equal("properties", known.keys.map((each) => each.key), ["ref"]);
  const remote = await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({
    issueIdOrKey: key, globalId: "pull=7", object: { url: "https://example.com/7", title: "Pull request 7" },
  });
  const elsewhere = await jira.issueRemoteLinks.getRemoteIssueLinkById({ issueIdOrKey: key, linkId: String(remote.id) });
  equal("a remote link", [elsewhere.globalId, elsewhere.object.title], ["pull=7", "Pull request 7"]);
  await jira.issueRemoteLinks.deleteRemoteIssueLinkByGlobalId({ issueIdOrKey: key, globalId: "pull=7" });
  equal("a remote link deleted", await jira.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey: key }), []);
  const { watchCount, watchers } = await jira.issueWatchers.getIssueWatchers({ issueIdOrKey: key });
  equal("watchers", [watchCount, watchers.map((each) => each.displayName)], [1, ["Alice"]]);
}

export async function work() {
  const key = await issue("Work", { timetracking: { originalEstimate: "1d" } });
  const logged = await jira.issueWorklogs.addWorklog({ issueIdOrKey: key, timeSpentSeconds: 7200, comment: document("Wrote it") });
  equal("a worklog", [logged.timeSpent, textOf(logged.comment)], ["2h", "Wrote it"]);
  const changed = await jira.issueWorklogs.updateWorklog({ issueIdOrKey: key, id: logged.id, body: { timeSpent: "1h" } });
  equal("a worklog changed", changed.timeSpentSeconds, 3600);
  const logs = await jira.issueWorklogs.getIssueWorklog({ issueIdOrKey: key });
  equal("worklogs", [logs.total, logs.worklogs[0].id], [1, logged.id]);
  const { fields } = await jira.issues.getIssue({ issueIdOrKey: key });
  equal("time tracking", [fields.timetracking.timeSpent, fields.timetracking.remainingEstimate], ["1h", "7h"]);
  const [listed] = await jira.issueWorklogs.getWorklogsForIds({ ids: [Number(logged.id)] });
  equal("worklogs by id", [listed.id, listed.timeSpent], [logged.id, "1h"]);
  const since = await jira.issueWorklogs.getIdsOfWorklogsModifiedSince();
  equal("worklogs of the last minute are not told yet", since.values, []);
  await jira.issueWorklogs.deleteWorklog({ issueIdOrKey: key, id: logged.id });
  await refused("a worklog deleted", isNotFoundError, 404, jira.issueWorklogs.getWorklog({ issueIdOrKey: key, id: logged.id }));
  await bob.issueVotes.addVote({ issueIdOrKey: key });
  const votes = await jira.issueVotes.getVotes({ issueIdOrKey: key });
  equal("votes", [votes.votes, votes.hasVoted], [1, false]);
  const [file] = await jira.issueAttachments.addAttachment({
    issueIdOrKey: key, attachments: { filename: "sums.csv", content: Buffer.from("one,two\n"), mimeType: "text/csv" },
  });
  equal("an attachment", [file.filename, file.size, file.mimeType], ["sums.csv", 8, "text/csv"]);
  const meta = await jira.issueAttachments.getAttachment({ id: file.id });
  equal("its author", meta.author.displayName, "Alice");
  const content = await jira.issueAttachments.getAttachmentContent({ id: file.id });
  equal("its content", Buffer.from(await new Blob([content]).arrayBuffer()).toString(), "one,two\n");
  await jira.issueAttachments.removeAttachment({ id: file.id });
  await refused("an attachment deleted", isNotFoundError, 404, jira.issueAttachments.getAttachment({ id: file.id }));
}
