"""The option that lets webhooks leave this machine."""

from __future__ import annotations

import click

from simulator.emulators.kit.destinations import BadRule, Destinations


def _checked(_context: click.Context, _parameter: click.Parameter, rules: tuple[str, ...]) -> tuple[str, ...]:
    try:
        Destinations.of(rules)
    except BadRule as exc:
        raise click.BadParameter(str(exc)) from exc
    return rules


allow_webhooks_to = click.option(
    "--allow-webhooks-to",
    "webhooks_to",
    metavar="WHERE",
    multiple=True,
    callback=_checked,
    help="Where webhooks may go beyond this machine: a network, a host name (*.example.com), or public. May be repeated.",
)
"""`--allow-webhooks-to`, as the argument `webhooks_to`."""
