// Search, boards and sprints.
import { isApiError, isForbiddenError, isNotFoundError } from "jira.js";
import { agile, equal, found, issue, jira, move, names, refused } from "./checks.mjs";

export async function search() {
  const [bug, task] = [await issue("Broken total", { issuetype: { name: "Bug" } }), await issue("Write docs", { labels: ["docs"] })];
  await move(bug, "Done");
  equal("JQL by type", await found("project = AUTOTEST AND issuetype = Bug"), [bug]);
  equal("JQL by text", await found('summary ~ "docs"'), [task]);
  equal("JQL by history", await found('status WAS "To Do" AND status CHANGED TO Done'), [bug]);
  equal("JQL in order", await found(`key in (${bug}, ${task}) ORDER BY created DESC`), [task, bug]);
  const one = await jira.issueSearch.searchAndReconsileIssuesUsingJql({ jql: "project = AUTOTEST ORDER BY key", maxResults: 1 });
  equal("a page and its next", [one.issues.length, one.isLast], [1, false]);
  const next = await jira.issueSearch.searchAndReconsileIssuesUsingJql({
    jql: "project = AUTOTEST ORDER BY key", maxResults: 1, nextPageToken: one.nextPageToken,
  });
  equal("which is another", next.issues[0].id !== one.issues[0].id, true);
  equal("a count", (await jira.issueSearch.countIssues({ jql: "labels = docs" })).count, 1);
  const { id } = await jira.issues.getIssue({ issueIdOrKey: bug });
  const { matches } = await jira.issueSearch.matchIssues({ issueIds: [Number(id)], jqls: ["issuetype = Bug", "issuetype = Task"] });
  equal("matches", matches.map((each) => each.matchedIssues.length), [1, 0]);
  const parsed = await jira.jql.parseJqlQueries({ queries: ["status = Done", "status ="], validation: "strict" });
  equal("parsed", parsed.queries.map((each) => (each.errors ?? []).length > 0), [false, true]);
  const picker = await jira.issueSearch.getIssuePickerResource({ query: "docs", currentJQL: "project = AUTOTEST" });
  const picked = picker.sections.flatMap((section) => section.issues.map((each) => each.key));
  equal("issues for a picker", picked.includes(task), true);
  const why = await refused("bad JQL", isApiError, 400, found("colour = red"));
  equal("and where", why.errorMessages, ["Field 'colour' does not exist or you do not have permission to view it."]);
  const filter = await jira.filters.createFilter({ name: "Bugs", jql: "project = AUTOTEST AND issuetype = Bug" });
  equal("a filter", (await jira.filters.getFilter({ id: Number(filter.id) })).jql, "project = AUTOTEST AND issuetype = Bug");
  await refused("webhooks are for apps", isForbiddenError, 403, jira.webhooks.registerDynamicWebhooks({
    url: "https://example.com/heard", webhooks: [{ events: ["jira:issue_updated"], jqlFilter: "project = AUTOTEST" }],
  }));
  const renamed = await jira.filters.updateFilter({ id: Number(filter.id), body: { name: "All bugs", jql: filter.jql } });
  equal("a filter renamed", renamed.name, "All bugs");
  equal("my filters", names(await jira.filters.getMyFilters()).includes("All bugs"), true);
  const filters = await jira.filters.getFiltersPaginated({ filterName: "all bugs", expand: "jql" });
  equal("a page of filters", [filters.total, filters.values[0].jql], [1, filter.jql]);
  const words = await jira.jql.getAutoComplete();
  equal("words of JQL", words.visibleFieldNames.some((each) => each.value === "assignee"), true);
  const suggested = await jira.jql.getFieldAutoCompleteForQueryString({ fieldName: "status", fieldValue: "In" });
  equal("suggestions", suggested.results.map((each) => each.displayName.replaceAll(/<\/?b>/g, "")), ["In Progress", "In Review"]);
  return filter;
}

export async function boards(filter) {
  const page = await agile.board.getAllBoards({ projectKeyOrId: "AUTOTEST" });
  const boardId = page.values[0].id;
  equal("boards", [page.total, page.values[0].type], [1, "scrum"]);
  equal("a board", (await agile.board.getBoard({ boardId })).location.projectKey, "AUTOTEST");
  const config = await agile.board.getConfiguration({ boardId });
  equal("its columns", names(config.columnConfig.columns), ["To Do", "In Progress", "In Review", "Done"]);
  equal("its projects", (await agile.board.getProjects({ boardId })).values.map((each) => each.key), ["AUTOTEST"]);
  const made = await agile.board.createBoard({
    name: "Bugs", type: "kanban", filterId: Number(filter.id), location: { type: "project", projectKeyOrId: "AUTOTEST" },
  });
  equal("a board of a filter", (await agile.board.getBoardByFilterId({ filterId: Number(filter.id) })).values[0].id, made.id);
  await agile.board.deleteBoard({ boardId: made.id });
  await refused("a board deleted", isNotFoundError, 404, agile.board.getBoard({ boardId: made.id }));
  return boardId;
}

