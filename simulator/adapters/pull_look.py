"""A closer look at one pull request: everything that happened to it, from its state, its timeline and the pushes to its branch.

Refuses to know which pull requests are worth a look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.observe_mergeability import merge_known
from simulator.adapters.observe_pushes import Push
from simulator.adapters.pull_files import dismissal, is_from_a_fork, login_of, text_id, unlisted_lines, with_patches
from simulator.adapters.seen import SETTLED, instant
from simulator.errors import NotFound
from simulator.model.facts import FactKind, Observation

_MOST_HEADS = 50  # of one pull request, by which one that comes back is known

_SIMPLE_EVENTS = {
    "ready_for_review": FactKind.PULL_REQUEST_READY,
    "convert_to_draft": FactKind.PULL_REQUEST_DRAFTED,
    "reopened": FactKind.PULL_REQUEST_REOPENED,
}
_EDITS = ("renamed", "base_ref_changed")
_LABELLED = {"labeled": FactKind.PULL_REQUEST_LABELLED, "unlabeled": FactKind.PULL_REQUEST_UNLABELLED}
_ASKED = {"review_requested": FactKind.REVIEW_REQUESTED, "review_request_removed": FactKind.REVIEW_REQUEST_REMOVED}


@dataclass(slots=True)
class PullLook:
    """A closer look at one pull request; `before` is what the cursor knows of it."""

    reader: GithubReader
    number: int
    before: Mapping[str, Any] | None
    pushes: Sequence[Push]
    pull: Json = None
    timeline: Sequence[Json] = ()
    heads: list[str] = field(default_factory=list)

    def observations(self) -> list[Observation]:
        """Everything that is to be told of it. Raises AdapterError."""
        self.heads = list((self.before or {}).get("heads", ()))
        self.pull = self.reader.one(f"/pulls/{self.number}", doing=self._reading("its state"))
        self.timeline = self._all("issues", "timeline")
        seen = [*self._opened(), *self._edited(), *self._heads(), *self._events(), *self._merged(), *self._said()]
        if self.pull.get("review_comments"):
            for comment in self._all("pulls", "comments"):
                seen += [self._review_comment(comment), *self._reworded("review-comment", comment)]
        return seen

    def known(self, updated: str, *, now: datetime) -> dict[str, Any]:
        """What the cursor keeps of it."""
        known = {"updated": updated, "settled": instant(updated) + SETTLED <= now, "text": text_id(self.pull)}
        known |= {"head": self.pull["head"]["sha"], "heads": self.heads[-_MOST_HEADS:]}
        known |= merge_known(self.pull, self.before)
        has_threads = bool(self.pull.get("review_comments")) and self.pull["state"] == "open"
        return {**known, "threads": True} if has_threads else known

    # --- its words and its state --------------------------------------------------------------------------------

    def _opened(self) -> Iterator[Observation]:
        if self.before is None:
            first, at = self._first(), self.pull["created_at"]
            yield self._seen("opened", FactKind.PULL_REQUEST_OPENED, self._author(), at, first)

    def _edited(self) -> Iterator[Observation]:
        """A change of title or body. Who changed a body is not told; most likely it was the author."""
        last = next((event for event in reversed(self.timeline) if event.get("event") in _EDITS), None)
        if self.before is not None and last and instant(last["created_at"]) <= instant(self.before["updated"]):
            last = None
        if last is not None if self.before is None else self.before["text"] != text_id(self.pull):
            by, at = (
                (login_of(last["actor"]), last["created_at"]) if last else (self._author(), self.pull["updated_at"])
            )
            detail = {"title": self.pull["title"], "body": self.pull["body"] or "", "base": self.pull["base"]["ref"]}
            yield self._seen(f"edited:{text_id(self.pull)}", FactKind.PULL_REQUEST_EDITED, by, at, detail)

    def _first(self) -> dict[str, Any]:
        """What the pull request was at its opening: today's words and state, with later events taken back."""
        title = next((e["rename"]["from"] for e in self.timeline if e.get("event") == "renamed"), self.pull["title"])
        turns = [e["event"] for e in self.timeline if e.get("event") in ("ready_for_review", "convert_to_draft")]
        draft = turns[0] == "ready_for_review" if turns else bool(self.pull.get("draft"))
        return {
            "title": title,
            "body": self.pull["body"] or "",
            "draft": draft,
            "head": self.pull["head"]["ref"],
            "base": self.pull["base"]["ref"],
            "head_sha": self.pull["head"]["sha"],
        }

    def _events(self) -> Iterator[Observation]:
        for event in self.timeline:
            name = event.get("event")
            if name in _SIMPLE_EVENTS:
                yield self._event(event, _SIMPLE_EVENTS[name], {})
            elif name == "closed" and not self._is_merged_by(instant(event["created_at"])):
                yield self._event(event, FactKind.PULL_REQUEST_CLOSED, {})
            elif name in _ASKED and event.get("requested_reviewer"):
                yield self._event(event, _ASKED[name], {"reviewer": event["requested_reviewer"]["login"]})
            elif name in _LABELLED:
                yield self._event(event, _LABELLED[name], {"label": event["label"]["name"]})
            elif name == "review_dismissed":
                yield self._event(event, FactKind.REVIEW_DISMISSED, dismissal(event))

    def _merged(self) -> Iterator[Observation]:
        if self.pull.get("merged_at"):
            detail = {"merge_sha": self.pull["merge_commit_sha"], "head_sha": self.pull["head"]["sha"]}
            by = login_of(self.pull.get("merged_by"))
            yield self._seen("merged", FactKind.PULL_REQUEST_MERGED, by, self.pull["merged_at"], detail)

    # --- its commits --------------------------------------------------------------------------------------------

    def _heads(self) -> Iterator[Observation]:
        head, opened = self.pull["head"]["sha"], instant(self.pull["created_at"])
        branch = None if is_from_a_fork(self.pull) else self.pull["head"]["ref"]
        here = [push for push in self.pushes if push.branch == branch and push.kind != "branch_deletion"]
        passed = [p for p in here if p.after != head and p.at > opened and not self._is_merged_by(p.at)]
        for push in passed:
            yield from self._passed_head(push)
        if self.before is None or self.before["head"] != head or (passed and here[-1].after == head):
            last = next((push for push in reversed(here) if push.after == head and push.at > opened), None)
            at, by = (last.at, last.login) if last else (opened, self._author())
            if last is None and self.before is not None:
                at = instant(self.pull["updated_at"])
            files = self._all("pulls", "files")
            commits = [commit["sha"] for commit in self._all("pulls", "commits")]
            yield self._head(
                head, at, by, commits, files, self.pull.get("mergeable"), unlisted=unlisted_lines(self.pull, files)
            )

    def _passed_head(self, push: Push) -> Iterator[Observation]:
        """A head that was replaced before anybody looked."""
        base = self.pull["base"]["sha"]
        try:
            answer = self.reader.one(f"/compare/{base}...{push.after}", doing=self._reading("an earlier head"))
        except NotFound:  # overwritten by force, and gone
            return
        shas = [commit["sha"] for commit in answer["commits"]]
        yield self._head(push.after, push.at, push.login, shas, answer.get("files") or [], None)

    def _head(
        self,
        sha: str,
        at: datetime,
        by: str | None,
        commits: list[str],
        files: Sequence[Json],
        mergeable: bool | None,
        *,
        unlisted: int = 0,
    ) -> Observation:
        of_diff = {"files": with_patches(files)} | ({"unlisted_lines": unlisted} if unlisted else {})
        detail = {"head_sha": sha, "commits": commits, **of_diff, "mergeable": mergeable}
        again = f":again:{at.isoformat()}" if sha in self.heads else ""
        self.heads.append(sha)
        return self._seen(f"head:{sha}{again}", FactKind.PULL_REQUEST_HEAD, by, at, detail)

    def _is_merged_by(self, at: datetime) -> bool:
        return bool(self.pull.get("merged_at")) and instant(self.pull["merged_at"]) <= at

    # --- what people said ---------------------------------------------------------------------------------------

    def _said(self) -> Iterator[Observation]:
        """Reviews and comments: the timeline holds them whole, which spares two requests.

        Source: https://docs.github.com/en/rest/using-the-rest-api/issue-event-types#reviewed
        """
        dismissed = {
            event["dismissed_review"]["review_id"]: event["dismissed_review"]["state"]
            for event in self.timeline
            if event.get("event") == "review_dismissed"
        }
        for event in self.timeline:
            if event.get("event") == "reviewed" and event.get("submitted_at"):
                yield self._review(event, dismissed.get(event["id"], event["state"]))
            elif event.get("event") == "commented":
                yield self._comment(event)
                yield from self._reworded("comment", event)

    def _review(self, review: Json, state: str) -> Observation:
        detail = {
            "id": review["id"],
            "state": state.upper(),
            "body": review.get("body") or "",
            "commit_sha": review.get("commit_id"),
        }
        return self._remark("review", review, FactKind.REVIEW_SUBMITTED, review["submitted_at"], detail)

    def _review_comment(self, comment: Json) -> Observation:
        detail = {
            "id": comment["id"],
            "review_id": comment.get("pull_request_review_id"),
            "path": comment["path"],
            "line": comment.get("line") or comment.get("original_line"),
            "body": comment["body"],
            "in_reply_to": comment.get("in_reply_to_id"),
        }
        return self._remark("review-comment", comment, FactKind.REVIEW_COMMENTED, comment["created_at"], detail)

    def _comment(self, comment: Json) -> Observation:
        detail = {"id": comment["id"], "body": comment["body"] or ""}
        return self._remark("comment", comment, FactKind.PULL_REQUEST_COMMENTED, comment["created_at"], detail)

    def _reworded(self, what: str, comment: Json) -> Iterator[Observation]:
        """The comment with its present words, when they are not its first ones. Who changed them is not told."""
        at = comment.get("updated_at") or comment["created_at"]
        if at != comment["created_at"]:
            detail = {"id": comment["id"], "body": comment["body"] or "", "on": what}
            source = f"github:{what}:{comment['id']}:edited:{at}"
            by, url = login_of(comment.get("user")), comment["html_url"]
            yield self._observation(source, FactKind.COMMENT_EDITED, by, at, detail, url)

    # --- how observations are made ------------------------------------------------------------------------------

    def _remark(self, what: str, item: Json, kind: FactKind, at: str, detail: Mapping[str, Any]) -> Observation:
        return self._observation(
            f"github:{what}:{item['id']}", kind, login_of(item.get("user")), at, detail, item["html_url"]
        )

    def _event(self, event: Json, kind: FactKind, detail: Mapping[str, Any]) -> Observation:
        by = login_of(event.get("actor"))
        return self._observation(f"github:event:{event['id']}", kind, by, event["created_at"], detail)

    def _seen(
        self, name: str, kind: FactKind, by: str | None, at: str | datetime, detail: Mapping[str, Any]
    ) -> Observation:
        return self._observation(f"github:pull:{self.number}:{name}", kind, by, at, detail)

    def _observation(
        self,
        source_id: str,
        kind: FactKind,
        account: str | None,
        at: str | datetime,
        detail: Mapping[str, Any],
        url: str | None = None,
    ) -> Observation:
        return Observation(
            source_id=source_id,
            kind=kind,
            subject=f"pull:{self.number}",
            account=account,
            url=url or self.pull["html_url"],
            recorded_at=instant(at) if isinstance(at, str) else at,
            detail=detail,
        )

    def _all(self, kind: str, name: str) -> list[Json]:
        return self.reader.all(f"/{kind}/{self.number}/{name}", doing=self._reading(f"its {name}"))

    def _reading(self, what: str) -> str:
        return f"reading pull request {self.number}: {what}"

    def _author(self) -> str | None:
        return login_of(self.pull.get("user"))
