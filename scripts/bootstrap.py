"""Make .venv, put the locked uv into it, and install exactly what uv.lock says. Standard library only.

Run by `make`; needs Python 3.11 or newer and a way to PyPI (or uv's cache).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")

_QUIETLY = ("--quiet", "--disable-pip-version-check")


def main() -> int:
    if sys.version_info < (3, 11):
        return complain(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}", "run make PYTHON=python3.12, say"
        )
    try:
        uv = find_uv()
        environment = {
            "UV_SYSTEM_CERTS": "true",  # behind a company's proxy only the machine's own certificates are right
            **os.environ,
            "UV_PROJECT_ENVIRONMENT": str(VENV),
            "UV_PYTHON": sys.executable,
            "UV_PYTHON_DOWNLOADS": "never",
        }
        tell("installing what uv.lock says into .venv; the first time that takes some minutes")
        subprocess.run([uv, "sync", "--locked", "--compile-bytecode"], cwd=ROOT, env=environment, check=True)
    except subprocess.CalledProcessError as exc:
        return complain(f"{exc.cmd[0]} failed", "see the lines above; a way to PyPI is needed the first time")
    (VENV / ".ready").touch()
    return 0


def find_uv() -> str:
    """The uv of .venv, installed there first when it is not there yet."""
    in_venv = shutil.which("uv", path=str(BIN))
    if in_venv:
        return in_venv
    if not (BIN / "python").exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            return uv_beside()
    tell("installing uv into .venv")
    subprocess.run([str(BIN / "python"), "-m", "pip", *_QUIETLY, "install", locked_uv()], check=True)
    return str(BIN / "uv")


def uv_beside() -> str:
    """A uv from the PATH or from pip, for Pythons that come without the venv module's ensurepip (Debian splits it off)."""
    on_path = shutil.which("uv")
    if on_path:
        return on_path
    folder = ROOT / ".uv"
    command = [sys.executable, "-m", "pip", *_QUIETLY, "install", "--target", str(folder), locked_uv()]
    if subprocess.run(command, check=False).returncode:
        complain(
            "neither venv nor pip works in this Python", "install your system's python3-venv (apt install python3-venv)"
        )
        raise SystemExit(1)
    return str(folder / "bin" / "uv")


def locked_uv() -> str:
    """The uv requirement that the lock file fixes, such as uv==0.9.1."""
    import tomllib  # noqa: PLC0415 - not there before 3.11, where main() explains itself

    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    return next(f"uv=={package['version']}" for package in lock["package"] if package["name"] == "uv")


def tell(what: str) -> None:
    print(f"sprintdojo set-up: {what}", file=sys.stderr, flush=True)


def complain(what: str, to_do: str) -> int:
    print(f"sprintdojo set-up: {what}\n  to do: {to_do}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
