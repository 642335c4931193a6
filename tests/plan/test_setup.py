from __future__ import annotations

from pathlib import Path

from simulator.model import actions as do
from simulator.plan.setup import setup_actions
from simulator.scenario.load import load_scenario
from tests.plan.builders import a_scenario


def test_parents_are_created_before_their_children(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path)
    text = scenario.file.read_text().replace(
        "backlog:\n",
        "backlog:\n"
        "  - {id: part, type: Sub-task, summary: A part, parent: story}\n"
        "  - {id: story, summary: S, parent: epic}\n"
        "  - {id: epic, type: Epic, summary: E}\n",
    )
    scenario.file.write_text(text)

    bulks = [a for a in setup_actions(load_scenario(tmp_path)) if isinstance(a, do.CreateIssues)]

    assert [[issue.ref for issue in bulk.issues] for bulk in bulks] == [
        ["epic", "refunds", "vague", "retry"],
        ["story"],
        ["part"],
    ]


def test_criteria_stand_below_the_description(tmp_path: Path) -> None:
    bulk = next(a for a in setup_actions(a_scenario(tmp_path)) if isinstance(a, do.CreateIssues))

    assert bulk.issues[0].description == "Acceptance criteria\n- All of it.\n- A part of it."


def test_everybody_but_the_admin_gets_the_right_that_the_scenario_gives(tmp_path: Path) -> None:
    access = next(a for a in setup_actions(a_scenario(tmp_path)) if isinstance(a, do.AddCollaborators))

    assert access.permissions == {"learner": "push", "second": "push", "anna": "pull", "tom": "push"}


def test_an_open_branch_is_left_open(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path)
    scenario.file.write_text(scenario.file.read_text().replace("folder: repo,", "folder: repo, protection: null,"))

    actions = setup_actions(load_scenario(tmp_path))

    assert not any(isinstance(action, do.ProtectBranch) for action in actions)
