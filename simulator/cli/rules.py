"""`sprintdojo rules`: the rule book, as a list or page by page; `new-rule-package` begins rules of one's own. Needs no server."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.cli.output import print_json, print_table
from simulator.hygiene.profiles import changes, profile_in, read_profile
from simulator.hygiene.reference import rule_json, rule_page, worth_of
from simulator.hygiene.registry import added_rules, all_rules, rule_named, rule_packages
from simulator.hygiene.rule import Rule
from simulator.hygiene.rule_package import new_rule_package as write_package
from simulator.scenario.rule_terms import ProfilePart


@click.command()
@click.argument("code", required=False)
@click.option(
    "--profile", metavar="NAME", help="What a profile changes: default, strict, trunk-based, beginner, or a file."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rules(code: str | None, profile: str | None, as_json: bool) -> None:
    """The rule book: all rules, or the page of one by its CODE or name (`sprintdojo rules PR-04`).

    A ★ marks the essential ones, which weigh in full. Rules of installed packages come last; they count where a scenario
    asks for them.
    """
    if profile is not None:
        found_profile = profile_in(Path(profile)) if profile.endswith((".yaml", ".yml")) else read_profile(profile)
        _show_profile(found_profile, only=rule_named(code).code if code else None, as_json=as_json)
        return
    if code is not None:
        found = rule_named(code)
        print_json(rule_json(found)) if as_json else click.echo(rule_page(found), nl=False)
        return
    every = (*all_rules(), *added_rules())
    if as_json:
        print_json([rule_json(rule) for rule in every])
    else:
        print_table(("code", "name", "severity", "points", "says"), [_row(rule) for rule in every])
    for package in rule_packages():
        if package.fault:
            click.echo(f"left out: {package}: {package.fault}\n  to do: {package.to_do}", err=True)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--group", default="", help="Two letters that its codes begin with; else those of the folder's name.")
@click.option("--name", default="short-title", show_default=True, help="Name of its first rule.")
def new_rule_package(folder: Path, group: str, name: str) -> None:
    """Begin a project of your own rules in FOLDER, with a first rule, its cases and tests."""
    for path in write_package(folder, group=group, name=name):
        click.echo(f"wrote {path}")
    click.echo(f"\nnow: cd {folder} && pip install -e . && pytest && sprintdojo rules")


def _show_profile(profile: ProfilePart, *, only: str | None, as_json: bool) -> None:
    told = [change for change in changes(profile) if only in (None, change[0])]
    if as_json:
        print_json(profile.model_dump(mode="json") | {"changes": {code: words for code, _, words in told}})
        return
    off = [code for code, _, words in told if words == "off"]
    click.echo(f"{profile.name}: {profile.summary}")
    if off:
        click.echo(f"\noff ({len(off)}): {', '.join(off)}")
    click.echo("" if told else "\nIt changes nothing.")
    if len(off) < len(told):
        print_table(("code", "name", "changed"), [change for change in told if change[2] != "off"])


def _row(rule: Rule) -> tuple[str, str, str, str, str]:
    severity = f"{rule.severity} ★" if rule.essential else str(rule.severity)
    return rule.code, rule.name, severity, f"{worth_of(rule):.1f}", rule.page.summary
