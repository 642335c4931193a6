"""`sprintdojo scenario prove first-sprint`: whole sprints of all personas through git, PyGithub and `jira`.

Prints the wall seconds of the command and of each persona played alone, and whether two runs said the very same; the goal
is at most 20 for the command.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

GOAL_S = 20.0
SCENARIO = "first-sprint"


def main() -> int:
    whole, said = _prove()
    again, said_again = _prove()
    personas = [performance["persona"] for performance in json.loads(said)["personas"]]
    alone = {persona: round(_prove("--persona", persona)[0], 2) for persona in personas}
    figures = {"all": round(max(whole, again), 2), **alone}
    print(json.dumps({"s": figures, "goal": GOAL_S, "same": said == said_again}))
    return 0 if max(whole, again) <= GOAL_S and said == said_again else 1


def _prove(*options: str) -> tuple[float, bytes]:
    words = [sys.executable, "-m", "simulator", "scenario", "prove", SCENARIO, "--json", *options]
    begun = time.perf_counter()
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - begun, done.stdout


if __name__ == "__main__":
    sys.exit(main())
