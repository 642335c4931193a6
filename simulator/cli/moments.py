"""`sprintdojo scenario moments`: the library of moments, as a list or page by page. Needs no server."""

from __future__ import annotations

import click

from simulator.cli.output import print_json, print_table
from simulator.errors import SetupError
from simulator.scenario.moments_reference import all_moments, moment_json, moment_page


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def moments(name: str | None, as_json: bool) -> None:
    """The library of moments: all of them, or the page of one by its NAME (`sprintdojo scenario moments nit_flood`)."""
    library = all_moments()
    if name is not None:
        found = library.get(name.replace("-", "_"))
        if found is None:
            raise SetupError(
                f"no moment {name[:40]!r}", where="the library of moments", to_do=f"it has: {', '.join(library)}"
            )
        if as_json:
            print_json(moment_json(found))
        else:
            click.echo(moment_page(found), nl=False)
    elif as_json:
        print_json([moment_json(moment) for moment in library.values()])
    else:
        rows = [(str(kind.number), key, kind.title, str(len(kind.ways))) for key, kind in library.items()]
        print_table(("no.", "type", "moment", "ways"), rows)
