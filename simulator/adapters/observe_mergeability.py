"""Whether open pull requests conflict with their base: asked again when the base has moved, and until the service knows.

GitHub works it out in the background and says null until it has.
Source: https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.observe_pushes import Push
from simulator.adapters.seen import instant
from simulator.errors import NotFound
from simulator.model.facts import FactKind, Observation

_SHORT = 12  # of a sha, in a source id


def merge_known(pull: Json, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the cursor keeps of a pull request for later looks; nothing of one that is not open.

    `said` is what was told of its head last, `due` the movement (its name, its instant) since which it has to be asked for.
    """
    if pull["state"] != "open":
        return {}
    head, said = pull["head"]["sha"], pull.get("mergeable")
    if before and before.get("merge") and before["head"] == head:
        return {"merge": before["merge"]}
    due = None if said is not None else [head[:_SHORT], pull["updated_at"]]
    return {"merge": {"base": pull["base"]["ref"], "said": said, "due": due}}


class MergeabilityObserver:
    """Looks at the pull requests whose base has moved."""

    def __init__(self, reader: GithubReader) -> None:
        self._reader = reader

    def observe(self, known: Mapping[str, dict[str, Any]], pushes: Sequence[Push]) -> list[Observation]:
        """The pull requests that conflict since a movement of their base, and those that no longer do; notes it in `known`.

        Nobody is the actor: whoever moved the base did not mean them.
        """
        moved = {push.branch: [push.after[:_SHORT], push.at.isoformat()] for push in pushes}
        seen: list[Observation] = []
        for number, pull in known.items():
            merge: dict[str, Any] = pull.get("merge") or {}
            due = moved.get(merge.get("base", "")) or merge.get("due")
            if merge and due:
                pull["merge"] = {**merge, "due": due}
                seen += self._asked(number, pull)
        return seen

    def _asked(self, number: str, pull: dict[str, Any]) -> list[Observation]:
        try:
            now = self._reader.one(f"/pulls/{number}", doing=f"reading whether pull request {number} can be merged")
        except NotFound:
            return []
        merge, said = pull["merge"], now.get("mergeable")
        if said is None or now["state"] != "open" or now["head"]["sha"] != pull["head"]:
            return []  # not known yet, or the list is about to tell more
        pull["merge"] = {**merge, "said": said, "due": None}
        if said is merge["said"]:
            return []
        name, at = merge["due"]
        return [
            Observation(
                source_id=f"github:pull:{number}:mergeable:{name}",
                kind=FactKind.PULL_REQUEST_MERGEABLE,
                subject=f"pull:{number}",
                account=None,
                url=now["html_url"],
                recorded_at=instant(at),
                detail={"head_sha": pull["head"], "mergeable": said},
            )
        ]
