"""npm `emulate` on Node 22, both of the versions that package-lock.json says: our peer, in a process of its own."""

from __future__ import annotations

import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from serving import client, wait_for

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "scripts"))

from vendor import environment, find_npm  # noqa: E402 - how npm is found and what it needs stands there

MODULES = HERE / "node_modules"
TOKENS = 40
"""It refuses each token after 5,000 calls, so the calls are spread over some."""

_MACHINES = {"x86_64": "x64", "aarch64": "arm64"}
_SEED = """
tokens: {{{tokens}}}
github:
  users: [{{login: alice, name: Alice, email: alice@example.com}}]
  repos: [{{owner: alice, name: payments, private: false, auto_init: true, default_branch: main}}]
"""


@contextmanager
def peer(folder: Path) -> Iterator[str]:
    """The address of its REST API, while it runs: Alice, with `alice-token-0` … to call with, and her repository payments."""
    _install()
    seed, port = folder / "seed.yaml", _free_port()
    tokens = ", ".join(f"alice-token-{number}: {{login: alice, scopes: [repo, user]}}" for number in range(TOKENS))
    seed.write_text(_SEED.format(tokens=tokens))
    words = [str(_node()), str(MODULES / "emulate/dist/index.js"), "start", "-s", "github", "-p", str(port)]
    with subprocess.Popen([*words, "--seed", str(seed)], cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(lambda: _answers(url) or None, seconds=20, what="npm emulate")
            yield url
        finally:
            process.terminate()


def node_version() -> str:
    """The Node it runs on."""
    return subprocess.run([str(_node()), "--version"], capture_output=True, text=True, check=True).stdout.strip()


def _install() -> None:
    if (MODULES / "emulate").exists():
        return
    npm = find_npm()
    if npm is None:
        raise SystemExit("there is no npm on this machine; `make setup` installs one into .venv")
    words = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(words, cwd=HERE, env=environment(), check=True, timeout=300)


def _node() -> Path:
    """The Node of `package-lock.json`; where npm has none for the machine, the one on the PATH."""
    machine = _MACHINES.get(platform.machine(), platform.machine())
    installed = MODULES / f"node-{sys.platform}-{machine}/bin/node"
    return installed if installed.exists() else Path(shutil.which("node") or installed)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with client() as session:
            return (
                session.get(f"{url}/users/alice", headers={"Authorization": "token alice-token-0"}).status_code == 200
            )
    except requests.ConnectionError:
        return False
