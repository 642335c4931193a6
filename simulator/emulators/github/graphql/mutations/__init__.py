"""Changing things: one class for each subject, whose methods are the mutations; together they are the root of all changes."""

from simulator.emulators.github.graphql.mutations.root import Mutation

__all__ = ["Mutation"]
