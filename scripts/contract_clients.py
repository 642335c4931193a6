"""Install the npm clients of the contract tests into their node_modules, as their lock files say.

.venv/bin/python scripts/contract_clients.py [FOLDER…]    tests/contract/octokit and tests/contract/jira_js, or these
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from vendor import find_npm, install, said_by

CONTRACT = Path(__file__).resolve().parent.parent / "tests" / "contract"
CLIENTS = (CONTRACT / "octokit", CONTRACT / "jira_js")


def main() -> int:
    """0 also when they cannot be fetched: the tests that need them skip and say so."""
    npm = find_npm()
    for folder in [Path(name).resolve() for name in sys.argv[1:]] or CLIENTS:
        try:
            if npm is None:
                raise OSError("there is no npm on this machine")
            install(npm, folder)
        except (OSError, subprocess.SubprocessError) as exc:
            print(
                f"sprintdojo set-up: the client of {folder.name} could not be installed: {said_by(exc)}",
                file=sys.stderr,
            )
        else:
            (folder / "node_modules" / ".ready").touch()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
