// A tour of an emulated GitHub with Octokit, unmodified. Prints one JSON object: each check's name, and what was wrong or null.
// Arguments: the REST base, Alice's token, Bob's token, Carol's token.
import { isDeepStrictEqual } from "node:util";
import { Octokit, RequestError } from "octokit";

const [baseUrl, ...tokens] = process.argv.slice(2);
const [alice, bob, carol] = tokens.map(
  (auth) => new Octokit({ auth, baseUrl, retry: { enabled: false }, throttle: { enabled: false } }),
);
const repo = { owner: "acme", repo: "payments" };
const results = {};

function equal(name, got, wanted) {
  results[name] = isDeepStrictEqual(got, wanted) ? null : `${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`;
}

async function refused(name, status, promise) {
  try {
    await promise;
    results[name] = `answered, instead of ${status}`;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    results[name] = error.status === status ? null : `${error.status} ${error.message}, instead of ${status}`;
  }
}

const base64 = (text) => Buffer.from(text).toString("base64");

async function people() {
  const me = await alice.rest.users.getAuthenticated();
  equal("the token's user", me.data.login, "alice");
  equal("the scopes are told", me.headers["x-oauth-scopes"].includes("repo"), true);
  equal("the limit is told", Number(me.headers["x-ratelimit-limit"]) >= 5000, true);
  equal("members", (await alice.rest.orgs.listMembers({ org: "acme" })).data.map((each) => each.login), ["alice", "bob"]);
  const stranger = new Octokit({ auth: "no-such-token", baseUrl, retry: { enabled: false }, throttle: { enabled: false } });
  await refused("a bad token", 401, stranger.rest.users.getAuthenticated());
}

async function repositories() {
  const made = await alice.rest.repos.createForAuthenticatedUser({ name: "tool", private: true, auto_init: true });
  equal("a repository is made", [made.status, made.data.full_name, made.data.private], [201, "alice/tool", true]);
  equal("its place is told", made.headers.location, made.data.url);
  await refused("a private one is hidden", 404, bob.rest.repos.get({ owner: "alice", repo: "tool" }));
  await refused("a name is taken once", 422, alice.rest.repos.createForAuthenticatedUser({ name: "tool" }));
  await alice.rest.repos.replaceAllTopics({ owner: "alice", repo: "tool", names: ["a", "b"] });
  equal("topics", (await alice.rest.repos.getAllTopics({ owner: "alice", repo: "tool" })).data.names, ["a", "b"]);
  await alice.rest.repos.update({ owner: "alice", repo: "tool", name: "gadget" });
  const moved = await alice.request("GET /repos/alice/tool");
  equal("a former name leads on", moved.data.full_name, "alice/gadget");
  equal("deleted", (await alice.rest.repos.delete({ owner: "alice", repo: "gadget" })).status, 204);
}

async function files() {
  const made = await alice.rest.repos.createOrUpdateFileContents({
    ...repo, path: "dir/f.txt", message: "feat: f", content: base64("one\n"),
  });
  equal("a file in a folder", [made.status, made.data.content.path], [201, "dir/f.txt"]);
  const file = await alice.rest.repos.getContent({ ...repo, path: "dir/f.txt" });
  equal("its content", Buffer.from(file.data.content, "base64").toString(), "one\n");
  const raw = await alice.rest.repos.getContent({ ...repo, path: "dir/f.txt", mediaType: { format: "raw" } });
  equal("raw", raw.data, "one\n");
  const again = await alice.request("GET /repos/{owner}/{repo}", repo);
  await refused("unchanged is 304", 304, alice.request("GET /repos/{owner}/{repo}", {
    ...repo, headers: { "if-none-match": again.headers.etag },
  }));
  const ref = await alice.rest.git.getRef({ ...repo, ref: "heads/main" });
  equal("the ref moved", ref.data.object.sha, made.data.commit.sha);
  await alice.rest.git.createRef({ ...repo, ref: "refs/heads/feat/x", sha: ref.data.object.sha });
  const matching = await alice.rest.git.listMatchingRefs({ ...repo, ref: "heads/feat" });
  equal("matching refs", matching.data.map((each) => each.ref), ["refs/heads/feat/x"]);
  await alice.rest.repos.createOrUpdateFileContents({
    ...repo, path: "x.txt", message: "feat: x", content: base64("x\n"), branch: "feat/x",
  });
  const compared = await alice.rest.repos.compareCommitsWithBasehead({ ...repo, basehead: "main...feat/x" });
  equal("compare", [compared.data.status, compared.data.ahead_by], ["ahead", 1]);
  const tree = await alice.rest.git.getTree({ ...repo, tree_sha: "feat/x", recursive: "1" });
  equal("tree", tree.data.tree.map((each) => each.path), ["README.md", "dir", "dir/f.txt", "x.txt"]);
}

