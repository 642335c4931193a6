// A tour of an emulated Jira with jira.js, unmodified, which throws at any answer that is not as its schemas have it.
// Prints one JSON object: each check's name, and what was wrong or null. Arguments: the site's address, then e-mail and token
// of Alice, who administers, and of Bob.
import { results } from "./checks.mjs";
import { issues, parts, work } from "./issues.mjs";
import { boards, search, sprints } from "./planning.mjs";
import { access, catalogues, people, projects, releases } from "./site.mjs";

for (const part of [people, catalogues, projects, issues, parts, work, releases, access]) await part();
await sprints(await boards(await search()));
console.log(JSON.stringify(results));
