"""SP-11: how the work was shared."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import SHARES, Shares
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict, Wait
from simulator.model.keys import SeatId


class ShareOptions(Options):
    """What may be set."""

    most_uneven: float = Field(
        default=0.5, ge=0.1, le=1, description="unevenness, 0 to 1, above which it is remarked on"
    )


@rule(
    code="SP-11",
    name="fair-contribution",
    about=SHARES,
    severity=Severity.INFO,
    target=0.7,
    quota=0,
    options=ShareOptions(),
)
def fair_contribution(shares: Shares, history: History, options: ShareOptions) -> Verdict:
    """How evenly merged lines, pull requests, reviews and points are shared. It informs, and is never graded.

    What it checks
    --------------
    The Gini coefficient of each of the four over the people who did any of them, 0 for even and 1 for one person alone, and the
    mean of the four. Above 0.5 it says so.

    Why it matters
    --------------
    One person's holiday should not stop a team. What numbers show is only a reason to talk: who pairs, asks and explains is in
    none of them.

    Example
    -------
    Good: three people, 4, 3 and 3 pull requests, everybody reviewed

    Bad: one person merged nine of ten, and nobody else knows that part

    How to fix
    ----------
    Pair, take turns with reviews, and let somebody else have the next issue in the part that one person knows.

    References
    ----------
    - https://reposense.org
    """
    sprint, people = shares.sprint, shares.people
    if sprint.closed_at is None and not history.is_over:
        return Wait(reason=f"{sprint.name} still runs; shares are told when it is over")
    known = {name: [of.get(seat, 0.0) for seat in people] for name, of in shares.done.items() if sum(of.values()) > 0}
    if len(people) < 2 or not known:
        return Skip(reason=f"fewer than two people had a share in {sprint.name}")
    uneven = sum(_gini(amounts) for amounts in known.values()) / len(known)
    evidence: Measures = {
        "unevenness": round(uneven, 2),
        "limit": options.most_uneven,
        **{name: _listed(people, amounts, history) for name, amounts in known.items()},
    }
    if uneven <= options.most_uneven:
        return Pass(message=f"the work of {sprint.name} was shared by {len(people)}", credit=1.0, evidence=evidence)
    name, amounts = max(known.items(), key=lambda entry: (_gini(entry[1]), entry[0]))
    top = max(range(len(people)), key=lambda place: amounts[place])
    return Breach(
        message=f"{history.name_of(people[top])} did {amounts[top] / sum(amounts):.0%} of the {name} of {sprint.name}; the "
        f"unevenness over all is {uneven:.2f}, from {options.most_uneven:g} it is worth a talk.",
        how_to_fix="Pair on the next issue, take turns with reviews, and give away one in the part that one person knows.",
        credit=1.0 - uneven,
        repaired=True,
        evidence=evidence,
        at=sprint.closed_at,
    )


def _gini(amounts: Sequence[float]) -> float:
    """0 when all have the same, 1 when one has everything. Needs two people and something to share."""
    ordered, count = sorted(amounts), len(amounts)
    weighted = sum(place * size for place, size in enumerate(ordered, start=1))
    gini = 2 * weighted / (count * sum(ordered)) - (count + 1) / count
    return gini * count / (count - 1)


def _listed(people: Sequence[SeatId], amounts: Sequence[float], history: History) -> str:
    return ", ".join(f"{history.name_of(seat)} {size:g}" for seat, size in zip(people, amounts, strict=True))
