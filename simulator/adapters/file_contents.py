"""What files of the run's repository held at commits, read through PyGithub; also at commits that no branch holds any more."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import quote

from simulator.adapters.github_accounts import GithubAccounts
from simulator.adapters.github_reader import GithubReader
from simulator.errors import NotFound
from simulator.model.keys import Sha
from simulator.ports import Services


class FileContents:
    """Reads files at commits, as the seat that set the run up."""

    def __init__(self, services: Services) -> None:
        self._accounts = GithubAccounts(services)
        self._reader = GithubReader(self._accounts, services.admin)

    def text(self, sha: Sha, path: str) -> str | None:
        """A file's text at a commit; None when there is none, or it is no text, or larger than GitHub gives (1 MB).

        Raises AdapterError.
        """
        doing = f"reading {path} at {sha[:12]}"
        try:
            # https://docs.github.com/en/rest/repos/contents#get-repository-content
            found = self._reader.one(f"/contents/{quote(path)}", doing=doing, ref=sha)
        except NotFound:
            return None
        if not isinstance(found, dict) or found.get("encoding") != "base64":
            return None
        try:
            return base64.b64decode(found["content"]).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None

    def close(self) -> None:
        """Close the connections."""
        self._accounts.close()
