"""A server in a process of its own under a crowd, killed in the middle of it: the benchmark's journey, smaller."""

from __future__ import annotations

import sys
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"


def test_what_a_crowd_was_answered_is_there_after_a_kill(tmp_path: Path) -> None:
    sys.path.append(str(BENCHMARKS))
    from crowd import crowd

    ledger, _ = crowd(tmp_path, threads=5, calls=6, kill_after_s=0.5)

    assert ledger.faults == []
    assert ledger.issues
    assert ledger.files
