"""A review in words: an opening, a true word of praise, the points as a list, remarks on the lines meant.

Refuses to decide what stands against a pull request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simulator.model.actions import SubmitReview
from simulator.model.code import ReviewRemark, ReviewVerdict
from simulator.model.diff_lines import shown_lines
from simulator.model.keys import PullRef
from simulator.plan.diffs import lines_to_read
from simulator.plan.draws import rng
from simulator.plan.reviews.rounds import Rounds
from simulator.plan.reviews.rules.point import Point
from simulator.plan.reviews.rules.untested import is_tested_by
from simulator.plan.words.wordings import Speaker

_MOST_REMARKS = 5
_MOST_OF_A_KIND = 3
_MOST_NITS = 2
_COUNTED = 20  # of more, nobody counts how many
_FLOOD = 5  # nits from which on a reviewer may write them all, once in a run
_MOST_IN_A_FLOOD = 7
_SHARE_OF_PRAISE = 0.5
_SMALL = 60
_WELL_DESCRIBED = 20  # words
_IN_GENERAL = frozenset({"untested", "missing", "secret", "criterion"})  # on a line, and with a sentence of their own
_AS_LEFT_OVER = frozenset({"print", "breakpoint"})


def approval(rounds: Rounds, pull: PullRef, speaker: Speaker, *, flooded: bool, note: str = "") -> SubmitReview:
    """An approval in words that fit: at once, after changes, after a talk, with nits; `note` is put below."""
    nits = _chosen_nits(rounds, flooded=flooded)
    body = [speaker.say(_kind_of_approval(rounds, nits), rounds.pull.head)]
    if not rounds.requests and not nits:
        body += _praise(rounds, speaker)
    return SubmitReview(
        actor=rounds.reviewer,
        pull=pull,
        verdict=ReviewVerdict.APPROVE,
        body=" ".join(body) + (f"\n\n{note}" if note else ""),
        remarks=tuple(_remarks(rounds, nits, speaker)),
    )


def request_for_changes(
    rounds: Rounds, pull: PullRef, speaker: Speaker, *, points: Sequence[Point], flooded: bool
) -> SubmitReview:
    """A request for changes that lists the points; remarks where none was made before."""
    again = "changes-again" if rounds.has_moved else "changes-still"
    opening = speaker.say(again if rounds.requests else "changes", rounds.pull.head)
    praise = [] if rounds.requests else _praise(rounds, speaker)
    remarked = tuple(_to_remark(rounds, points))
    nits = _chosen_nits(rounds, flooded=flooded)
    return SubmitReview(
        actor=rounds.reviewer,
        pull=pull,
        verdict=ReviewVerdict.REQUEST_CHANGES,
        body="\n".join([" ".join([*praise, opening]), "", *listed(points, speaker)]),
        remarks=tuple(_remarks(rounds, (*remarked, *nits), speaker)),
    )


def listed(points: Sequence[Point], speaker: Speaker) -> Iterator[str]:
    """The points as a list, those of one kind in one sentence."""
    kinds: dict[str, list[Point]] = {}
    for point in points:
        kinds.setdefault(point.kind, []).append(point)
    for kind, same in kinds.items():
        first, more = same[0], len(same) - 1
        fields = {
            "path": first.path or "this",
            **first.fields,
            "more": first.fields.get("more") or _more(more),
        }
        said = first.words if first.words and first.line is None else None
        yield f"- {said or speaker.say(f'text:{_sentence(first)}', kind, **fields)}"


def _more(count: int) -> str:
    if not count:
        return ""
    return f" (and {count} more like it)" if count <= _COUNTED else " (and many more like it)"


def _sentence(point: Point) -> str:
    if point.kind.startswith("criterion"):
        return "criterion"
    if point.occasion in _AS_LEFT_OVER:
        return "left-over"
    in_general = point.path is None or point.occasion in _IN_GENERAL
    return point.occasion if in_general else "on-the-line"


def _kind_of_approval(rounds: Rounds, nits: Sequence[Point]) -> str:
    if nits:
        return "approved-with-nits"
    if not rounds.requests:
        return "approved"
    pushed = rounds.pull.head != rounds.requests[-1].detail.get("commit_sha")
    return "approved-after-changes" if pushed else "approved-after-talk"


def _praise(rounds: Rounds, speaker: Speaker) -> list[str]:
    """Something good that is true, at times."""
    pull = rounds.pull
    if rng(speaker.seed, "praise", *speaker.key, pull.head).random() >= _SHARE_OF_PRAISE:
        return []
    lines = lines_to_read(pull.files)
    true = {
        "praise-tests": any(is_tested_by(file) and file.additions for file in pull.files),
        "praise-deletes": sum(file.deletions for file in pull.files) > sum(file.additions for file in pull.files) + 5,
        "praise-small": 0 < lines <= _SMALL,
        "praise-description": len(pull.bodies[-1][2].split()) >= _WELL_DESCRIBED,
    }
    found = [name for name, is_true in true.items() if is_true]
    return [speaker.say(found[0], pull.head)] if found else []


def _to_remark(rounds: Rounds, points: Iterable[Point]) -> Iterator[Point]:
    """Points that want a remark: on a line, not remarked on before; one of each kind, then few more of a kind and in all."""
    before = {rounds.point_of(thread).key for thread in rounds.threads}
    wanted = [point for point in points if point.line is not None and point.key not in before]
    kinds: dict[str, list[Point]] = {}
    for point in wanted:
        kinds.setdefault(point.kind, []).append(point)
    firsts = {same[0].key for same in kinds.values()}
    others = [p.key for p in wanted if p.key not in firsts and p in kinds[p.kind][:_MOST_OF_A_KIND]]
    chosen = firsts | set(others[: max(0, _MOST_REMARKS - len(firsts))])
    return (point for point in wanted if point.key in chosen)


def _chosen_nits(rounds: Rounds, *, flooded: bool) -> tuple[Point, ...]:
    """A few of the nits; all of them when there are many, once in a run."""
    if rounds.requests:
        return ()
    nits = tuple(nit for nit in rounds.nits if nit.line is not None and nit.kind != "remark")
    return nits[:_MOST_NITS] if flooded or len(nits) < _FLOOD else nits[:_MOST_IN_A_FLOOD]


def _remarks(rounds: Rounds, points: Iterable[Point], speaker: Speaker) -> Iterator[ReviewRemark]:
    """Remarks on the points; of one kind the first says what it is about, the others point to it."""
    kinds: set[str] = set()
    for point in points:
        shown = {line for file in rounds.pull.files if file.path == point.path for line in shown_lines(file.patch)}
        line = min(shown, key=lambda number: (abs(number - (point.line or 1)), number), default=point.line or 1)
        kind = f"{point.kind}:{point.occasion}"
        yield ReviewRemark(path=point.path or "", line=line, body=_words(point, speaker, first=kind not in kinds))
        kinds.add(kind)


def _words(point: Point, speaker: Speaker, *, first: bool) -> str:
    if not first:
        nit = "nit: " if point.nit else ""
        return nit + speaker.say("line:same", point.key)
    if point.words:
        return point.words
    return speaker.say(f"line:{point.occasion}", point.key, **{"path": "", **point.fields})
