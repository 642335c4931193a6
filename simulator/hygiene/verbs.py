"""The imperative of a verb's other forms: `added`, `adds` and `adding` are forms of `add`.

Knows the verbs that commit headers begin with. Refuses words that are as often something else: `settings`, `nested`, `docs`.
"""

from __future__ import annotations

_PLAIN = """
abort accept access acknowledge activate adapt add address adjust adopt advance align allocate allow alter amend analyse
analyze announce append apply approve archive arrange ask assert assign attach audit authenticate authorise authorize
automate avoid await balance batch block boost bring bump bundle bypass calculate call cancel capture carry cast catch
centralise centralize change charge check choose clamp clarify clean cleanup clear clone close collapse collect combine
comment compare compile complete compress compute condense configure confirm connect consider consolidate constrain
construct consume contain continue convert copy correct count cover create customise customize deactivate debug decide
declare decode decouple decrease deduplicate define delay delegate delete deliver demote deploy deprecate derive describe
deserialise deserialize detach detect determine disable discard disconnect display distinguish document double download
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
revise revoke rewrite rework reword roll rotate sanitise sanitize save schedule search secure select send separate
serialise serialize serve shift shorten show shrink silence simplify skip solve sort specify speed standardise
standardize start state stop store streamline strengthen strip stub submit supersede supply support suppress suspend
swap switch synchronise synchronize tackle take target terminate test throttle throw tidy tighten toggle touch track
transfer transform translate treat trigger trim truncate tune turn tweak unblock uncomment undo unify uninstall unlock
unset unpack untangle unwrap update upgrade upload use utilise utilize validate verify view visualise visualize wait warn
weaken widen wire work wrap write
"""
_DOUBLING = frozenset(
    [
        "cancel",
        "commit",
        "control",
        "drop",
        "embed",
        "plan",
        "refer",
        "rewrap",
        "run",
        "set",
        "skip",
        "split",
        "stop",
        "strip",
        "stub",
        "submit",
        "swap",
        "trim",
        "unset",
        "unwrap",
        "wrap",
        "cut",
        "get",
        "put",
        "let",
        "ship",
        "pin",
        "plug",
        "tag",
        "flag",
        "permit",
        "forget",
        "begin",
        "omit",
        "reset",
        "rerun",
    ]
)
_IRREGULAR = {
    "made": "make",
    "built": "build",
    "rebuilt": "rebuild",
    "wrote": "write",
    "rewrote": "rewrite",
    "sent": "send",
    "kept": "keep",
    "got": "get",
    "did": "do",
    "done": "do",
    "gave": "give",
    "took": "take",
    "brought": "bring",
    "chose": "choose",
    "ran": "run",
    "undid": "undo",
    "redid": "redo",
    "overrode": "override",
    "threw": "throw",
    "caught": "catch",
    "froze": "freeze",
    "hid": "hide",
    "shrank": "shrink",
    "forbade": "forbid",
    "began": "begin",
    "came": "come",
    "went": "go",
    "did not": "do not",
    "withdrew": "withdraw",
    "building": "build",
    "builds": None,
    "doing": "do",
    "does": "do",
    "getting": "get",
    "gets": "get",
    "going": "go",
    "goes": "go",
    "running": "run",
    "runs": "run",
    "setting": "set",
    "sets": "set",
    "splitting": "split",
    "splits": "split",
    "dropping": "drop",
    "drops": "drop",
    "dropped": "drop",
    "planning": None,
    "shipped": "ship",
    "shipping": None,
    "pinned": "pin",
    "pinning": "pin",
}
