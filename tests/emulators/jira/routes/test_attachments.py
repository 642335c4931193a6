"""Files attached through the jira client and by bare requests: bytes, names, types, limits, pictures."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
import requests
from jira import JIRA
from PIL import Image
from werkzeug.http import parse_options_header

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

NO_CHECK = {"X-Atlassian-Token": "no-check"}


def a_picture(width: int = 640, height: int = 480, kind: str = "PNG") -> bytes:
    """A picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    return file.getvalue()


def send(api: Api, key: str, *files: tuple[str, bytes, str], part: str = "file", **more: Any) -> requests.Response:
    """Attach files by a bare request."""
    parts = [(part, file) for file in files]
    headers = more.pop("headers", NO_CHECK)
    url = f"{api.base}/rest/api/3/issue/{key}/attachments"
    return api.session.post(url, files=parts, headers=headers | {"Content-Type": None}, **more)


def attached(api: Api, key: str, *files: tuple[str, bytes, str]) -> list[dict[str, Any]]:
    """Attach files and return what the answer says of them."""
    answer = send(api, key, *files)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def test_the_client_attaches_reads_and_deletes(jira: JIRA, api: Api) -> None:
    key = api.issue()

    made = jira.add_attachment(key, io.BytesIO(b"line 1\nline 2\n"), filename="notes.txt")

    assert (made.filename, made.size, made.mimeType, made.author.displayName) == (
        "notes.txt",
        14,
        "text/plain",
        "Alice",
    )
    (listed,) = jira.issue(key).fields.attachment
    assert listed.get() == b"line 1\nline 2\n"
    assert b"".join(listed.iter_content()) == listed.get()
    assert jira.attachment(made.id).filename == "notes.txt"
    assert jira.attachment_meta() == {"enabled": True, "uploadLimit": 10 * 1024 * 1024}
    listed.delete()
    assert jira.issue(key).fields.attachment == []
    assert api.changes(key) == [("Attachment", None, "notes.txt"), ("Attachment", "notes.txt", None)]
    api.refused("GET", f"/rest/api/2/attachment/{made.id}", 404)


def test_several_files_at_once_are_one_entry_of_the_history(api: Api) -> None:
    key = api.issue()

    first, second = attached(api, key, ("a.log", b"a", ""), ("b.json", b"{}", "application/json"))

    assert (first["mimeType"], second["mimeType"]) == ("application/octet-stream", "application/json")
    (entry,) = api.get(f"/rest/api/3/issue/{key}/changelog")["values"]
    assert [item["to"] for item in entry["items"]] == [first["id"], second["id"]]
    rendered = api.get(f"/rest/api/3/issue/{key}", expand="renderedFields", fields="attachment")
    assert [one["size"] for one in rendered["renderedFields"]["attachment"]] == ["1 bytes", "2 bytes"]
    assert api.get(f"/rest/api/3/attachment/{first['id']}")["id"] == int(first["id"])


