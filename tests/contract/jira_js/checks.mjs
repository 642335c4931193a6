// What the parts of the tour share: the clients, the checks and their results, and some steps that many take.
import { isDeepStrictEqual } from "node:util";
import { createAgileClient, createCloudClient, isApiError } from "jira.js";
import { createClient } from "jira.js/core";

export const [host, aliceEmail, aliceToken, bobEmail, bobToken] = process.argv.slice(2);
export const results = {};

export function client(email, apiToken) {
  return createClient({ host, auth: { type: "basic", email, apiToken }, onSchemaMismatch: "throw" });
}

const core = client(aliceEmail, aliceToken);
export const jira = createCloudClient(core);
export const agile = createAgileClient(core);
export const bob = createCloudClient(client(bobEmail, bobToken));

export function equal(name, got, wanted) {
  if (name in results) throw new Error(`two checks are called ${name}`);
  results[name] = isDeepStrictEqual(got, wanted) ? null : `${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`;
}

export async function refused(name, is, status, promise) {
  try {
    await promise;
    results[name] = `answered, instead of ${status}`;
  } catch (error) {
    if (!isApiError(error)) throw error;
    const right = is(error) && error.status === status && Array.isArray(error.body.errorMessages);
    results[name] = right ? null : `${error.status} ${JSON.stringify(error.body)}, instead of ${status}`;
    return error.body;
  }
}

export const names = (list) => list.map((each) => each.name);
export const project = { key: "AUTOTEST" };
const paragraph = (text) => ({ type: "paragraph", content: [{ type: "text", text }] });
export const document = (text) => ({ type: "doc", version: 1, content: [paragraph(text)] });
export const textOf = (body) => body.content.flatMap((block) => block.content.map((each) => each.text)).join("|");

export async function issue(summary, fields = {}) {
  const made = await jira.issues.createIssue({ fields: { project, summary, issuetype: { name: "Story" }, ...fields } });
  return made.key;
}

export async function found(jql) {
  const page = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql, fields: ["summary"], maxResults: 100 });
  return page.issues.map((each) => each.key);
}

export async function move(key, name) {
  const { transitions } = await jira.issues.getTransitions({ issueIdOrKey: key });
  await jira.issues.doTransition({ issueIdOrKey: key, transition: { id: transitions.find((each) => each.name === name).id } });
}