export async function sprints(boardId) {
  const keys = [await issue("S1"), await issue("S2"), await issue("S3")];
  const epic = await issue("Big", { issuetype: { name: "Epic" } });
  const sprint = await agile.sprint.createSprint({
    name: "Sprint 1", originBoardId: boardId, goal: "Refunds",
    startDate: "2026-03-02T09:00:00.000Z", endDate: "2026-03-13T17:00:00.000Z",
  });
  const sprintId = sprint.id;
  equal("a sprint is planned", [sprint.state, sprint.goal], ["future", "Refunds"]);
  await agile.sprint.moveIssuesToSprintAndRank({ sprintId, issues: keys.slice(0, 2) });
  await agile.issue.rankIssues({ issues: [keys[1]], rankBeforeIssue: keys[0] });
  const inside = await agile.sprint.getIssuesForSprint({ sprintId });
  equal("its issues by rank", inside.issues.map((each) => each.key), [keys[1], keys[0]]);
  equal("it starts", (await agile.sprint.partiallyUpdateSprint({ sprintId, state: "active" })).state, "active");
  const estimated = await agile.issue.estimateIssueForBoard({ issueIdOrKey: keys[0], boardId, value: "8" });
  equal("an estimate", String(estimated.value), "8");
  const told = await agile.issue.getIssueEstimationForBoard({ issueIdOrKey: keys[0], boardId });
  equal("is read back", [told.fieldId, String(told.value)], ["customfield_10016", "8"]);
  const seen = await agile.issue.getIssue({ issueIdOrKey: keys[0] });
  equal("an issue of a sprint", seen.fields.sprint.name, "Sprint 1");
  await agile.backlog.moveIssuesToBacklog({ issues: [keys[1]] });
  const backlog = await agile.board.getIssuesForBacklog({ boardId });
  equal("the backlog", [keys[1], keys[2]].every((key) => backlog.issues.some((each) => each.key === key)), true);
  await agile.epic.moveIssuesToEpic({ epicIdOrKey: epic, issues: [keys[2]] });
  equal("an epic's issues", (await agile.epic.getIssuesForEpic({ epicIdOrKey: epic })).issues.map((each) => each.key), [keys[2]]);
  const seenEpic = await agile.epic.getEpic({ epicIdOrKey: epic });
  equal("an epic", [seenEpic.key, seenEpic.done], [epic, false]);
  equal("epics of a board", (await agile.board.getEpics({ boardId })).values.map((each) => each.key), [epic]);
  const ofEpic = await agile.board.getBoardIssuesForEpic({ boardId, epicId: seenEpic.id });
  equal("an epic's issues on a board", ofEpic.issues.map((each) => each.key), [keys[2]]);
  const without = await agile.board.getIssuesWithoutEpicForBoard({ boardId });
  equal("a board's issues without an epic", without.issues.some((each) => each.key === keys[2]), false);
  const ofSprint = await agile.board.getBoardIssuesForSprint({ boardId, sprintId });
  equal("a sprint's issues on a board", ofSprint.issues.map((each) => each.key), [keys[0]]);
  const named = await agile.epic.partiallyUpdateEpic({ epicIdOrKey: epic, name: "Refunds", done: true });
  equal("an epic renamed", [named.name, named.done], ["Refunds", true]);
  await agile.backlog.moveIssuesToBacklogForBoard({ boardId, issues: [keys[2]] });
  equal("quick filters", (await agile.board.getAllQuickFilters({ boardId })).values, []);
  equal("versions of a board", names((await agile.board.getAllVersions({ boardId })).values), ["1.0"]);
  const closed = await agile.sprint.partiallyUpdateSprint({ sprintId, state: "closed" });
  equal("it closes", [closed.state, typeof closed.completeDate], ["closed", closed.completeDate instanceof Date ? "object" : "string"]);
  equal("sprints by state", names((await agile.board.getAllSprints({ boardId, state: "closed" })).values), ["Sprint 1"]);
  equal("JQL by sprint", await found("sprint in closedSprints()"), [keys[0]]);
  const whole = await agile.board.getIssuesForBoard({ boardId, maxResults: 1 });
  equal("a page of a board", whole.issues.length, 1);
  const spare = await agile.sprint.createSprint({ name: "Spare", originBoardId: boardId });
  const later = await agile.sprint.createSprint({ name: "Later", originBoardId: boardId });
  await agile.sprint.swapSprint({ sprintId: spare.id, sprintToSwapWith: later.id });
  const future = await agile.board.getAllSprints({ boardId, state: "future" });
  equal("sprints change places", names(future.values), ["Later", "Spare"]);
  const small = await issue("Small", { issuetype: { name: "Epic" } });
  await agile.epic.rankEpics({ epicIdOrKey: small, rankBeforeEpic: epic });
  equal("epics by rank", (await agile.board.getEpics({ boardId })).values.map((each) => each.key), [small, epic]);
  await agile.epic.removeIssuesFromEpic({ issues: [keys[2]] });
  equal("an epic left", (await agile.epic.getIssuesForEpic({ epicIdOrKey: epic })).issues, []);
  equal("without an epic", (await agile.epic.getIssuesWithoutEpic()).issues.some((each) => each.key === keys[2]), true);
  await agile.sprint.deleteSprint({ sprintId: spare.id });
  await refused("a sprint deleted", isNotFoundError, 404, agile.sprint.getSprint({ sprintId: spare.id }));
  await refused("no such state", isApiError, 400, agile.sprint.partiallyUpdateSprint({ sprintId, state: "future" }));
}