async function issues() {
  for (let number = 0; number < 12; number += 1) await alice.rest.issues.create({ ...repo, title: `Issue ${number}` });
  const all = await alice.paginate(alice.rest.issues.listForRepo, { ...repo, per_page: 5 });
  equal("pages", all.length, 12);
  const one = { ...repo, issue_number: 1 };
  equal("labels", (await alice.rest.issues.addLabels({ ...one, labels: ["bug"] })).data.map((each) => each.name), ["bug"]);
  const milestone = await alice.rest.issues.createMilestone({ ...repo, title: "Sprint 1" });
  const edited = await alice.rest.issues.update({ ...one, milestone: milestone.data.number, assignees: ["bob"] });
  equal("milestone", edited.data.milestone.title, "Sprint 1");
  equal("assignees", edited.data.assignees.map((each) => each.login), ["bob"]);
  await alice.rest.issues.createComment({ ...one, body: "Hello" });
  equal("comments", (await alice.rest.issues.listComments(one)).data.map((each) => each.body), ["Hello"]);
  equal("a reaction", (await bob.rest.reactions.createForIssue({ ...one, content: "heart" })).status, 201);
  equal("twice is the same", (await bob.rest.reactions.createForIssue({ ...one, content: "heart" })).status, 200);
  const timeline = await alice.paginate(alice.rest.issues.listEventsForTimeline, one);
  equal("timeline", timeline.map((each) => each.event).sort(), ["assigned", "commented", "labeled", "milestoned"]);
  const found = await alice.rest.search.issuesAndPullRequests({ q: "repo:acme/payments is:issue label:bug" });
  equal("search", found.data.items.map((each) => each.number), [1]);
  await refused("no title", 422, alice.rest.issues.create({ ...repo }));
  await refused("no such issue", 404, alice.rest.issues.get({ ...repo, issue_number: 999 }));
}

async function pulls() {
  const made = await alice.rest.pulls.create({ ...repo, base: "main", head: "feat/x", title: "feat: x", draft: false });
  const pull = { ...repo, pull_number: made.data.number };
  equal("a number after the issues'", made.data.number, 13);
  const files = await alice.rest.pulls.listFiles(pull);
  equal("its files", files.data.map((each) => [each.filename, each.additions]), [["x.txt", 1]]);
  const diff = await alice.rest.pulls.get({ ...pull, mediaType: { format: "diff" } });
  equal("as a diff", diff.data.includes("+x"), true);
  await alice.rest.pulls.requestReviewers({ ...pull, reviewers: ["bob"] });
  equal("reviewers", (await alice.rest.pulls.listRequestedReviewers(pull)).data.users.map((each) => each.login), ["bob"]);
  await refused("one's own", 422, alice.rest.pulls.createReview({ ...pull, event: "APPROVE" }));
  await bob.rest.pulls.createReview({
    ...pull, event: "COMMENT", body: "Hm", comments: [{ path: "x.txt", line: 1, side: "RIGHT", body: "Why x?" }],
  });
  equal("comments on lines", (await alice.rest.pulls.listReviewComments(pull)).data.map((each) => each.body), ["Why x?"]);
  await bob.rest.pulls.createReview({ ...pull, event: "APPROVE" });
  equal("states", (await alice.rest.pulls.listReviews(pull)).data.map((each) => each.state), ["COMMENTED", "APPROVED"]);
  await alice.rest.repos.createCommitStatus({ ...repo, sha: made.data.head.sha, state: "success", context: "ci" });
  const state = await alice.rest.repos.getCombinedStatusForRef({ ...repo, ref: "feat/x" });
  equal("status", [state.data.state, state.data.total_count], ["success", 1]);
  const run = await alice.rest.checks.create({ ...repo, name: "lint", head_sha: made.data.head.sha, conclusion: "success" });
  equal("check run", [run.data.status, run.data.conclusion], ["completed", "success"]);
  await refused("not merged yet", 404, alice.rest.pulls.checkIfMerged(pull));
  const merged = await alice.rest.pulls.merge({ ...pull, merge_method: "squash" });
  equal("merged", merged.data.merged, true);
  equal("and known as merged", (await alice.rest.pulls.checkIfMerged(pull)).status, 204);
  await refused("only once", 405, alice.rest.pulls.merge(pull));
}

