"""The root of all changes. Source: https://docs.github.com/en/graphql/reference/mutations"""

from __future__ import annotations

from simulator.emulators.github.graphql.mutations.issues import IssueChanges
from simulator.emulators.github.graphql.mutations.labels import LabelChanges
from simulator.emulators.github.graphql.mutations.pulls import PullChanges
from simulator.emulators.github.graphql.mutations.repositories import RepositoryChanges
from simulator.emulators.github.graphql.mutations.reviews import ReviewChanges


class Mutation(IssueChanges, LabelChanges, PullChanges, RepositoryChanges, ReviewChanges):
    """All mutations."""
