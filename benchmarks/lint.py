"""`sprintdojo lint` over a clone, beside `git log -p` over the same commits.

Prints seconds of processor time, their ratio, and the peak of memory in MB. The repository is made anew, the same each time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

BEGIN = 1_767_258_000  # 2026-01-01, 09:00 UTC
PEOPLE, FILES, MINUTES = 25, 400, 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commits", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "repository"
        subprocess.run(["git", "init", "-q", "-b", "main", str(clone)], check=True)
        stream = b"".join(stream_of(chosen.commits))
        subprocess.run(["git", "-C", str(clone), "fast-import", "--quiet"], input=stream, check=True)
        git_s, _ = timed(["git", "-C", str(clone), "log", "-p", "--no-color", "main"])
        lint_s, peak_mb = timed(
            [
                sys.executable,
                "-m",
                "simulator",
                "lint",
                str(clone),
                "--since",
                "2026-01-01",
                "--until",
                "2026-12-31",
                "--people",
            ]
        )
    told = {
        "commits": chosen.commits,
        "git_log_s": git_s,
        "lint_s": lint_s,
        "ratio": round(lint_s / git_s, 1),
        "peak_mb": peak_mb,
    }
    print(json.dumps(told))
    return 0


def stream_of(commits: int) -> Iterator[bytes]:
    """A history for `git fast-import`: each commit changes some lines of one of many files; every third is a squash."""
    draw = random.Random(1)
    content = {f"src/m{n % 20}/f{n}.py": [f"x{line} = {line}" for line in range(30)] for n in range(FILES)}
    for number in range(1, commits + 1):
        path, lines = draw.choice(list(content.items()))
        for _ in range(draw.randint(1, 40)):
            if draw.random() < 0.6:
                lines.insert(draw.randrange(len(lines) + 1), f"y{draw.randrange(10**6)} = {draw.randrange(10**6)}")
            elif len(lines) > 5:
                lines.pop(draw.randrange(len(lines)))
        squashed = f" (#{number})" if number % 3 == 0 else ""
        yield commit(
            number, f"feat(m{number % 20}): step {number} of the work{squashed}", path, "\n".join(lines) + "\n"
        )


def commit(number: int, message: str, path: str, text: str) -> bytes:
    """One commit of the stream."""
    who = f"Dev{number % PEOPLE} <dev{number % PEOPLE}@example.com> {BEGIN + number * MINUTES * 60} +0000"
    told, blob = message.encode(), text.encode()
    head = f"commit refs/heads/main\nmark :{number}\nauthor {who}\ncommitter {who}\ndata {len(told)}\n".encode()
    parent = f"\nfrom :{number - 1}".encode() if number > 1 else b""
    return head + told + parent + f"\nM 100644 inline {path}\ndata {len(blob)}\n".encode() + blob + b"\n"


def timed(words: Sequence[str]) -> tuple[float, int]:
    """Processor seconds of a command, and the peak of its memory in MB."""
    started = time.monotonic()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{words[0]} failed after {time.monotonic() - started:.0f} s")
    return round(used.ru_utime + used.ru_stime, 2), round(used.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