async function graphql() {
  const query = `query ($number: Int!) {
    repository(owner: "acme", name: "payments") {
      nameWithOwner
      issue(number: 1) { title labels(first: 5) { nodes { name } } milestone { title } }
      pullRequest(number: $number) { state merged reviews(first: 5) { totalCount } }
    }
  }`;
  const { repository } = await alice.graphql(query, { number: 13 });
  equal("graphql: repository", repository.nameWithOwner, "acme/payments");
  equal("graphql: issue", repository.issue, {
    title: "Issue 0", labels: { nodes: [{ name: "bug" }] }, milestone: { title: "Sprint 1" },
  });
  equal("graphql: pull request", repository.pullRequest, { state: "MERGED", merged: true, reviews: { totalCount: 2 } });
  const failure = await alice.graphql('{ repository(owner: "acme", name: "nothing") { id } }').catch((error) => error);
  equal("graphql: not found", failure.errors?.[0]?.type, "NOT_FOUND");
}

async function others() {
  const release = await alice.rest.repos.createRelease({ ...repo, tag_name: "v1", name: "One" });
  equal("a release", [release.status, release.data.tag_name], [201, "v1"]);
  equal("makes its tag", (await alice.rest.repos.listTags(repo)).data.map((each) => each.name), ["v1"]);
  const fork = await carol.rest.repos.createFork(repo);
  equal("a fork", [fork.status, fork.data.full_name], [202, "carol/payments"]);
  const archive = await alice.rest.repos.downloadTarballArchive({ ...repo, ref: "main" });
  equal("an archive", new Uint8Array(archive.data)[0], 0x1f);
  const hook = await alice.rest.repos.createWebhook({ ...repo, config: { url: "http://127.0.0.1:9/" }, events: ["push"] });
  equal("a webhook", hook.data.events, ["push"]);
  await alice.rest.repos.addCollaborator({ ...repo, username: "carol", permission: "pull" });
  equal("a collaborator", (await alice.rest.repos.checkCollaborator({ ...repo, username: "carol" })).status, 204);
  await refused("who may only read", 403, carol.rest.issues.createLabel({ ...repo, name: "x", color: "ffffff" }));
  const ruleset = await alice.rest.repos.createRepoRuleset({
    ...repo, name: "main", enforcement: "active", target: "branch",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } }, rules: [{ type: "deletion" }],
  });
  equal("a ruleset", [ruleset.status, ruleset.data.rules[0].type], [201, "deletion"]);
  const rules = await alice.rest.repos.getBranchRules({ ...repo, branch: "main" });
  equal("holds for main", rules.data.map((each) => each.type), ["deletion"]);
  await refused("main stays", 422, alice.rest.git.deleteRef({ ...repo, ref: "heads/main" }));
  await refused("what is not emulated says so", 501, alice.request("GET /repos/{owner}/{repo}/pages", repo));
}

for (const stage of [people, repositories, files, issues, pulls, graphql, others]) {
  try {
    await stage();
  } catch (error) {
    results[`${stage.name} came to its end`] = String(error);
  }
}
console.log(JSON.stringify(results));
