"""The rulesets of a repository: which rules are in force, for everybody who may read it. They change through the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_of, show_in
from simulator.emulators.github.state import rulesets
from simulator.emulators.github.state.holding import rulebook
from simulator.emulators.github.state.rulesets import Ruleset
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet

blueprint = Blueprint("pages_rules", __name__)

_SENTENCES = {
    "creation": "Restrict creations",
    "update": "Restrict updates",
    "deletion": "Restrict deletions",
    "required_linear_history": "Require linear history",
    "merge_queue": "Require merge queue",
    "required_deployments": "Require deployments to succeed",
    "required_signatures": "Require signed commits",
    "pull_request": "Require a pull request before merging",
    "required_status_checks": "Require status checks to pass",
    "non_fast_forward": "Block force pushes",
    "commit_message_pattern": "Restrict commit messages",
    "commit_author_email_pattern": "Restrict e-mail addresses of authors",
    "committer_email_pattern": "Restrict e-mail addresses of committers",
    "branch_name_pattern": "Restrict branch names",
    "tag_name_pattern": "Restrict tag names",
    "workflows": "Require workflows to pass before merging",
    "code_scanning": "Require code scanning results",
    "copilot_code_review": "Request a code review by Copilot",
    "file_path_restriction": "Restrict file paths",
    "max_file_path_length": "Restrict file path length",
    "file_extension_restriction": "Restrict file extensions",
    "max_file_size": "Restrict file size",
}
"""Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets"""

_LONGEST_REF = 300
_NAMES = {rulesets.DEFAULT_BRANCH: "the default branch", rulesets.ALL: "all"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule in words, with what it was told, name by name."""

    says: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesetLines:
    """A ruleset as the pages show it. `covers` are the patterns of the refs that it is for, `spares` those that it is not for."""

    ruleset: Ruleset
    covers: tuple[str, ...]
    spares: tuple[str, ...]
    rules: tuple[RuleLine, ...]


@blueprint.get("/<owner:owner>/<name>/rules")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/managing-rulesets-for-a-repository#viewing-rulesets-for-a-repository

    With `ref` only those that are in force for a full ref name, as the refusal of a push asks for.
    """
    ref = request.args.get("ref", "")[:_LONGEST_REF]
    with place_of(owner, name) as place:
        if ref:
            holding = rulebook(place.connection, place.repository).holding(ref)
            found, total, protected = list(holding.rulesets), len(holding.rulesets), holding.protection is not None
        else:
            found, total = rulesets.list_rulesets(place, offset=offset(), limit=SIZE)
            protected = False
        return show_in(
            place,
            "github/rules.html",
            tab="code",
            ref=ref,
            rulesets=[_lines(each) for each in found],
            is_protected=protected,
            sheet=None if ref else sheet(total),
        )


@blueprint.get("/<owner:owner>/<name>/rules/<int:ruleset_id>")
def one(owner: str, name: str, ruleset_id: int) -> Response:
    """https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/managing-rulesets-for-a-repository#viewing-rulesets-for-a-repository"""
    with place_of(owner, name) as place:
        found = rulesets.find_ruleset(place, ruleset_id)
        if found is None:
            raise NotFound
        return show_in(place, "github/ruleset.html", tab="code", lines=_lines(found))


def _lines(ruleset: Ruleset) -> RulesetLines:
    names = ruleset.conditions.get("ref_name") or {}
    return RulesetLines(
        ruleset=ruleset,
        covers=tuple(_NAMES.get(each, each) for each in names.get("include") or ()),
        spares=tuple(_NAMES.get(each, each) for each in names.get("exclude") or ()),
        rules=tuple(_line(rule) for rule in ruleset.rules),
    )


def _line(rule: Mapping[str, Any]) -> RuleLine:
    told = ((key, _said(value)) for key, value in (rule.get("parameters") or {}).items())
    return RuleLine(
        says=_SENTENCES.get(rule["type"], rule["type"].replace("_", " ")),
        parameters=tuple((key.replace("_", " "), said) for key, said in told if said),
    )


def _said(value: object) -> str:
    """A value of a parameter in words, nothing for what is not set."""
    match value:
        case bool():
            return "yes" if value else "no"
        case dict():
            return str(value.get("context") or ", ".join(_said(each) for each in value.values()))
        case list():
            return ", ".join(filter(None, map(_said, value)))
    return "" if value is None else str(value)
