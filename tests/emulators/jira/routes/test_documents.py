"""Texts: documents in version 3, wiki text in version 2, one thing kept; HTML that cannot act; what is no document refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulators.jira.conftest import Api

WORDS = {"type": "text", "text": "careful"}
PARAGRAPH = {"type": "paragraph", "content": [WORDS]}


def doc(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "version": 1, "content": list(blocks)}


RICH = doc(
    {"type": "panel", "attrs": {"panelType": "warning"}, "content": [PARAGRAPH]},
    {"type": "expand", "attrs": {"title": "More"}, "content": [PARAGRAPH]},
    {"type": "decisionList", "attrs": {"localId": "a"}, "content": [
        {"type": "decisionItem", "attrs": {"localId": "b", "state": "DECIDED"}, "content": [WORDS]}]},
    {"type": "paragraph", "content": [
        {"type": "status", "attrs": {"text": "DONE", "color": "green"}},
        {"type": "date", "attrs": {"timestamp": "1772409600000"}},
        {"type": "text", "text": "2", "marks": [{"type": "subsup", "attrs": {"type": "sup"}}]},
        {"type": "text", "text": "red", "marks": [{"type": "textColor", "attrs": {"color": "#ff5630"}}]}]},
)  # fmt: skip


def nested(levels: int) -> dict[str, Any]:
    item: dict[str, Any] = PARAGRAPH
    for _ in range(levels):
        item = {"type": "bulletList", "content": [{"type": "listItem", "content": [item]}]}
    return doc(item)


def test_a_rich_document_is_kept_as_written_and_survives_an_edit_of_its_wiki_text(api: Api) -> None:
    key = api.issue()
    api.put(f"/rest/api/3/issue/{key}", {"fields": {"description": RICH}}, status=204)
    text = api.get(f"/rest/api/2/issue/{key}")["fields"]["description"]

    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["description"] == RICH
    assert text.startswith("{panel:bgColor=#fffae6}\ncareful\n{panel}")

    api.put(f"/rest/api/2/issue/{key}", {"fields": {"description": text + "\n\nand more"}}, status=204)

    blocks = api.get(f"/rest/api/3/issue/{key}")["fields"]["description"]["content"]
    assert blocks[1:4] == RICH["content"][1:4]
    assert blocks[4]["content"][0]["text"] == "and more"


def test_somebody_mentioned_in_wiki_text_gets_their_name(api: Api, account_ids: dict[str, str]) -> None:
    key = api.issue(description=f"ask [~accountid:{account_ids['bob']}] and [~accountid:nobody]")

    found = api.get(f"/rest/api/3/issue/{key}")["fields"]["description"]["content"][0]["content"]

    assert found[1]["attrs"] == {"id": account_ids["bob"], "text": "@Bob", "accessLevel": ""}
    assert found[3]["attrs"] == {"id": "nobody"}


def test_rendered_fields_are_safe_html_and_instants_in_words(api: Api) -> None:
    key = api.issue(description="<script>alert(1)</script> *b* [x|https://a.example]", duedate="2026-03-02")
    api.post(f"/rest/api/2/issue/{key}/comment", {"body": "{panel:bgColor=#deebff}\nlook\n{panel}"}, status=201)

    shown = api.get(f"/rest/api/3/issue/{key}", expand="renderedFields")["renderedFields"]

    assert "<script" not in shown["description"]
    assert "<strong>b</strong>" in shown["description"]
    assert 'rel="nofollow noopener noreferrer"' in shown["description"]
    assert shown["duedate"] == "2/Mar/26"
    assert shown["created"] == "Just now" or shown["created"].endswith("ago")
    assert shown["comment"]["comments"][0]["body"] == '<div class="panel panel--info"><p>look</p></div>'
    assert shown["summary"] is None


@pytest.mark.parametrize(
    "value",
    [
        doc({"type": "script", "content": []}),
        doc({"type": "listItem", "content": [PARAGRAPH]}),
        doc({"type": "paragraph", "content": [PARAGRAPH]}),
        doc({"type": "paragraph", "content": [{"type": "text", "text": "x", "marks": [{"type": "onclick"}]}]}),
        doc({"type": "heading", "attrs": {"level": "1"}, "content": []}),
        doc({"type": "mediaSingle", "content": [{"type": "media", "attrs": {"type": "file"}}]}),
        {"type": "doc", "version": 2, "content": []},
        {"type": "doc", "version": 1, "content": {}},
    ],
)
def test_a_document_of_unknown_or_misplaced_nodes_is_invalid_input(api: Api, value: object) -> None:
    key = api.issue(description="before")

    refused = api.refused(
        "PUT", f"/rest/api/3/issue/{key}", 400, json={"fields": {"description": value, "summary": "x"}}
    )
    commented = api.refused("POST", f"/rest/api/3/issue/{key}/comment", 400, json={"body": value})

    assert refused == (["INVALID_INPUT"], {})
    assert commented == (["INVALID_INPUT"], {})
    assert api.get(f"/rest/api/2/issue/{key}")["fields"]["description"] == "before"
    assert api.get(f"/rest/api/2/issue/{key}")["fields"]["summary"] == "An issue"


def test_what_is_no_document_at_all_is_named_by_its_field(api: Api) -> None:
    key = api.issue()

    _, errors = api.refused("PUT", f"/rest/api/3/issue/{key}", 400, json={"fields": {"description": "text"}})
    _, comment = api.refused("POST", f"/rest/api/3/issue/{key}/comment", 400, json={"body": "text"})

    assert errors == {
        "description": "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
    }
    assert comment == {"comment": "Comment body is not valid!"}


def test_texts_are_as_long_as_jira_allows_and_no_deeper_than_it_can_show(api: Api) -> None:
    key = api.issue(description="x" * 32_767)
    long = doc({"type": "paragraph", "content": [{"type": "text", "text": "x" * 32_768}]})

    for version, value in (("2", "x" * 32_768), ("3", long)):
        _, errors = api.refused("PUT", f"/rest/api/{version}/issue/{key}", 400, json={"fields": {"description": value}})
        assert errors["description"].startswith("The entered text is too long.")
    api.put(f"/rest/api/3/issue/{key}", {"fields": {"description": nested(10)}}, status=204)
    assert (
        api.get(f"/rest/api/2/issue/{key}")["fields"]["description"] == "********** careful"
        or "{adf" in api.get(f"/rest/api/2/issue/{key}")["fields"]["description"]
    )
    api.refused("PUT", f"/rest/api/3/issue/{key}", 400, json={"fields": {"description": nested(200)}})
