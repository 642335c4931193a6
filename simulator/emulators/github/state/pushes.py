"""What a push meets: the rules of the refs it moves, and what the person is told about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

import pygit2

from simulator.emulators.github.state import large_files, push_rules, repositories
from simulator.emulators.github.state.holding import Rulebook, rulebook
from simulator.emulators.github.state.push_rules import Movement
from simulator.emulators.github.state.refs import ref_updated
from simulator.emulators.github.state.violations import Violation, advice
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import refs
from simulator.emulators.gitserver.judging import Judgement, Refusal
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls

Check = Callable[[Movement], Refusal | None]
"""A rule beside those of the repository, such as what the pusher's token may do: a refusal of one movement, or none."""

_PROTECTED = "protected branch hook declined"
_AGAINST_RULES = "push declined due to repository rule violations"
_HEXADECIMAL = (
    "error: GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed.",
    'error: Invalid branch or tag name "{name}"',
)
_NO_UTF_8 = "error: The name of a branch or tag must be UTF-8."
_TOO_LONG = f"error: The full name of a branch or tag must not be longer than {refs.LONGEST_NAME} bytes."


def has_rules(place: Place, updates: Sequence[RefUpdate]) -> bool:
    """Whether anything in the repository could forbid these updates; large files apart."""
    return not rulebook(place.connection, place.repository).is_empty or any(_name_refusal(update) for update in updates)


def judge(
    place: Place,
    updates: Sequence[RefUpdate],
    account: Account,
    urls: Urls,
    *,
    git: pygit2.Repository,
    quarantine: Path | None,
    checks: Sequence[Check] = (),
) -> Judgement:
    """What this person may not push, and what is worth a warning. `git` holds the new objects, which lie in `quarantine`."""
    book, movements = rulebook(place.connection, place.repository), [Movement(place, git, update) for update in updates]
    large = large_files.found_in(quarantine, movements)
    refusal = large_files.refusal_of(large)
    if refusal:
        return Judgement({update.ref: refusal for update in updates})
    refused = {}
    for movement in movements:
        found = _refusal(movement, book, account, urls) or next(filter(None, (each(movement) for each in checks)), None)
        if found:
            refused[movement.update.ref] = found
    return Judgement(refused, tuple(large_files.warnings_of(large)))


def pushed(place: Place, updates: Sequence[RefUpdate], account: Account, urls: Urls) -> list[str]:
    """Write down what a push has moved, let everything follow, and give the lines that the person sees."""
    book, git = rulebook(place.connection, place.repository), place.git
    bypassed = [line for update in updates for line in _bypassed(Movement(place, git, update), book, account)]
    followed = ref_updated(place.connection, place.instance, place.repository, updates, account)
    return [*bypassed, *(line for update in updates for line in _invitation(place, update, urls)), *followed]


def _refusal(movement: Movement, book: Rulebook, account: Account, urls: Urls) -> Refusal | None:
    ref = movement.update.ref
    bad_name = _name_refusal(movement.update)
    if bad_name:
        return bad_name
    holding = book.holding(ref)
    against = push_rules.against_protection(movement, holding.protection, account) if holding.protection else []
    if against:
        head = f"error: GH006: Protected branch update failed for {ref}."
        return Refusal((head, *(f"error: {each.reason}" for each in against), *_advice(against)), _PROTECTED)
    broken = push_rules.against_rulesets(movement, holding, account)
    if broken:
        page = urls.page(f"/{book.repository.full_name}/rules?ref={quote(ref, safe='')}")
        head = f"error: GH013: Repository rule violations found for {ref}."
        lines = (line for each in broken for line in each.lines())
        return Refusal((head, f"Review all repository rules at {page}", "", *lines, *_advice(broken)), _AGAINST_RULES)
    return None


def _advice(found: Sequence[Violation]) -> list[str]:
    return [f"hint: {sentence}" for sentence in advice(found)]


def _name_refusal(update: RefUpdate) -> Refusal | None:
    name = update.ref.split("/", 2)[-1]
    if update.before is None and refs.is_sha(name):
        return Refusal(tuple(line.format(name=name) for line in _HEXADECIMAL))
    try:
        length = len(update.ref.encode())
    except UnicodeEncodeError:
        return Refusal((_NO_UTF_8,))
    return Refusal((_TOO_LONG,)) if length > refs.LONGEST_NAME else None


def _bypassed(movement: Movement, book: Rulebook, account: Account) -> list[str]:
    # Whoever may pass rules over is told which ones a push has passed over, as on github.com.
    holding = book.holding(movement.update.ref)
    protection = holding.protection
    over = push_rules.passed_over(movement, protection, account) if protection else []
    over += [violation for ruleset in holding.rulesets for violation in push_rules.against_ruleset(movement, ruleset)]
    told = [part for each in dict.fromkeys(over) for part in each.lines()]
    return [f"Bypassed rule violations for {movement.update.ref}:", "", *told] if over else []


def _invitation(place: Place, update: RefUpdate, urls: Urls) -> list[str]:
    branch = update.branch
    present = repositories.by_id(place.connection, place.site, place.repository.id) or place.repository
    if branch is None or update.before is not None or branch == present.default_branch:
        return []
    page = urls.page(f"/{present.full_name}/pull/new/{branch}")
    return ["", f"Create a pull request for '{branch}' on GitHub by visiting:", f"     {page}", ""]
