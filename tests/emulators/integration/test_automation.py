"""Rules that move issues when pull requests open and are merged."""

from __future__ import annotations

import requests

from tests.emulators.conftest import Site, a_seed
from tests.emulators.github.worktree import Clone
from tests.emulators.integration.panels import status_of
from tests.emulators.jira.conftest import Api


def test_pull_requests_move_issues_only_where_a_rule_says_so(site: Site, api: Api, clone: Clone) -> None:
    one, other = api.issue(), api.issue()
    for key in (one, other):
        clone.git("switch", "-qc", f"{key}-work", "origin/main")
        clone.commit(f"{key}.txt", "1\n", "feat: work")
        clone.push("HEAD")
    repository, rules = site.github("bob").get_repo("acme/payments"), f"{site.url}/emulator/automation"
    assert requests.get(rules).json() == {"pull_request_opened": None, "pull_request_merged": None}

    repository.create_pull(title="Unmoved", head=f"{one}-work", base="main")
    assert status_of(api, one) == "To Do"
    wanted = {"pull_request_opened": " In Review ", "pull_request_merged": "done"}
    kept = {"pull_request_opened": "In Review", "pull_request_merged": "done"}
    assert requests.put(rules, json=wanted).json() == requests.get(rules).json() == kept
    pull = repository.create_pull(title="Moved", head=f"{other}-work", base="main")
    assert status_of(api, other) == "In Review"
    pull.merge()
    assert (status_of(api, one), status_of(api, other)) == ("To Do", "Done")

    for wrong in ({"pull_request_opened": 5}, {"pull_request_merged": ""}, {"other": "Done"}):
        assert requests.put(rules, json=wrong).status_code == 422
    assert requests.put(rules, json={"pull_request_opened": None}).json()["pull_request_opened"] is None


def test_a_seed_sets_rules_and_leaves_those_that_somebody_has_set(site: Site) -> None:
    projects = [{"key": "AUTOTEST", "name": "Autotest", "template": "scrum", "lead": "alice"}]
    seed = a_seed(jira={"projects": projects, "automation": {"pull_request_merged": "Done"}})
    rules = f"{site.url}/emulator/automation"

    site.emulators.create_site(site.key, seed)
    assert requests.get(rules).json() == {"pull_request_opened": None, "pull_request_merged": "Done"}
    requests.put(rules, json={"pull_request_merged": "In Review"})
    site.emulators.create_site(site.key, seed)
    assert requests.get(rules).json()["pull_request_merged"] == "In Review"
