// People, catalogues, projects, releases, groups and roles.
import { createCloudClient, isAuthError, isForbiddenError, isNotFoundError } from "jira.js";
import { aliceEmail, bob, client, equal, host, issue, jira, names, refused } from "./checks.mjs";

export async function people() {
  const told = await jira.serverInfo.getServerInfo();
  equal("the server is Cloud", [told.deploymentType, told.baseUrl], ["Cloud", host]);
  const me = await jira.myself.getCurrentUser();
  equal("who asks", [me.displayName, me.emailAddress, me.accountType], ["Alice", aliceEmail, "atlassian"]);
  equal("a user", (await jira.users.getUser({ accountId: me.accountId })).displayName, "Alice");
  equal("all users", (await jira.users.getAllUsers()).map((each) => each.displayName).sort(), ["Alice", "Bob", "Carol"]);
  equal("users by name", (await jira.userSearch.findUsers({ query: "bob" })).map((each) => each.displayName), ["Bob"]);
  const able = await jira.userSearch.findAssignableUsers({ project: "AUTOTEST" });
  equal("who may be assigned", able.map((each) => each.displayName).sort(), ["Alice", "Bob", "Carol"]);
  const picked = await jira.userSearch.findUsersForPicker({ query: "car" });
  equal("users for a picker", picked.users.map((each) => each.displayName), ["Carol"]);
  const { permissions } = await bob.permissions.getMyPermissions({ permissions: "ADMINISTER" });
  equal("Bob does not administer", permissions.ADMINISTER.havePermission, false);
  const stranger = createCloudClient(client(aliceEmail, "wrong"));
  await refused("a bad token", isAuthError, 401, stranger.myself.getCurrentUser());
  await refused("nobody", isNotFoundError, 404, jira.users.getUser({ accountId: "nobody" }));
}

export async function catalogues() {
  const fields = await jira.issueFields.getFields();
  equal("the sprint's field", fields.find((each) => each.name === "Sprint").schema.custom, "com.pyxis.greenhopper.jira:gh-sprint");
  const paged = await jira.issueFields.getFieldsPaginated({ query: "story points" });
  equal("a page of fields", names(paged.values), ["Story Points"]);
  const kinds = await jira.issueTypes.getIssueAllTypes();
  equal("issue types", names(kinds), ["Epic", "Story", "Task", "Bug", "Sub-task"]);
  equal("an issue type", (await jira.issueTypes.getIssueType({ id: kinds[4].id })).hierarchyLevel, -1);
  const priorities = await jira.issuePriorities.searchPriorities();
  equal("priorities", names(priorities.values), ["Highest", "High", "Medium", "Low", "Lowest"]);
  equal("a priority", (await jira.issuePriorities.getPriority({ id: "3" })).name, "Medium");
  equal("a resolution", (await jira.issueResolutions.getResolution({ id: "10002" })).name, "Duplicate");
  const [todo] = await jira.status.getStatusesById({ id: ["10000"] });
  equal("a status by id", [todo.name, todo.statusCategory], ["To Do", "TODO"]);
  const pages = await jira.status.search({ searchString: "In" });
  equal("a page of statuses", names(pages.values).sort(), ["In Progress", "In Review"]);
  const dashboards = await jira.dashboards.getAllDashboards();
  equal("dashboards", dashboards.dashboards.length > 0, true);
  const one = await jira.dashboards.getDashboard({ id: dashboards.dashboards[0].id });
  equal("a dashboard", one.name, dashboards.dashboards[0].name);
  const settings = await jira.jiraSettings.getConfiguration();
  equal("the site's settings", settings.timeTrackingEnabled, true);
  equal("statuses", names(await jira.workflowStatuses.getStatuses()), ["To Do", "In Progress", "In Review", "Done"]);
  const review = await jira.workflowStatuses.getStatus({ idOrName: "In Review" });
  equal("a status", review.statusCategory.key, "indeterminate");
  const categories = await jira.workflowStatusCategories.getStatusCategories();
  equal("categories", categories.map((each) => each.key), ["undefined", "new", "indeterminate", "done"]);
  equal("a category", (await jira.workflowStatusCategories.getStatusCategory({ idOrKey: "3" })).name, "Done");
  const { issueLinkTypes } = await jira.issueLinkTypes.getIssueLinkTypes();
  equal("link types", issueLinkTypes.map((each) => each.outward), ["blocks", "clones", "duplicates", "relates to"]);
  const security = await jira.issueSecuritySchemes.getIssueSecuritySchemes();
  equal("security schemes", Array.isArray(security.issueSecuritySchemes), true);
  const { permissionSchemes } = await jira.permissionSchemes.getAllPermissionSchemes();
  equal("permission schemes", permissionSchemes.length > 0, true);
  const notices = await jira.issueNotificationSchemes.getNotificationSchemes();
  equal("notification schemes", notices.values.length > 0, true);
}

