"""A crowd on one repository of the emulated GitHub: many threads, mixed calls, git pushes; then a `kill -9` in the middle of it.

Nothing may be answered with 5xx, no number may be given twice or left out, and after the kill every write that was answered
must be there when the server is back, in a repository that `git fsck` finds nothing wrong with. Prints one line of JSON; exits
with 1 on any fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crowd_checks import check_answers, check_numbers, check_repository
from crowd_worker import PEOPLE, Ledger, Worker
from serving import emulating

_WITHOUT_END = 1_000_000
SEED = {
    "users": [
        {
            "login": login,
            "name": login.title(),
            "email": f"{login}@example.com",
            "token": f"{login}-token",
            "admin": False,
        }
        for login in PEOPLE
    ],
    "github": {
        "repositories": [
            {
                "name": "alice/payments",
                "files": {"README.md": "# payments\n"},
                "collaborators": dict.fromkeys(PEOPLE[1:], "write"),
            }
        ]
    },
}


def crowd(folder: Path, *, threads: int, calls: int, kill_after_s: float) -> tuple[Ledger, float]:
    """The whole journey: so many calls by so many threads, then others and a kill among them, then a look at what is there.

    Gives what was answered, with the faults, and how long the first round took in seconds.
    """
    ledger, never, storm = Ledger(), threading.Event(), threading.Event()
    with emulating(folder / "server", SEED) as (process, url):
        begun = time.perf_counter()
        _let_work([Worker(number, url, folder, ledger, never) for number in range(threads)], calls)
        took = time.perf_counter() - begun
        check_numbers(ledger)
        others = [Worker(threads + number, url, folder, ledger, storm) for number in range(threads)]
        raging = threading.Thread(target=_let_work, args=(others, _WITHOUT_END))
        raging.start()
        time.sleep(kill_after_s)
        storm.set()
        process.kill()
        raging.join()
    with emulating(folder / "server", SEED) as (_, url):
        check_answers(ledger, url)
    check_repository(ledger, folder / "server" / "kept" / "repositories" / "default" / "1.git")
    return ledger, took


def _let_work(workers: Sequence[Worker], calls: int) -> None:
    with ThreadPoolExecutor(len(workers)) as pool:
        list(pool.map(lambda worker: worker.work(calls), workers))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=50)
    parser.add_argument("--calls", type=int, default=200, help="of each thread, before the kill")
    parser.add_argument("--kill-after", type=float, default=5.0, help="seconds into the second round")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        ledger, took = crowd(
            Path(temporary), threads=options.threads, calls=options.calls, kill_after_s=options.kill_after
        )
    figures = {
        name: len(getattr(ledger, name)) for name in ("issues", "pulls", "merges", "comments", "files", "branches")
    }
    answers = {str(status): number for status, number in sorted(ledger.statuses.items())}
    print(json.dumps({"s": round(took, 1), "answers": answers, **figures, "faults": ledger.faults[:20]}))
    return 1 if ledger.faults else 0


if __name__ == "__main__":
    sys.exit(main())
