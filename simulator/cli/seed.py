"""`sprintdojo scenario seed`: the people of a scenario as a seed file for emulated services in another process."""

from __future__ import annotations

import click
import yaml

from simulator.cli.found import found_scenario
from simulator.run.sites import seed_values

_HEAD = """\
# The people of {title}, for services in a process of their own:
#   sprintdojo emulate --port 4010 --seed THIS-FILE
# then, with these variables set,
#   sprintdojo start {name} --github http://127.0.0.1:4010/github/api/v3 --jira http://127.0.0.1:4010/jira
"""


@click.command()
@click.argument("scenario")
def seed(scenario: str) -> None:
    """Print a seed file with the people of SCENARIO, and the variables that name their tokens."""
    found = found_scenario(scenario)
    values = seed_values(found, lambda login: f"{login}-token")
    click.echo(_HEAD.format(title=found.title, name=found.id), nl=False)
    for person in found.roster:
        name = person.seat.upper().replace("-", "_")
        click.echo(f"#   export SPRINTDOJO_GITHUB_TOKEN_{name}={person.login}-token")
        click.echo(f"#   export SPRINTDOJO_JIRA_TOKEN_{name}={person.login}-token")
    click.echo(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), nl=False)
