"""The imperative of a verb's other forms: `added`, `adds` and `adding` are forms of `add`.

Knows the verbs that commit headers begin with. Refuses words that are as often something else: `settings`, `nested`, `docs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

_PLAIN = """
abort accept access acknowledge activate adapt add address adjust adopt advance align allocate allow alter amend analyse
analyze announce append apply approve archive arrange ask assert assign attach audit authenticate authorise authorize
automate avoid await balance batch block boost bring bump bundle bypass calculate call cancel capture carry cast catch
centralise centralize change charge check choose clamp clarify clean cleanup clear clone close collapse collect combine
comment compare compile complete compress compute condense configure confirm connect consider consolidate constrain
construct consume contain continue convert copy correct count cover create customise customize deactivate debug decide
declare decode decouple decrease deduplicate define delay delegate delete deliver demote deploy deprecate derive describe
deserialise deserialize detach detect determine disable discard disconnect display distinguish document double download drop
duplicate echo edit eliminate embed emit enable encapsulate encode encourage encrypt enforce enhance ensure enter
enumerate establish evaluate examine exclude execute exit expand expect explain expose express extend extract fail
fetch fill filter finalise finalize find finish fix flatten flush follow force forbid forward free freeze fulfil gather
generate give grant group guarantee guard handle harden hide highlight hook ignore implement import improve include
increase indent infer inform inherit initialise initialize inject inline insert inspect install instantiate integrate
introduce invalidate invert invoke isolate join keep kill launch let lift link lint list listen load localise localize
lock lower maintain make manage mark mask match measure mention merge migrate minimise minimize mirror mock modernise
modernize modify mount move mute narrow normalise normalize notify obtain offer omit open optimise optimize order
organise organize override overwrite parallelise parallelize parse pass patch pause perform permit persist pick place
polish populate postpone preserve prevent print prioritise prioritize process produce prohibit promote propagate protect
prove provide publish pull purge push put query queue raise reach read rearrange rebase rebuild recalculate receive
recommend reconcile record recover redact redirect redo reduce refactor refer refine reflect reformat refresh refund
refuse register reintroduce reject relax release reload relocate remember remove rename render reopen reorder
reorganise reorganize repair repeat rephrase replace report represent reproduce request require rerun reset resolve
respect respond restore restrict restructure retain rethrow retrieve retry return reuse revamp reverse revert review
revise revoke rewrite rework reword roll rotate round sanitise sanitize save schedule search secure select send separate
serialise serialize serve shift shorten show shrink silence simplify skip solve sort specify speed standardise
standardize start state stop store streamline strengthen strip stub submit supersede supply support suppress suspend
swap switch synchronise synchronize tackle take target terminate test throttle throw tidy tighten toggle touch track
transfer transform translate treat trigger trim truncate tune turn tweak unblock uncomment undo unify uninstall unlock
unset unpack untangle unwrap update upgrade upload use utilise utilize validate verify view visualise visualize wait warn
weaken widen wire work wrap write
"""
_DOUBLING = """
control drop embed forbid forget get let omit permit pin plan plug prefer put refer rerun reset run set ship skip split stop
strip stub submit swap trim unset unwrap unzip wrap
"""
_DOUBLING_OR_NOT = "cancel fulfil label model travel"
_NO_PAST = """
begin bring build cast catch choose come cut do find forbid forget freeze get give go hide keep let make override overwrite put
read rebuild redo rerun reset rethrow rewrite run send set show shrink split take throw undo unset withdraw write
"""
_IRREGULAR = {
    "made": "make",
    "built": "build",
    "rebuilt": "rebuild",
    "wrote": "write",
    "rewrote": "rewrite",
    "sent": "send",
    "kept": "keep",
    "got": "get",
    "getting": "get",
    "did": "do",
    "doing": "do",
    "does": "do",
    "gave": "give",
    "took": "take",
    "brought": "bring",
    "chose": "choose",
    "ran": "run",
    "undid": "undo",
    "redid": "redo",
    "overrode": "override",
    "threw": "throw",
    "shrank": "shrink",
}
# Nouns and adjectives that look like a form of a verb, with which a description may well begin.
_SOMETHING_ELSE = """
accesses accounts addresses advanced archived archives attached audits authorised authorized automated awaiting balances batches
batching billing blocks building builds bundles bundling cached caches caching calls cancelled canceled captured captures
cards casting charges checks closed comments completed configured connected copies counts customised debugging declared
delayed delays deprecated detached detailed disabled displays distributed documents doubled downloads duplicated duplicates
embedded encoding encrypted escaped expected exports extracts failed failing fetches filtered filtering filters finished
following forced forwards frozen generated groups guarantees guards handling hidden highlights hooks imports indexing inlined
inserts installed joins landing lifts limits linked links linting lints lists listing loads loading locked locks logging logs
mapping maps marked masked masks matches matching measures mentions mirrors missing mocks mounts nested offers opening orders
ordering paging parsing passes patches pauses permits picks places planned planning points prints printing processes processing
products protected publishing pulls pushes queries queues reads reading records recording redirects refreshes refunded refunds
rejected related releases remaining rendering repeated reports reporting requests required resets returned returns reviews rolls
rounding routing runs running saved schedules scheduled scheduling searches secures selected sets setting shared shifts ships
shipping shows signed sorted sorting sorts specified splits starting starts states stops stored stores streaming streams stubs
supplies switches tagging targets testing tests throttling toggles touches tracks tracking transfers translated triggers turns
unpacked unused uploads views waits warning wires working works wraps writes
"""


def imperative_of(word: str) -> str | None:
    """The imperative of which a word, in any case, is a past, present or `-ing` form; None for every other word."""
    return _forms().get(word.lower())


def is_verb(word: str) -> bool:
    """Whether a word, in any case, is one of the verbs, in its imperative."""
    return word.lower() in _verbs()


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(_PLAIN.split())


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, str]:
    verbs = _PLAIN.split()
    found = {form: verb for verb in verbs for form in _forms_of(verb)} | _IRREGULAR
    others = frozenset([*verbs, *_SOMETHING_ELSE.split()])
    return {form: verb for form, verb in found.items() if form not in others}


def _forms_of(verb: str) -> Iterator[str]:
    """The regular forms of a verb, as they are spelt in Britain and in America."""
    soft = verb[-1] == "y" and verb[-2] not in "aeiou"
    if soft:
        yield f"{verb[:-1]}ies"
    else:
        yield f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"
    for stem in _stems(verb):
        if verb not in _NO_PAST.split():
            yield f"{verb[:-1]}ied" if soft else f"{stem}ed"
        yield f"{stem}ing"


def _stems(verb: str) -> Iterator[str]:
    if verb.endswith("e") and not verb.endswith(("ee", "ye")):
        yield verb[:-1]
    elif verb in _DOUBLING.split():
        yield verb + verb[-1]
    else:
        yield verb
        if verb in _DOUBLING_OR_NOT.split():
            yield verb + verb[-1]
