"""Documents as the editor makes them, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from simulator.emulators.jira.text.adf import document, normal, text_node

Node = dict[str, Any]
TEXT = st.text(alphabet=st.sampled_from("abc äß漢 *_-+{}[]|!?#^~\\&;:.,()<>\"'059"), min_size=1, max_size=10)
HUES = st.sampled_from(["#ff5630", "#36b37e"])
_SIMPLE = [{"type": kind} for kind in ("strong", "em", "strike", "underline")]
MARK = st.one_of(
    st.sampled_from(_SIMPLE),
    st.sampled_from(["sub", "sup"]).map(lambda kind: {"type": "subsup", "attrs": {"type": kind}}),
    HUES.map(lambda color: {"type": "textColor", "attrs": {"color": color}}),
    HUES.map(lambda color: {"type": "backgroundColor", "attrs": {"color": color}}),
    st.just({"type": "link", "attrs": {"href": "https://example.com/a?b=c|d]"}}),
)
MARKS = st.lists(MARK, max_size=3, unique_by=lambda mark: mark["type"])


def node(kind: str, content: st.SearchStrategy[Any] | None = None, **attrs: Any) -> st.SearchStrategy[Node]:
    """Nodes of a type; attributes and content are strategies, or values."""
    parts = {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in attrs.items()}
    fixed: dict[str, Any] = {"type": st.just(kind)} | ({"attrs": st.fixed_dictionaries(parts)} if parts else {})
    return st.fixed_dictionaries(fixed | ({"content": content} if content is not None else {}))


def some(one: st.SearchStrategy[Node], most: int = 3) -> st.SearchStrategy[list[Node]]:
    """A few of them, at least one."""
    return st.lists(one, min_size=1, max_size=most)


INLINE = st.one_of(
    st.builds(lambda text, marks: text_node(text, *marks), TEXT, MARKS),
    TEXT.map(lambda text: text_node(text, {"type": "code"})),
    node("hardBreak"),
    node("mention", id=st.sampled_from(["5b10a28", "712020:4f-a"]), text="@Alice"),
    node("emoji", shortName=":tada:", id="1f389", text="🎉"),
    node("date", timestamp=st.sampled_from(["1772409600000", "0"])),
    node("status", text=TEXT, color=st.sampled_from(["green", "neutral"]), localId="x", style=""),
    node("inlineCard", url=st.sampled_from(["https://example.com/x", "https://example.com/a|b"])),
)
RUN = st.lists(INLINE, max_size=4).map(normal)
PARAGRAPH = node("paragraph", RUN)
CODE = st.builds(
    lambda language, text: {"type": "codeBlock", "attrs": {"language": language}, "content": [text_node(text)]},
    st.sampled_from(["python", "java"]),
    st.text(alphabet="ab ={}code\n", min_size=1, max_size=20),
)
RULE = node("rule")
MEDIA = st.one_of(
    node("media", type="external", url="https://example.com/p.png", alt=TEXT),
    node("media", type="file", id="0a-1", collection="c", width=40, height=30),
).map(lambda media: {"type": "mediaSingle", "attrs": {"layout": "center"}, "content": [media]})
TASKS = node("taskList", some(node("taskItem", RUN, state=st.sampled_from(["TODO", "DONE"]), localId="a")), localId="b")
DECISIONS = node("decisionList", some(node("decisionItem", RUN, state="DECIDED", localId="a")), localId="b")


def _lists(item: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    items = some(node("listItem", st.lists(item, max_size=2).flatmap(lambda more: PARAGRAPH.map(lambda p: [p, *more]))))
    return st.one_of(node("bulletList", items), node("orderedList", items, order=st.sampled_from([1, 3])))


LISTS = st.recursive(_lists(CODE), _lists, max_leaves=4)
CELL = some(st.one_of(PARAGRAPH, PARAGRAPH, PARAGRAPH, LISTS, CODE), 2)
TABLE = node(
    "table",
    some(
        node(
            "tableRow",
            some(st.one_of(node("tableHeader", CELL), node("tableCell", CELL), node("tableCell", CELL, colspan=2))),
        )
    ),
    isNumberColumnEnabled=False,
    layout="default",
)
HELD = some(st.one_of(PARAGRAPH, LISTS, CODE, MEDIA))
BLOCK = st.one_of(
    PARAGRAPH,
    node("heading", RUN, level=st.integers(min_value=1, max_value=6)),
    LISTS,
    TASKS,
    DECISIONS,
    TABLE,
    CODE,
    RULE,
    MEDIA,
    node("blockquote", HELD),
    node("panel", HELD, panelType=st.sampled_from(["info", "note", "success", "warning", "error"])),
    node("expand", some(st.one_of(PARAGRAPH, TABLE, TASKS)), title=TEXT),
    node("blockCard", url="https://example.com/card"),
)
DOCUMENTS = some(BLOCK, 4).map(lambda blocks: document(*blocks))
