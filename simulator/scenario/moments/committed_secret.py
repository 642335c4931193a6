"""Moment 15: something that nobody may know has been committed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Action, Channel, CommentOnPullRequest, PostNote
from simulator.model.diff_lines import added_lines
from simulator.model.history import Branch, Commit, Head, PullRequest
from simulator.model.keys import PullRef, Sha
from simulator.model.secrets import is_secret
from simulator.scenario.events.event import Stage
from simulator.scenario.expressions import finds
from simulator.scenario.moments.commands import go_to
from simulator.scenario.moments.deeds import said_by, the_pull
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.traces import fits_one, issues_made_by
from simulator.scenario.moments.words import is_about, substance
from simulator.scenario.part import Text
from simulator.scenario.people import PathPattern, PatternText
from simulator.scenario.values import LengthText

_LONGEST_LINE = 500
_ROTATING = (
    *(
        "rotat",
        "revok",
        "invalidat",
        "regenerat",
        "reissue",
        "renew",
        "new key",
        "new token",
        "new secret",
        "new password",
    ),
    *("deactivat", "disable", "widerruf", "erneuer", "révoqu", "revocar", "отозв"),
)
_SECRET = ("secret", "token", "key", "password", "credential", "pass", "schlüssel", "clé", "clave", "ключ", "пароль")
_USUAL_FILES = (".env", ".env.*", "*.pem", "*.p12", "*.pfx", "id_rsa", "id_ed25519", "*.keystore", "credentials.json")
_NOT_SECRET = ("*.example", "*.sample", "*.template", "*.dist")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leak:
    """Commits that brought a secret: `certain` ones by their files; of the `possible` ones at least one did."""

    certain: tuple[Sha, ...]
    possible: tuple[Sha, ...]


class CommittedSecret(Moment):
    """A token is in a commit: it leaves the history before the merge, and is rotated, as it was out."""

    number: ClassVar[int] = 15
    title: ClassVar[str] = "A secret in a commit"
    ways: ClassVar[Mapping[str, str]] = {
        "rewrote_the_branch": "You rewrote the branch, so that no commit of the pull request holds the secret.",
        "started_afresh": "You closed the pull request and made another branch that never held the secret.",
        "had_it_rotated": "You asked for the secret to be rotated, since it was out.",
        "ignored_the_file": "You told git to ignore the file, so that it does not happen again.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "removed_on_top": "The secret was removed by one more commit; everybody can still read it in the one before.",
        "merged": "It was merged with the secret in its commits.",
        "left_there": "The secret stayed on the branch for a day.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Look once more at what your pull request adds. Would you pin all of it to the wall?",
        "Look at the commits of the pull request one by one, and not at the sum only: `git log -p main..HEAD`.",
        "Have the secret rotated first: create an issue or ask whoever can. Then take it out of the commit itself "
        "(`git rebase -i main`, mark the commit `edit`, amend it), push with `--force-with-lease`, and add the file to "
        "`.gitignore`.",
    )
    usual_explanation: ClassVar[str] = (
        "What was pushed once has been read: by colleagues' clones, by builds, and on public repositories by programs "
        "that look for tokens within minutes. A commit that takes the line out leaves it in the commit before. So the "
        "order is: rotate first, since only that ends the danger; then rewrite the branch, while it is still yours "
        "alone; then see that it cannot happen again. GitHub's own guide says the same: once pushed, consider it "
        "compromised (docs.github.com, Removing sensitive data from a repository)."
    )

    type: Literal["committed_secret"]
    find: PatternText | None = None
    """Regular expression of the secret in an added line; left out: what looks like a key, a token or a password."""
    files: Annotated[tuple[PathPattern, ...], Field(max_length=50)] = _USUAL_FILES
    """Shell patterns of files that are secrets as such."""
    notice: Text | None = None
    """What `who` says when the moment opens, on the pull request that it is about, else in the chat."""
    patience: LengthText = timedelta(hours=8)
    """Working time in which it should be gone."""
    still_there: Text = (
        "I looked at the commits one by one, and the key is still in the earlier one. Anybody who clones this can read "
        "it. It has to leave the commit itself, and we need a new key in any case."
    )
    """What `who` says on the pull request when it was only removed on top, or stayed."""
    abused: Text = (
        "Operations have called: the key that we committed was used from an address that nobody knows. They have locked "
        "it, and the sandbox is down until there is a new one. Please create an issue for it, so that we learn from it."
    )
    """What `who` says in the chat later when it was merged."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        if self.notice is None:
            return ()
        number = about.get("pull", "")
        if number.isdecimal():
            return (CommentOnPullRequest(actor=self.seat, pull=PullRef(f"#{number}"), body=self.notice),)
        return (PostNote(actor=self.seat, channel=Channel.CHAT, text=self.notice),)

    @override
    def concerns(self, scene: Scene) -> bool:
        branch = scene.view.history.branches.get(scene.about.get("branch", ""))
        author = branch.author if branch else None
        return super().concerns(scene) and (not scene.view.is_human(author) or author == scene.seat)

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        for pull, leak in self._leaking(scene):
            yield from self._rewritten(scene, pull, leak)
            yield from self._afresh(scene, pull)
        if self._leaked(scene):
            yield from self._rotated(scene)
            yield from self._ignored(scene)

    def _rewritten(self, scene: Scene, pull: PullRequest, leak: _Leak) -> Iterator[Sign]:
        for head in pull.heads:
            merged_before = pull.merged_at is not None and pull.merged_at < head.at
            if head.at > scene.opened and not merged_before and self._is_clean(scene, head, leak):
                yield Sign(way="rewrote_the_branch", at=head.at, evidence=(pull.url,))

    def _afresh(self, scene: Scene, pull: PullRequest) -> Iterator[Sign]:
        if pull.closed_at is None or pull.closed_at < scene.opened:
            return
        for other in scene.view.history.pulls.values():
            mine = other.author == scene.seat and other.number > pull.number and other.opened_at > scene.opened
            same = _paths(other) & _paths(pull) or other.item == pull.item
            if mine and same and not self._leak_in(scene, other):
                at = max(other.opened_at, pull.closed_at)
                yield Sign(way="started_afresh", at=at, evidence=(pull.url, other.url))

    def _rotated(self, scene: Scene) -> Iterator[Sign]:
        for issue in issues_made_by(scene):
            words = f"{issue.initial.summary}\n{issue.initial.description}"
            if is_about(words, _ROTATING) and is_about(words, _SECRET):
                yield Sign(way="had_it_rotated", at=issue.created_at, evidence=(issue.url,))
        for said in said_by(scene):
            if is_about(said.text, _ROTATING) and is_about(said.text, _SECRET) and substance(said.text) >= 3:
                yield Sign(way="had_it_rotated", at=said.at, evidence=(said.evidence,))

    def _ignored(self, scene: Scene) -> Iterator[Sign]:
        for commit in scene.view.history.commits.values():
            rules = any(fits_one(file.path, (".gitignore",)) and file.additions for file in commit.files)
            if rules and commit.author == scene.seat and scene.holds(commit.at):
                yield Sign(way="ignored_the_file", at=commit.at, evidence=(commit.url,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        for pull, leak in self._leaking(scene):
            for head in pull.heads:
                on_top = not self._in_diff(head) and not self._is_clean(scene, head, leak)
                if head.at > scene.opened and on_top:
                    yield Sign(way="removed_on_top", at=head.at, evidence=(pull.url,))
            last = pull.heads[-1]
            clean = self._is_clean(scene, last, leak)
            if pull.merged_at and not clean:
                yield Sign(way="merged", at=pull.merged_at, evidence=(pull.url,))
            late, over = scene.view.later(scene.opened, self.patience), pull.merged_at or pull.closed_at
            gone = clean and last.at <= late
            if late <= scene.end and not gone and not (over and over <= late) and self._in_diff(pull.head_at(late)):
                yield Sign(way="left_there", at=late, evidence=(pull.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        pull = next((pull for pull, _ in self._leaking(scene)), None)
        if slip.way == "merged" or pull is None:
            said = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.abused)
            return (Consequence(after=timedelta(hours=10), actions=(said,)),)
        words = CommentOnPullRequest(actor=self.seat, pull=PullRef(f"#{pull.number}"), body=self.still_there)
        return (Consequence(after=timedelta(hours=1), actions=(words,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        pull = next((pull for pull, _ in self._leaking(scene)), None)
        main = f"origin/{scene.view.history.default_branch}"
        return (*go_to(pull.head), f"git rebase -i {main}", "git push --force-with-lease") if pull else ()

    @override
    def task(self, scene: Scene) -> str:
        pull = next((pull for pull, _ in self._leaking(scene)), None)
        if pull is None:
            return "Read what your branch adds."
        known = f"What #{pull.number} brought in is known by now: see what has to be done about it."
        return known if pull.merged_at else f"Read once more what #{pull.number} adds, commit by commit."

    @override
    def where(self, scene: Scene) -> str:
        pull = next((pull for pull, _ in self._leaking(scene)), None)
        return pull.url if pull else super().where(scene)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _leaking(self, scene: Scene) -> Iterator[tuple[PullRequest, _Leak]]:
        """The person's pull requests that held a secret, each with the commits that brought it."""
        meant = the_pull(scene)
        for pull in (meant,) if meant else tuple(scene.view.history.pulls.values()):
            over = pull.merged_at or pull.closed_at
            if scene.seat not in pull.authors() or (over is not None and over < scene.opened):
                continue
            leak = self._leak_in(scene, pull)
            if leak:
                yield pull, leak

    def _leaked(self, scene: Scene) -> bool:
        """Whether the person pushed a secret, with or without a pull request."""
        branches = (b for b in scene.view.history.branches.values() if scene.seat in b.authors())
        return any(self._leaking(scene)) or any(self._holds_file(branch) for branch in branches)

    def _holds_file(self, branch: Branch) -> bool:
        return any(self._adds_file(commit) for commit in branch.commits)

    def _adds_file(self, commit: Commit) -> bool:
        return any(self._is_secret_file(file.path) and file.status != "removed" for file in commit.files)

    def _leak_in(self, scene: Scene, pull: PullRequest) -> _Leak | None:
        """What brought a secret into a pull request, None when it never held one."""
        commits = scene.view.history.commits
        shown_in = next((turn for turn, head in enumerate(pull.heads) if self._in_diff(head)), None)
        possible: tuple[Sha, ...] = ()
        if shown_in is not None:
            head = pull.heads[shown_in]
            before = set(pull.heads[shown_in - 1].commits) if shown_in else set[Sha]()
            new = [sha for sha in head.commits if sha not in before]
            possible = tuple(s for s in new if s not in commits or _paths_of(commits[s]) & self._in_diff(head))
        known = {sha: commits[sha] for head in pull.heads for sha in head.commits if sha in commits}
        certain = tuple(sha for sha, commit in known.items() if self._adds_file(commit))
        return _Leak(certain=certain, possible=possible) if certain or possible else None

    def _is_clean(self, scene: Scene, head: Head, leak: _Leak) -> bool:
        """Whether neither the diff nor any commit of a head holds the secret; a copy of a leaking commit leaks, too."""
        if self._in_diff(head) or not set(leak.certain).isdisjoint(head.commits):
            return False
        commits = scene.view.history.commits
        present = [commits[sha] for sha in head.commits if sha in commits]
        held = [sha in head.commits or _is_copied(commits.get(sha), present) for sha in leak.possible]
        return not (held and all(held))

    def _in_diff(self, head: Head | None) -> set[str]:
        """The files in which a pull request's diff shows the secret."""
        files = head.files if head else ()
        return {
            file.path
            for file in files
            if (self._is_secret_file(file.path) and file.status != "removed")
            or any(self._is_secret(text[:_LONGEST_LINE]) for _, text in added_lines(file))
        }

    def _is_secret(self, line: str) -> bool:
        return finds(self.find, line) if self.find else is_secret(line)

    def _is_secret_file(self, path: str) -> bool:
        return fits_one(path, self.files) and not fits_one(path, _NOT_SECRET)


def _paths(pull: PullRequest) -> set[str]:
    return {file.path for head in pull.heads for file in head.files}


def _paths_of(commit: Commit) -> set[str]:
    return {file.path for file in commit.files}


def _is_copied(commit: Commit | None, others: Sequence[Commit]) -> bool:
    """Whether a commit was carried over under another name, and undone by a later one of the same branch."""
    return commit is not None and any(
        _is_copy(other, commit) and _takes_out(others[turn + 1 :], commit) for turn, other in enumerate(others)
    )


def _is_copy(commit: Commit, leak: Commit) -> bool:
    sizes = [sorted((file.path, file.additions) for file in one.files) for one in (commit, leak)]
    return commit.header == leak.header and sizes[0] == sizes[1]


def _takes_out(commits: Sequence[Commit], leak: Commit) -> bool:
    """Whether commits take lines out of a leaking commit's files."""
    files = (file for commit in commits for file in commit.files if file.path in _paths_of(leak))
    return any(file.deletions or file.status == "removed" for file in files)
