"""Install the npm clients of the contract tests into tests/contract/octokit/node_modules, as their lock file says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from vendor import find_npm, install, said_by

OCTOKIT = Path(__file__).resolve().parent.parent / "tests" / "contract" / "octokit"


def main() -> int:
    """0 also when they cannot be fetched: the tests that need them skip and say so."""
    npm = find_npm()
    try:
        if npm is None:
            raise OSError("there is no npm on this machine")
        install(npm, OCTOKIT)
    except (OSError, subprocess.SubprocessError) as exc:
        print(f"sprintdojo set-up: Octokit could not be installed: {said_by(exc)}", file=sys.stderr)
        return 0
    (OCTOKIT / "node_modules" / ".ready").touch()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
