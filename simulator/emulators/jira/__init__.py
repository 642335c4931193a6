"""The emulated Jira Cloud: platform and agile REST. `routes` speak HTTP, `state` keeps the rules, `payloads` renders."""
