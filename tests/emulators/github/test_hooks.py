"""Webhooks: keeping them, and what they are told, heard by a real receiver."""

from __future__ import annotations

import hashlib
import hmac
import json
import queue
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from github import GithubException
from github.Repository import Repository

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.worktree import Clone


@dataclass
class Receiver:
    """A server that hears deliveries."""

    url: str = ""
    heard: queue.Queue[tuple[dict[str, str], bytes]] = field(default_factory=queue.Queue)

    def next(self, event: str) -> tuple[dict[str, str], Any]:
        """The next delivery of an event, others are dropped."""
        while True:
            headers, body = self.heard.get(timeout=10)
            if headers["X-GitHub-Event"] == event:
                return headers, json.loads(body)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    found = Receiver()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.heard.put((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def repository(site: Site) -> Repository:
    """acme/payments as an administrator sees it."""
    return site.github().get_repo("acme/payments")


def a_hook(repository: Repository, receiver: Receiver, *events: str, **config: str) -> Any:
    """A hook with a secret that hears these events."""
    wanted = {"url": receiver.url, "content_type": "json", "secret": "s3cret", **config}
    return repository.create_hook("web", wanted, list(events) or ["*"], active=True)


def test_a_hook_is_made_changed_and_deleted_and_keeps_its_secret(repository: Repository, receiver: Receiver) -> None:
    hook = a_hook(repository, receiver, "push")

    hook.edit("web", {"url": receiver.url + "/2", "secret": "other"}, add_events=["issues"], active=False)

    found = repository.get_hook(hook.id)
    assert (found.events, found.active, found.config["url"]) == (["push", "issues"], False, receiver.url + "/2")
    assert found.config["secret"] == "********"
    found.edit("web", {"url": receiver.url + "/2"})
    assert "secret" not in found.config  # as on GitHub: one that is not given again is taken away
    assert [each.id for each in repository.get_hooks()] == [hook.id]
    found.delete()
    assert repository.get_hooks().totalCount == 0


def test_a_new_hook_is_pinged_with_a_signature(repository: Repository, receiver: Receiver) -> None:
    hook = a_hook(repository, receiver, "push")

    headers, body = receiver.heard.get(timeout=10)

    assert headers["X-GitHub-Event"] == "ping"
    assert headers["X-Hub-Signature-256"] == "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
    assert len(headers["X-GitHub-Delivery"]) == 36
    assert json.loads(body)["hook_id"] == hook.id
    hook.ping()
    assert receiver.heard.get(timeout=10)[0]["X-GitHub-Delivery"] != headers["X-GitHub-Delivery"]


def test_a_form_hook_gets_its_payload_in_a_field(repository: Repository, receiver: Receiver) -> None:
    a_hook(repository, receiver, content_type="form")

    headers, body = receiver.heard.get(timeout=10)

    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert json.loads(parse_qs(body.decode())["payload"][0])["zen"]


def test_a_push_is_told_with_its_commits(
    site: Site, repository: Repository, receiver: Receiver, tmp_path: Path
) -> None:
    a_hook(repository, receiver)
    clone = Clone(site, tmp_path / "clone")
    before = clone.tip()
    clone.commit("a.txt", "1", "feat: a")
    after = clone.commit("README.md", "2", "feat: b")

    clone.push("main", "main:topic")

    pushes = {body["ref"]: body for body in (receiver.next("push")[1] for _ in range(2))}
    main = pushes["refs/heads/main"]
    assert (main["before"], main["after"], main["forced"], main["created"]) == (before, after, False, False)
    assert [(commit["message"], commit["added"], commit["modified"]) for commit in main["commits"]] == [
        ("feat: a", ["a.txt"], []),
        ("feat: b", [], ["README.md"]),
    ]
    assert main["pusher"]["name"] == main["sender"]["login"] == "bob"
    assert main["repository"]["full_name"] == "acme/payments"
    assert pushes["refs/heads/topic"]["created"]
    assert pushes["refs/heads/topic"]["commits"] == []


def test_branches_labels_statuses_and_checks_are_told(site: Site, repository: Repository, receiver: Receiver) -> None:
    a_hook(repository, receiver)
    sha = repository.get_branch("main").commit.sha

    repository.create_git_ref("refs/heads/x", sha).delete()
    repository.create_label("new", "ffffff").edit("newer", "ffffff")
    repository.get_commit(sha).create_status("success", context="ci")
    repository.create_check_run("ci", sha, status="completed", conclusion="success")

    assert receiver.next("create")[1]["ref"] == "x"
    assert receiver.next("delete")[1]["ref_type"] == "branch"
    assert receiver.next("label")[1]["action"] == "created"
    assert receiver.next("label")[1]["changes"] == {"name": {"from": "new"}}
    assert receiver.next("status")[1]["state"] == "success"
    assert [receiver.next("check_run")[1]["action"] for _ in range(2)] == ["created", "completed"]


def test_a_hook_hears_only_what_it_asked_for(site: Site, repository: Repository, receiver: Receiver) -> None:
    a_hook(repository, receiver, "label")
    receiver.next("ping")

    repository.create_file("a.txt", "m", "x")
    repository.create_label("new", "ffffff")

    assert receiver.heard.get(timeout=10)[0]["X-GitHub-Event"] == "label"


def test_a_hook_that_will_not_do_is_422(site: Site, repository: Repository, receiver: Receiver) -> None:
    a_hook(repository, receiver, "push")
    session, address = site.session(), f"{repository.url}/hooks"

    for body in (
        {"config": {}},
        {"config": {"url": "ftp://x"}},
        {"config": {"url": "nonsense"}},
        {"config": "x"},
        {"config": {"url": receiver.url, "content_type": "xml"}},
        {"config": {"url": receiver.url}, "events": ["nonsense"]},
        {"config": {"url": receiver.url}, "events": ["push"]},
        {"name": "mail", "config": {"url": receiver.url}},
    ):
        assert session.post(address, json=body).status_code == 422, body


def test_only_administrators_see_hooks(site: Site) -> None:
    with pytest.raises(GithubException) as caught:
        site.github("bob").get_repo("acme/payments").get_hooks().totalCount  # noqa: B018 - asks the server

    assert caught.value.status == 404


def settled(site: Site, hook: Any, event: str) -> dict[str, Any]:
    """The last delivery of an event once it was answered, whole."""
    session, pause = site.session(), threading.Event()
    for _ in range(1000):
        found = [each for each in session.get(f"{hook.url}/deliveries").json() if each["event"] == event]
        if found and found[0]["status"] != "pending":
            whole: dict[str, Any] = session.get(f"{hook.url}/deliveries/{found[0]['id']}").json()
            return whole
        pause.wait(0.005)
    pytest.fail(f"{event} was never settled")


def test_a_delivery_is_kept_with_what_was_answered(site: Site, repository: Repository, receiver: Receiver) -> None:
    hook = a_hook(repository, receiver, "label")
    assert repository.get_hook(hook.id).last_response.status in {"unused", "active"}
    repository.create_label("new", "ffffff")
    headers, body = receiver.next("label")

    found = settled(site, hook, "label")

    assert (found["status"], found["status_code"], found["redelivery"], found["action"]) == (
        "OK",
        204,
        False,
        "created",
    )
    assert found["guid"] == headers["X-GitHub-Delivery"]
    assert found["request"]["headers"]["X-Hub-Signature-256"] == headers["X-Hub-Signature-256"]
    assert re.fullmatch(r"GitHub-Hookshot/[0-9a-f]{7}", headers["User-Agent"])
    assert found["request"]["payload"] == body
    assert found["response"]["headers"]["Server"].startswith("BaseHTTP")
    assert flaws("GET", f"/repos/acme/payments/hooks/1/deliveries/{found['id']}", 200, found) == []
    assert repository.get_hook(hook.id).last_response.raw_data == {"code": 204, "status": "active", "message": "OK"}
    assert "s3cret" not in site.session().get(hook.url).text + json.dumps(found)


def test_a_delivery_is_made_again_with_its_guid(site: Site, repository: Repository, receiver: Receiver) -> None:
    hook, session = a_hook(repository, receiver), site.session()
    first = settled(site, hook, "ping")

    again = session.post(f"{hook.url}/deliveries/{first['id']}/attempts")

    assert (again.status_code, again.json()) == (202, {})
    assert [receiver.next("ping")[0]["X-GitHub-Delivery"] for _ in range(2)] == [first["guid"]] * 2
    page = session.get(f"{hook.url}/deliveries?per_page=1")
    assert [each["redelivery"] for each in page.json()] == [True]
    assert session.get(page.links["next"]["url"]).json()[0]["id"] == first["id"]
    assert session.get(f"{hook.url}/deliveries?redelivery=true").json()[0]["guid"] == first["guid"]
    assert session.get(f"{hook.url}/deliveries?status=failure").json() == []
    for bad, status in (("?cursor=x", 422), ("?status=odd", 422), ("/99", 404)):
        assert session.get(f"{hook.url}/deliveries{bad}").status_code == status, bad
    assert session.post(f"{hook.url}/deliveries/99/attempts").status_code == 404
    assert site.session("bob").get(f"{hook.url}/deliveries").status_code == 404


def test_webhooks_stay_on_this_machine_unless_allowed_and_do_not_control_it(site: Site, repository: Repository) -> None:
    def delivered_to(url: str) -> dict[str, Any]:
        hook = repository.create_hook("web", {"url": url, "content_type": "json"}, ["push"])
        return settled(site, hook, "ping")

    refused = delivered_to("http://10.255.255.1/hook")
    unknown = delivered_to("http://nowhere.invalid/hook")
    itself = delivered_to(f"{site.url}/emulator/reset")

    assert (refused["status_code"], refused["response"]) == (0, {"headers": None, "payload": None})
    assert "10.255.255.1) is not among the addresses that webhooks may go to" in refused["status"]
    assert (unknown["status"], unknown["status_code"]) == ("failed to connect to host", 502)
    assert itself["status_code"] == 403
    assert repository.get_hooks().totalCount == 3


def test_a_hook_is_tried_with_the_last_push(site: Site, repository: Repository, receiver: Receiver) -> None:
    hook, session = a_hook(repository, receiver, "push"), site.session()

    assert session.post(f"{hook.url}/tests").status_code == 204
    assert receiver.next("push")[1]["after"] == repository.get_branch("main").commit.sha

    hook.edit("web", {"url": receiver.url}, active=False)
    assert session.post(f"{hook.url}/pings").status_code == 422
    assert session.get(f"{hook.url}/config").json() == {
        "content_type": "json",
        "insecure_ssl": "0",
        "url": receiver.url,
    }


def test_each_hook_hears_its_events_in_their_order_under_one_guid(
    site: Site, repository: Repository, receiver: Receiver
) -> None:
    for number in range(2):
        a_hook(repository, receiver, "issues", url=f"{receiver.url}/{number}")

    for number in range(15):
        repository.create_issue(f"Issue {number}")

    heard: dict[str, list[tuple[str, str]]] = {}
    while sum(map(len, heard.values())) < 30:
        headers, body = receiver.next("issues")
        heard.setdefault(headers["X-GitHub-Hook-ID"], []).append((headers["X-GitHub-Delivery"], body["issue"]["title"]))
    assert [title for _, title in heard["1"]] == [f"Issue {number}" for number in range(15)]
    assert heard["1"] == heard["2"]
