"""Votes, through the jira client and by bare requests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRAError

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api


def test_the_client_votes_and_takes_it_back(site: Site, api: Api) -> None:
    key = api.issue()
    bob = site.jira("bob")

    bob.add_vote(key)

    votes = bob.votes(key)
    assert (votes.votes, votes.hasVoted, [one.displayName for one in votes.voters]) == (1, True, ["Bob"])
    field = api.get(f"/rest/api/3/issue/{key}", fields="votes")["fields"]["votes"]
    assert (field["votes"], field["hasVoted"]) == (1, False)
    with pytest.raises(JIRAError) as refusal:
        bob.add_vote(key)
    assert refusal.value.status_code == 404
    bob.remove_vote(key)
    assert bob.votes(key).votes == 0


def test_nobody_votes_for_their_own_or_for_what_is_resolved(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/votes"
    bob = api_of("bob")

    assert api.refused("POST", path, 404)[0] == ["You cannot vote for an issue you have reported."]
    bob("POST", path, status=204)
    api.move(key, "Done")

    assert bob.refused("DELETE", path, 404)[0] == ["You cannot vote or change your vote on resolved issues."]
    api_of("carol").refused("POST", path, 404)
    assert bob.get(path)["votes"] == 1
    bob.refused("POST", "/rest/api/3/issue/NOPE-1/votes", 404)