def test_a_picture_has_a_small_one(api: Api) -> None:
    key = api.issue()
    picture, text = attached(api, key, ("p.jpg", a_picture(kind="JPEG"), "image/jpeg"), ("t.txt", b"t", "text/plain"))

    answer = api.session.get(picture["thumbnail"])

    assert answer.headers["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as small:
        assert small.size == (200, 150)
    assert "thumbnail" not in text
    api.refused("GET", f"/rest/api/3/attachment/thumbnail/{text['id']}?fallbackToDefault=false", 404)
    for source, query, size in (
        (picture, "?width=40&height=40", (40, 30)),
        (picture, "?width=320&height=320", (320, 240)),
        (picture, "?width=-1", (200, 150)),
        (picture, "?width=99999&height=99999", (640, 480)),
        (text, "?width=20&height=50", (20, 20)),
    ):
        scaled = api.session.get(f"{api.base}/rest/api/3/attachment/thumbnail/{source['id']}{query}")
        assert Image.open(io.BytesIO(scaled.content)).size == size, query
    api.refused("GET", f"/rest/api/3/attachment/thumbnail/{text['id']}?width=x", 400)


def test_a_part_of_a_file_can_be_had(api: Api) -> None:
    (made,) = attached(api, api.issue(), ("digits.bin", b"0123456789", "application/x-thing"))

    part = api.session.get(made["content"], headers={"Range": "bytes=2-4"})
    whole = api.session.get(made["content"])

    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert (whole.content, whole.headers["Accept-Ranges"]) == (b"0123456789", "bytes")
    assert api.session.get(made["content"], headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert api.session.get(made["content"], headers={"Range": "bytes=99-"}).status_code == 416
    assert requests.get(made["content"], timeout=10).status_code == 401


def test_a_page_in_disguise_is_only_ever_a_download(api: Api) -> None:
    (made,) = attached(api, api.issue(), ("x.html", b"<script>alert(1)</script>", "text/html"))

    headers = api.session.get(made["content"]).headers

    assert headers["Content-Disposition"] == "attachment; filename=x.html"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\temp\\\\a.txt", "a.txt"),
        ("..", "file"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("naïve ☃.txt", "naïve ☃.txt"),
        ('a"; x="b.txt', 'a"; x="b.txt'),
        ("n" * 300 + ".txt", "n" * 251 + ".txt"),
    ],
)
def test_hostile_names_become_plain_ones(api: Api, sent: str, kept: str) -> None:
    (made,) = attached(api, api.issue(), (sent, b"x", "text/plain"))

    assert made["filename"] == kept
    disposition = api.session.get(made["content"]).headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert parse_options_header(disposition)[1]["filename"] == kept


def test_what_cannot_be_attached_is_refused_whole(api: Api, site: Site) -> None:
    key = api.issue()
    url = f"{api.base}/rest/api/3/issue/{key}/attachments"
    control = f"{site.url}/emulator/attachment-limit"

    assert send(api, key, ("a.txt", b"a", "text/plain"), headers={}).status_code == 403
    assert send(api, key, ("a.txt", b"a", "text/plain"), part="upload").json() == []
    assert api.session.post(url, json={}, headers=NO_CHECK).status_code == 415
    assert send(api, key, ("a.txt", b"a", "text/plain"), ("empty", b"", "text/plain")).status_code == 400
    assert send(api, key, *[(f"{n}.txt", b"a", "text/plain") for n in range(61)]).status_code == 413
    assert send(api, "NOPE-1", ("a.txt", b"a", "text/plain")).status_code == 404
    assert requests.put(control, json={"limit": 10}, timeout=10).json() == {"limit": 10}
    too_large = send(api, key, ("a.txt", b"a", "text/plain"), ("b.txt", b"b" * 11, "text/plain"))
    assert (too_large.status_code, set(too_large.json())) == (413, {"errorMessages", "errors"})
    assert send(api, key, ("c.txt", b"c" * 2_000_000, "text/plain")).status_code == 413
    assert api.get("/rest/api/3/attachment/meta") == {"enabled": True, "uploadLimit": 10}
    requests.put(control, json={"limit": 0}, timeout=10)
    assert send(api, key, ("a.txt", b"a", "text/plain")).status_code == 403
    assert requests.put(control, json={"limit": -1}, timeout=10).status_code == 422
    assert api.get(f"/rest/api/3/issue/{key}", fields="attachment")["fields"]["attachment"] == []
    assert api.changes(key) == []


def test_pictures_that_are_none_have_no_small_one(api: Api) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    files = [
        ("bomb.png", bomb, "image/png"),
        ("cut.png", a_picture()[:60], "image/png"),
        ("text.gif", b"GIF89a nothing", "image/gif"),
        ("lie.jpg", a_picture(), "image/jpeg"),
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image/svg+xml"),
    ]

    made = attached(api, api.issue(), *files)

    assert [one["mimeType"] for one in made] == [kind for _, _, kind in files]
    assert not any("thumbnail" in one for one in made)


def test_whose_files_may_be_deleted(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue()
    bob, carol = api_of("bob"), api_of("carol")
    (one,) = attached(bob, key, ("1.txt", b"1", "text/plain"))
    (two,) = attached(bob, key, ("2.txt", b"2", "text/plain"))

    carol.refused("DELETE", f"/rest/api/3/attachment/{one['id']}", 403)
    bob.delete(f"/rest/api/3/attachment/{one['id']}")
    api.delete(f"/rest/api/3/attachment/{two['id']}")

    api.refused("DELETE", f"/rest/api/3/attachment/{two['id']}", 404)


def test_a_snapshot_keeps_the_bytes(api: Api, site: Site) -> None:
    (made,) = attached(api, api.issue(), ("a.txt", b"before", "text/plain"))
    control = f"{site.url}/emulator/snapshots"
    assert requests.put(f"{control}/then", timeout=10).ok
    api.delete(f"/rest/api/3/attachment/{made['id']}")

    assert requests.post(f"{control}/then/restore", timeout=10).ok

    assert api.session.get(made["content"]).content == b"before"