export async function projects() {
  const { accountId } = await jira.myself.getCurrentUser();
  const made = await jira.projects.createProject({
    key: "SHOP", name: "The shop", leadAccountId: accountId, projectTypeKey: "software",
    projectTemplateKey: "com.pyxis.greenhopper.jira:gh-simplified-scrum-classic",
  });
  equal("a project is made", made.key, "SHOP");
  const whole = await jira.projects.getProject({ projectIdOrKey: "SHOP" });
  equal("it is there", [whole.name, whole.lead.displayName, whole.issueTypes.length], ["The shop", "Alice", 5]);
  const page = await jira.projects.searchProjects({ query: "shop" });
  equal("it is found", [page.total, page.isLast, page.values[0].key], [1, true, "SHOP"]);
  const changed = await jira.projects.updateProject({ projectIdOrKey: "SHOP", name: "The new shop" });
  equal("it is renamed", changed.name, "The new shop");
  const statuses = await jira.projects.getAllStatuses({ projectIdOrKey: "SHOP" });
  equal("its statuses", names(statuses[0].statuses), ["To Do", "In Progress", "In Review", "Done"]);
  await refused("Bob makes none", isForbiddenError, 403, bob.projects.createProject({ key: "MINE", name: "Mine", leadAccountId: accountId }));
  await jira.projects.deleteProject({ projectIdOrKey: "SHOP" });
  await refused("it is gone", isNotFoundError, 404, jira.projects.getProject({ projectIdOrKey: "SHOP" }));
}

export async function releases() {
  const { id } = await jira.projects.getProject({ projectIdOrKey: "AUTOTEST" });
  const version = await jira.projectVersions.createVersion({ projectId: Number(id), name: "1.0", releaseDate: "2026-03-31" });
  equal("a version", [version.name, version.released, version.projectId], ["1.0", false, Number(id)]);
  const component = await jira.projectComponents.createComponent({ project: "AUTOTEST", name: "Refunds" });
  equal("a component", [component.name, component.project], ["Refunds", "AUTOTEST"]);
  const key = await issue("Ship it", { fixVersions: [{ id: version.id }], components: [{ id: component.id }] });
  const { fields } = await jira.issues.getIssue({ issueIdOrKey: key });
  equal("are the issue's", [names(fields.fixVersions), names(fields.components)], [["1.0"], ["Refunds"]]);
  const open = await jira.projectVersions.getVersionUnresolvedIssues({ id: version.id });
  equal("what is left of it", open.issuesUnresolvedCount, 1);
  const shipped = await jira.projectVersions.updateVersion({ id: version.id, body: { released: true } });
  equal("released", shipped.released, true);
  equal("versions", names(await jira.projectVersions.getProjectVersions({ projectIdOrKey: "AUTOTEST" })), ["1.0"]);
  const page = await jira.projectVersions.getProjectVersionsPaginated({ projectIdOrKey: "AUTOTEST", status: "released" });
  equal("a page of versions", [page.total, names(page.values)], [1, ["1.0"]]);
  equal("components", names(await jira.projectComponents.getProjectComponents({ projectIdOrKey: "AUTOTEST" })), ["Refunds"]);
  const parts = await jira.projectComponents.getProjectComponentsPaginated({ projectIdOrKey: "AUTOTEST" });
  equal("a page of components", names(parts.values), ["Refunds"]);
  const next = await jira.projectVersions.createVersion({ projectId: Number(id), name: "2.0" });
  await jira.projectVersions.deleteAndReplaceVersion({ id: next.id, moveFixIssuesTo: Number(version.id) });
  await refused("a version replaced", isNotFoundError, 404, jira.projectVersions.getVersion({ id: next.id }));
  const renamed = await jira.projectComponents.updateComponent({ id: component.id, body: { name: "Money" } });
  equal("a component renamed", renamed.name, "Money");
  await jira.projectComponents.deleteComponent({ id: component.id });
  await refused("a component deleted", isNotFoundError, 404, jira.projectComponents.getComponent({ id: component.id }));
}

export async function access() {
  const [{ accountId }] = await jira.userSearch.findUsers({ query: "bob" });
  const group = await jira.groups.createGroup({ name: "reviewers" });
  equal("a group", group.name, "reviewers");
  await jira.groups.addUserToGroup({ groupname: "reviewers", accountId });
  const inside = await jira.groups.getUsersFromGroup({ groupname: "reviewers" });
  equal("its people", inside.values.map((each) => each.displayName), ["Bob"]);
  equal("groups by name", names((await jira.groups.findGroups({ query: "review" })).groups), ["reviewers"]);
  equal("groups of Bob", names(await jira.users.getUserGroups({ accountId })).includes("reviewers"), true);
  const roles = await jira.projectRoles.getProjectRoles({ projectIdOrKey: "AUTOTEST" });
  equal("roles of a project", "Administrators" in roles, true);
  const id = Number(roles.Administrators.split("/").at(-1));
  equal("a role", (await jira.projectRoles.getProjectRole({ projectIdOrKey: "AUTOTEST", id })).name, "Administrators");
  equal("roles", names(await jira.projectRoles.getAllProjectRoles()).includes("Administrators"), true);
  equal("permissions", (await jira.permissions.getAllPermissions()).permissions.BROWSE_PROJECTS.type, "PROJECT");
}
