"""CI-01: no credential enters the history."""

from __future__ import annotations

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import PUSHED_CODE
from simulator.model.diff_lines import added_lines
from simulator.model.history import Commit, History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Verdict
from simulator.model.secrets import is_secret

_PURGED = 0.5
_CEILING = 60.0


@rule(
    code="CI-01",
    name="no-secrets",
    about=PUSHED_CODE,
    severity=Severity.CRITICAL,
    target=1.0,
    quota=1,
    essential=True,
    options=NoOptions(),
    ceiling=_CEILING,
)
def no_secrets(commit: Commit, history: History, _: NoOptions) -> Verdict:
    """No commit that is pushed adds a key, a token or a password.

    What it checks
    --------------
    Added lines of each pushed commit, also of those that a later one overwrote: prefixes that issuers publish, private keys,
    passwords in addresses, and values named password, secret or token that look random. While one is open the score is at most
    60.

    Why it matters
    --------------
    Deleting the line does not delete the history: whoever has a clone has the key, and programs look for new ones by the minute.

    Example
    -------
    Good: `os.environ["PAYMENTS_KEY"]`

    Bad: `key = "AKIA…"` in a commit, taken out in the next

    How to fix
    ----------
    Revoke the key first. Then take the commit out of the branch's history: that earns half, and lifts the limit.

    References
    ----------
    - https://github.com/gitleaks/gitleaks
    - https://github.com/Yelp/detect-secrets
    """
    if not commit.files and commit.lines:
        return NotAvailable(
            reason=f"the diff of {commit.sha[:7]} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    found = [(file.path, number) for file in commit.files for number, line in added_lines(file) if is_secret(line)]
    evidence: Measures = {"lines with a secret": len(found), "limit": 0}
    if not found:
        return Pass(message=f"{commit.sha[:7]} holds no secret", evidence=evidence)
    purged = _is_gone(commit, history)
    path, number = found[0]
    return Breach(
        message=f"{commit.sha[:7]} adds what looks like a secret in {path}, line {number}."
        + (" It is out of the branch's history: half credit." if purged else ""),
        how_to_fix=_how_to_fix(commit, history, purged=purged),
        credit=_PURGED if purged else 0.0,
        repair=Repair.NONE if purged or commit.sha in history.landed else Repair.PARTIAL,
        repaired=purged,
        evidence=evidence,
        at=commit.at,
    )


def _how_to_fix(commit: Commit, history: History, *, purged: bool) -> str:
    if purged:
        return "Keep the next one in an environment variable or a secret store."
    if commit.sha in history.landed:
        return (
            f"Revoke the key now: it stands in the history of {history.default_branch}, where a later commit does not hide it. "
            "Write an issue about the incident, and keep the next one in an environment variable or a secret store."
        )
    return (
        "Revoke the key now. Then take it out of the commit, force-push the branch, and write an issue about the incident: "
        f"half credit.\ngit rebase -i {commit.sha[:10]}^"
    )


def _is_gone(commit: Commit, history: History) -> bool:
    """Whether no branch, open pull request or landing holds it any more."""
    if commit.sha in history.landed:
        return False
    branch = history.branches.get(commit.branch)
    if branch is None or branch.deleted_at or not branch.pushes:
        return branch is None or branch.deleted_at is not None
    rewritten = [push for push in branch.pushes if push.forced and push.at > commit.at]
    held = [history.pulls[number] for number in branch.pulls]
    return bool(rewritten) and not any(p.heads and commit.sha in p.heads[-1].commits for p in held)
