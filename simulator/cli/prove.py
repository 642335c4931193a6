"""`sprintdojo scenario prove`: play a scenario's personas, compare their scores with the bands, look at its moments."""

from __future__ import annotations

import json
import multiprocessing
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

import click

from simulator.cli.found import found_scenario
from simulator.cli.output import print_json, print_table
from simulator.errors import SetupError
from simulator.run.machine import need_git
from simulator.run.proving import coverage_table, faults
from simulator.run.rehearse import Performance, rehearse
from simulator.scenario.assembling.texts import ENGLISH, languages
from simulator.scenario.load import load_scenario

_EVERY = 5  # days between two lines of progress
_Lines = SimpleQueue[str | None]
_lines: list[_Lines] = []  # of a worker: where its progress goes


@click.command()
@click.argument("scenario")
@click.option("--persona", "names", multiple=True, help="Only this persona; may be given several times.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Same seed, same sprint.")
@click.option("--language", metavar="CODE", default=ENGLISH, help="Language of its texts, such as de; else English.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: scores, findings and all facts.")
@click.option("--quiet", is_flag=True, help="No lines on how far it is.")
@click.option(
    "--workers", type=click.IntRange(1, 16), default=2, show_default=True, help="Personas played side by side."
)
def prove(  # one argument an option
    scenario: str, names: tuple[str, ...], seed: int, language: str, as_json: bool, quiet: bool, workers: int
) -> int:
    """Play the personas of SCENARIO through whole sprints.

    Exits with 1 when a score misses its band, when the model persona never meets one of the moments well, or when the sloppy one
    never meets one badly. How far it is goes to standard error.
    """
    found = found_scenario(scenario, seed=seed)
    chosen = list(names or found.spec.personas)
    unknown = [name for name in chosen if name not in found.spec.personas]
    if not chosen:
        raise SetupError("the scenario has no personas", where=str(found.file), to_do="write some under `personas`")
    if unknown:
        known = ", ".join(found.spec.personas)
        raise SetupError(f"no persona {unknown[0]!r}", where=str(found.file), to_do=f"it has: {known}")
    spoken = languages(found.folder)
    if language not in spoken:
        raise SetupError(
            f"the scenario does not speak {language!r}", where=str(found.file), to_do=f"it speaks {', '.join(spoken)}"
        )
    need_git()
    performances = _all([(str(found.file), name, seed, language) for name in chosen], workers=workers, quiet=quiet)
    missing = faults(performances)
    if as_json:
        print_json(
            {"scenario": found.id, "seed": seed, "faults": missing, "personas": [_plain(p) for p in performances]}
        )
    else:
        _tell(found.title, seed, performances)
        for fault in missing:
            click.echo(f"not proved: {fault}")
    return 1 if missing else 0


def _all(wanted: Sequence[tuple[str, str, int, str]], *, workers: int, quiet: bool) -> list[Performance]:
    side_by_side = min(workers, len(wanted))
    with (
        _told(quiet=quiet) as lines,
        ProcessPoolExecutor(side_by_side, initializer=_tell_to, initargs=(lines,)) as pool,
    ):
        return list(pool.map(_play, wanted))


@contextmanager
def _told(*, quiet: bool) -> Iterator[_Lines]:
    """Where workers say how far they are; printed as it comes."""
    lines: _Lines = multiprocessing.SimpleQueue()

    def show() -> None:
        while (line := lines.get()) is not None:
            if not quiet:
                click.echo(line, err=True)

    reader = threading.Thread(target=show, daemon=True)
    reader.start()
    try:
        yield lines
    finally:
        lines.put(None)
        reader.join()


def _tell_to(lines: _Lines) -> None:
    _lines[:] = [lines]


def _play(wanted: tuple[str, str, int, str]) -> Performance:
    file, persona, seed, language = wanted
    told = 0

    def progress(day: int, days: int) -> None:
        nonlocal told
        if day >= told + _EVERY or day in (1, days):
            told = day
            _lines[0].put(f"{persona}: day {day} of {days}")

    scenario = load_scenario(Path(file), seed=seed)
    return rehearse(scenario, persona, seed=seed, language=language, progress=progress)


def _plain(performance: Performance) -> dict[str, Any]:
    return {
        "persona": performance.persona,
        "seat": performance.seat,
        "score": performance.card["score"],
        "band": list(performance.band),
        "in_band": performance.in_band,
        "team_score": performance.team_score,
        "refused": list(performance.refused),
        "digest": performance.fingerprint,
        "moments": list(performance.moments),
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
            p.fingerprint,
        )
        for p in performances
    ]
    print_table(("persona", "score", "band", "", "facts", "fingerprint"), rows)
    for performance in performances:
        groups = json.dumps({code: round(value) for code, value in performance.card["groups"].items()})
        click.echo(f"{performance.persona}: {groups.strip('{}').replace(chr(34), '')}")
    moments = coverage_table(performances)
    if moments:
        click.echo("")
        print_table(("moment", *(p.persona for p in performances)), moments)
