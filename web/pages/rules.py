"""The rule book: what each rule checks, why, and how to do well by it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template

from web.desk import office

rules = Blueprint("rules", __name__, url_prefix="/rules")


@rules.get("")
def book() -> str:
    """All rules, by group."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for rule in office().queries.rules():
        groups.setdefault(rule["code"][:2], []).append(rule)
    return render_template("rules.html", groups=groups)


@rules.get("/<code>")
def page(code: str) -> str:
    """One rule."""
    found = next((rule for rule in office().queries.rules() if rule["code"] == code.upper()), None)
    if found is None:
        abort(404)
    return render_template("rule.html", rule=found)
