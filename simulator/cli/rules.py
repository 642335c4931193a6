"""`sprintdojo rules`: the rule book, as a list or page by page. Needs no server."""

from __future__ import annotations

import click

from simulator.cli.output import print_json, print_table
from simulator.hygiene.reference import points, rule_json, rule_page
from simulator.hygiene.registry import all_rules, rule_named


@click.command()
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rules(code: str | None, as_json: bool) -> None:
    """The rule book: all rules, or the page of one by its CODE or name (`sprintdojo rules PR-04`)."""
    book = all_rules()
    worth = points(book)
    if code is not None:
        found = rule_named(code)
        if as_json:
            print_json(rule_json(found, worth[found.code]))
        else:
            click.echo(rule_page(found, worth[found.code]), nl=False)
    elif as_json:
        print_json([rule_json(rule, worth[rule.code]) for rule in book])
    else:
        rows = [(rule.code, rule.name, rule.severity, f"{worth[rule.code]:.1f}", rule.page.summary) for rule in book]
        print_table(("code", "name", "severity", "points", "says"), rows)
