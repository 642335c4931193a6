"""`sprintdojo scenario prove`: play a scenario's personas and compare their scores with the declared bands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click

from simulator.cli.output import print_json, print_table
from simulator.errors import SetupError
from simulator.run.machine import need_git
from simulator.run.rehearse import Performance, digest, rehearse
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario


@click.command()
@click.argument("scenario")
@click.option("--persona", "names", multiple=True, help="Only this persona; may be given several times.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Same seed, same sprint.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: scores, findings and all facts.")
@click.option(
    "--workers", type=click.IntRange(1, 16), default=2, show_default=True, help="Personas played side by side."
)
def prove(scenario: str, names: tuple[str, ...], seed: int, as_json: bool, workers: int) -> int:
    """Play the personas of SCENARIO through whole sprints; exit with 1 when a score misses its band."""
    found = load_scenario(find_scenario(scenario))
    chosen = list(names or found.spec.personas)
    unknown = [name for name in chosen if name not in found.spec.personas]
    if not chosen:
        raise SetupError("the scenario has no personas", where=str(found.file), to_do="write some under `personas`")
    if unknown:
        known = ", ".join(found.spec.personas)
        raise SetupError(f"no persona {unknown[0]!r}", where=str(found.file), to_do=f"it has: {known}")
    need_git()
    performances = _all([(str(found.folder), name, seed) for name in chosen], workers=workers)
    if as_json:
        print_json({"scenario": found.id, "seed": seed, "personas": [_plain(p) for p in performances]})
    else:
        _tell(found.title, seed, performances)
    return 0 if all(performance.in_band for performance in performances) else 1


def _all(wanted: Sequence[tuple[str, str, int]], *, workers: int) -> list[Performance]:
    side_by_side = min(workers, len(wanted))
    if side_by_side == 1:
        return [_play(one) for one in wanted]
    with ProcessPoolExecutor(max_workers=side_by_side) as pool:
        return list(pool.map(_play, wanted))


def _play(wanted: tuple[str, str, int]) -> Performance:
    folder, persona, seed = wanted
    return rehearse(load_scenario(Path(folder)), persona, seed=seed)


def _plain(performance: Performance) -> dict[str, Any]:
    return {
        "persona": performance.persona,
        "seat": performance.seat,
        "score": performance.card["score"],
        "band": list(performance.band),
        "in_band": performance.in_band,
        "team_score": performance.team_score,
        "refused": list(performance.refused),
        "digest": digest(performance.facts),
        "scorecard": performance.card,
        "facts": list(performance.facts),
    }


def _tell(title: str, seed: int, performances: list[Performance]) -> None:
    click.echo(f"{title}, seed {seed}")
    rows = [
        (
            p.persona,
            f"{p.score:.1f}",
            f"{p.band[0]:g}–{p.band[1]:g}",
            "in its band" if p.in_band else "MISSED",
            str(len(p.facts)),
            digest(p.facts),
        )
        for p in performances
    ]
    print_table(("persona", "score", "band", "", "facts", "fingerprint"), rows)
    for performance in performances:
        groups = json.dumps({code: round(value) for code, value in performance.card["groups"].items()})
        click.echo(f"{performance.persona}: {groups.strip('{}').replace(chr(34), '')}")
