"""CI-03: what tools make stays out."""

from __future__ import annotations

import re
import shlex

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import ALL_BROUGHT, Brought
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Verdict

_MADE = re.compile(
    r"(?:^|/)(?:__pycache__|node_modules|bower_components|\.idea|\.gradle|\.venv|venv|\.terraform|\.(?:pytest|mypy|ruff)_cache|\.tox"
    r"|\.nox|\.ipynb_checkpoints|\.next|\.nuxt|\.parcel-cache|htmlcov|\.nyc_output|site-packages|[^/]{1,80}\.egg-info)/"
    r"|(?:^|/)\.vscode/(?!(?:settings|extensions|launch|tasks)\.json\Z)"
    r"|(?:^|/)build/lib/|(?:^|/)coverage/(?:lcov\.info|lcov-report/|coverage-final\.json)"
    r"|(?:^|/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|npm-debug\.log|yarn-error\.log|\.coverage|lcov\.info)\Z"
    r"|\.(?:pyc|pyo|class|o|obj|whl|swp|swo|orig|rej|min\.js\.map)\Z",
    re.IGNORECASE,
)


@rule(
    code="CI-03",
    name="no-generated-files",
    about=ALL_BROUGHT,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def no_generated_files(brought: Brought, _history: History, _: NoOptions) -> Verdict:
    """A pull request brings no files that a tool makes or an editor leaves.

    What it checks
    --------------
    Paths such as `__pycache__/`, `node_modules/`, `.idea/`, `.DS_Store`, `*.pyc`, `*.class` and reports of coverage. Lock files
    belong in, and so do an editor's settings that the team shares in `.vscode/`.

    Why it matters
    --------------
    They swamp the diff, differ on each machine, and come back with every commit until somebody ignores them.

    Example
    -------
    Good: `poetry.lock`

    Bad: `payments/__pycache__/api.cpython-311.pyc`

    How to fix
    ----------
    Take them out of git, and add them to `.gitignore`.

    References
    ----------
    - https://github.com/github-linguist/linguist/blob/main/lib/linguist/generated.rb
    """
    if brought.files is None:
        return NotAvailable(
            reason=f"the diff of {brought.called} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    made = [file.path for file in brought.files if file.status != "removed" and _MADE.search(file.path[:500])]
    evidence: Measures = {"files that tools made": len(made), "limit": 0}
    if not made:
        return Pass(message=f"{brought.called} brings only what people wrote", evidence=evidence)
    more = f" and {len(made) - 1} more" if len(made) > 1 else ""
    return Breach(
        message=f"{brought.called} brings {made[0]}{more}, which a tool makes.",
        how_to_fix=f"git rm -r --cached -- {shlex.quote(made[0])}\nAdd it to .gitignore, commit and push."
        if brought.is_open
        else "Take it out in a pull request of its own, and add it to .gitignore.",
        repair=Repair.SAFE if brought.is_open else Repair.NONE,
        repaired=not brought.is_open,
        evidence=evidence,
    )
