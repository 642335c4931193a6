"""Pull requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.desk import check_own, named_pull
from simulator.emulators.github.graphql.asking import Refused
from simulator.emulators.github.graphql.mutations.base import Changes, Fields, mutation, only_edge
from simulator.emulators.github.graphql.mutations.issues import issue_path
from simulator.emulators.github.graphql.problems import Problem, unprocessable
from simulator.emulators.github.state import auto_merge, pulls
from simulator.emulators.github.state.merge_making import MergeWish

_SORTING = {"label_ids": ("labels", "Label", "name"), "assignee_ids": ("assignees", "User", "login")}


def pull_path(view: Any) -> str:
    """The REST path of a pull request."""
    return f"{view.home.path}/pulls/{view.number}"


class PullChanges(Changes):
    """Pull requests and their merging."""

    def pull(self, given_id: str) -> Any:
        """The pull request of a global id."""
        return self.named(given_id, "PullRequest")

    @mutation
    def create_pull_request(
        self,
        repository_id: str,
        base_ref_name: str,
        head_ref_name: str,
        title: str,
        head_repository_id: str | None = None,
        **given: Any,
    ) -> Fields:
        """Open a pull request."""
        repository = self.named(repository_id, "Repository")
        body = {
            "title": title,
            "body": given.get("body"),
            "base": _branch(base_ref_name),
            "head": _branch(head_ref_name),
            "draft": bool(given.get("draft")),
        }
        if given.get("maintainer_can_modify") is not None:
            body["maintainer_can_modify"] = given["maintainer_can_modify"]
        if head_repository_id is not None:
            home = self.named(head_repository_id, "Repository").home
            body |= {"head": f"{home.owner.login}:{_branch(head_ref_name).rpartition(':')[2]}", "head_repo": home.name}
        try:
            made = self.ask("POST", f"{repository.home.path}/pulls", body)
        except Refused as refused:
            raise _unfit_branch(refused, body) or refused from refused
        return {"pull_request": self.again(repository).pull_request(made["number"])}

    @mutation
    def update_pull_request(self, pull_request_id: str, **given: Any) -> Fields:
        """Change a pull request."""
        pull = self.pull(pull_request_id)
        names = {
            "title": "title",
            "body": "body",
            "base_ref_name": "base",
            "maintainer_can_modify": "maintainer_can_modify",
        }
        changes = {rest: given[name] for name, rest in names.items() if given.get(name) is not None}
        if given.get("state"):
            changes["state"] = given["state"].lower()
        sorting = self._sorting(given)
        if changes:
            self.ask("PATCH", pull_path(pull), changes)
        if sorting:
            self.ask("PATCH", issue_path(pull), sorting)
        return {"pull_request": self.again(pull), "actor": self.actor}

    def _sorting(self, given: Fields) -> dict[str, Any]:
        wanted: dict[str, Any] = {}
        for name, (rest, typename, attribute) in _SORTING.items():
            if given.get(name) is not None:
                wanted[rest] = [getattr(each, attribute) for each in self.each_named(given[name], typename)]
        if "milestone_id" in given:
            milestone = given["milestone_id"] and self.named(given["milestone_id"], "Milestone")
            wanted["milestone"] = milestone.number if milestone else None
        return wanted

    @mutation
    def close_pull_request(self, pull_request_id: str) -> Fields:
        """Close a pull request without merging it."""
        return self._set_state(pull_request_id, "closed")

    @mutation
    def reopen_pull_request(self, pull_request_id: str) -> Fields:
        """Open a closed pull request again."""
        return self._set_state(pull_request_id, "open")

    def _set_state(self, pull_request_id: str, state: str) -> Fields:
        pull = self.pull(pull_request_id)
        self.ask("PATCH", pull_path(pull), {"state": state})
        return {"pull_request": self.again(pull)}

    @mutation
    def merge_pull_request(
        self,
        pull_request_id: str,
        merge_method: str | None = None,
        expected_head_oid: str | None = None,
        commit_headline: str | None = None,
        commit_body: str | None = None,
        author_email: str | None = None,  # noqa: ARG002 - people have one address here
    ) -> Fields:
        """Merge a pull request."""
        pull = self.pull(pull_request_id)
        wish = {
            "merge_method": (merge_method or "MERGE").lower(),
            "sha": expected_head_oid,
            "commit_title": commit_headline,
            "commit_message": commit_body,
        }
        wanted = {name: value for name, value in wish.items() if value is not None}
        self.ask("PUT", f"{pull_path(pull)}/merge", wanted)
        return {"pull_request": self.again(pull), "actor": self.actor}

    @mutation
    def update_pull_request_branch(
        self, pull_request_id: str, expected_head_oid: str | None = None, update_method: str | None = None
    ) -> Fields:
        """Merge the base into the head."""
        pull = self.pull(pull_request_id)
        if update_method == "REBASE":
            raise unprocessable("Updating a branch by a rebase is not emulated.")
        body = {"expected_head_sha": expected_head_oid} if expected_head_oid else {}
        self.ask("PUT", f"{pull_path(pull)}/update-branch", body)
        return {"pull_request": self.again(pull)}

    @mutation
    def mark_pull_request_ready_for_review(self, pull_request_id: str) -> Fields:
        """Make a draft ready."""
        return self._set_draft(pull_request_id, draft=False)

    @mutation
    def convert_pull_request_to_draft(self, pull_request_id: str) -> Fields:
        """Make a pull request a draft again."""
        return self._set_draft(pull_request_id, draft=True)

    def _set_draft(self, pull_request_id: str, *, draft: bool) -> Fields:
        view = self.pull(pull_request_id)
        with self.work(view.home) as work:
            pull = named_pull(work, view.number)
            check_own(work, pull.issue.author_id)
            if not pull.is_open:
                raise unprocessable("Pull request is closed")
            pulls.set_draft(work, pull, draft)
        return {"pull_request": self.again(view)}

    @mutation
    def enable_pull_request_auto_merge(
        self,
        pull_request_id: str,
        merge_method: str | None = None,
        expected_head_oid: str | None = None,
        commit_headline: str | None = None,
        commit_body: str | None = None,
        author_email: str | None = None,  # noqa: ARG002 - people have one address here
    ) -> Fields:
        """Let a pull request merge as soon as that is possible."""
        view = self.pull(pull_request_id)
        wish = MergeWish(
            method=(merge_method or "MERGE").lower(),
            title=commit_headline,
            message=commit_body,
            head_sha=expected_head_oid,
        )
        with self.work(view.home, need="push") as work:
            auto_merge.enable(work, named_pull(work, view.number), wish)
        return {"pull_request": self.again(view), "actor": self.actor}

    @mutation
    def disable_pull_request_auto_merge(self, pull_request_id: str) -> Fields:
        """Let it no longer merge by itself."""
        view = self.pull(pull_request_id)
        with self.work(view.home) as work:
            pull = named_pull(work, view.number)
            check_own(work, pull.issue.author_id)
            if not pull.row.auto_merge:
                raise unprocessable("Can't disable auto-merge for this pull request.")
            auto_merge.disable(work, pull)
        return {"pull_request": self.again(view), "actor": self.actor}

    @mutation
    def request_reviews(
        self,
        pull_request_id: str,
        user_ids: Sequence[str] | None = None,
        team_ids: Sequence[str] | None = None,
        union: bool | None = None,
    ) -> Fields:
        """Ask people and teams for a review; without `union` nobody else stays asked."""
        pull = self.pull(pull_request_id)
        people, teams = self.each_named(user_ids, "User"), self.each_named(team_ids, "Team")
        path = f"{pull_path(pull)}/requested_reviewers"
        logins, slugs = [user.login for user in people], [team.slug for team in teams]
        if not union:
            self._ask_no_longer(path, logins=logins, slugs=slugs)
        if logins or slugs:
            self.ask("POST", path, {"reviewers": logins, "team_reviewers": slugs})
        first = self.again(people[0]) if people else None
        return {
            "pull_request": self.again(pull),
            "actor": self.actor,
            "requested_reviewers_edge": only_edge(first),
        }

    def _ask_no_longer(self, path: str, *, logins: Sequence[str], slugs: Sequence[str]) -> None:
        asked = self.ask("GET", path)
        gone = [each["login"] for each in asked["users"] if each["login"] not in logins]
        teams_gone = [each["slug"] for each in asked["teams"] if each["slug"] not in slugs]
        if gone or teams_gone:
            self.ask("DELETE", path, {"reviewers": gone, "team_reviewers": teams_gone})


def _unfit_branch(refused: Refused, body: Fields) -> Problem | None:
    """GraphQL's words about a head or base that is no branch, which are not REST's."""
    match [each for each in refused.body.get("errors") or () if isinstance(each, dict) and each["code"] == "invalid"]:
        case [{"field": "head"}]:
            none = f"No commits between {body['base']} and {body['head']}"
            return unprocessable(f"Head sha can't be blank, Base sha can't be blank, {none}, Head ref must be a branch")
        case [{"field": "base"}]:
            return unprocessable("Base sha can't be blank, Base ref must be a branch")
    return None


def _branch(name: str) -> str:
    return name.removeprefix("refs/heads/")
