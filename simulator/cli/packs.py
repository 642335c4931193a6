"""`sprintdojo scenario pack` and `install`: scenarios as files that one can pass on."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.found import found_scenario, packs_folder
from simulator.scenario.packing import install as install_pack
from simulator.scenario.packing import pack as write_pack
from simulator.scenario.packs import find_scenario


@click.command()
@click.argument("scenario")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file; else NAME.zip here.")
def pack(scenario: str, output: Path | None) -> None:
    """Pack SCENARIO with all that it uses into one zip file; one with faults is not packed."""
    found = found_scenario(scenario)
    to = output or Path(f"{found.folder.name}.zip")
    count = write_pack(found, to)
    click.echo(f"{to}: {count} files. Others install it with `sprintdojo scenario install {to.name}`")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="In place of the pack of that name.")
def install(file: Path, replace: bool) -> None:
    """Install the scenarios of a pack FILE, after looking through it; nothing of it is run."""
    for found in install_pack(file, packs_folder(), replace=replace):
        name = found.folder.name
        meant = find_scenario(name, packs=packs_folder()).resolve()
        is_meant = meant == found.folder.resolve()
        click.echo(f"{found.id}: {found.title}. Begin it with `sprintdojo start {name if is_meant else found.folder}`")
        if not is_meant:
            click.echo(f"  by `{name}` alone another one is meant: {meant}")
