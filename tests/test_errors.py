"""Errors keep what they say on their way back from another process."""

from __future__ import annotations

import pickle

import pytest

from simulator.errors import (
    Conflict,
    Problem,
    RateLimited,
    ScenarioError,
    SetupError,
    SprintdojoError,
)

EVERY_SHAPE = [
    SetupError("no git", where="PATH", to_do="install it"),
    Conflict("no", service="GitHub", retryable=True, where="there"),
    RateLimited("later", service="Jira", retry_after_s=2.5),
    ScenarioError((Problem("b.yaml", 2, 1, "worse"), Problem("a.yaml", 1, 1, "bad", "mend it"))),
]


@pytest.mark.parametrize("error", EVERY_SHAPE, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_from_another_process_as_it_was(error: SprintdojoError) -> None:
    again = pickle.loads(pickle.dumps(error))

    assert type(again) is type(error)
    assert vars(again) == vars(error)
    assert str(again) == str(error)


def test_a_scenario_error_names_the_first_fault_of_the_file() -> None:
    error = EVERY_SHAPE[-1]

    assert error.what == "2 problems in the scenario, the first: bad"
    assert error.where == "a.yaml:1:1"
    assert error.to_do == "mend it"
