"""A commit's files packed into one, as `git archive` does it, streamed."""

from __future__ import annotations

import subprocess
from collections.abc import Generator
from pathlib import Path

from simulator.emulators.gitserver.programs import clean_environment, git_program

FORMATS = ("tar.gz", "zip")
_CHUNK = 65_536


def archive(repository: Path, sha: str, *, form: str, prefix: str) -> Generator[bytes, None, None]:
    """The files of a commit below the folder `prefix`, in one of FORMATS, as it comes."""
    if form not in FORMATS or not prefix.endswith("/"):
        raise ValueError(form)
    command = [git_program(), f"--git-dir={repository}", "archive", f"--format={form}", f"--prefix={prefix}", sha]
    program = subprocess.Popen(  # noqa: S603 - a fixed program, a folder of our own and an object id
        command,
        env=clean_environment({"safe.directory": "*"}),
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert program.stdout is not None
    try:
        while piece := program.stdout.read(_CHUNK):
            yield piece
    finally:  # also when the client has gone away
        program.kill()
        program.stdout.close()
        program.wait()
