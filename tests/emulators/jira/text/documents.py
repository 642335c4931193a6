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
MARKS = st.lists(MARK, max_size=3, unique_by=lambda mark: str(mark["type"]))


def node(kind: str, content: st.SearchStrategy[Any] | None = None, **attrs: Any) -> st.SearchStrategy[Node]:
    """Nodes of a type; attributes and content are strategies, or values."""
    parts = {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in attrs.items()}
    fixed: dict[str, Any] = {"type": st.just(kind)} | ({"attrs": st.fixed_dictionaries(parts)} if parts else {})
    return st.fixed_dictionaries(fixed | ({"content": content} if content is not None else {}))


def some(one: st.SearchStrategy[Node], most: int = 3) -> st.SearchStrategy[list[Node]]:
    """A few of them, at least one."""
    return st.lists(one, min_size=1, max_size=most)


def marked(one: st.SearchStrategy[Node], *marks: Node) -> st.SearchStrategy[Node]:
    """The same nodes, some of them with one of these marks."""
    return st.one_of(one, one, st.builds(lambda block, mark: block | {"marks": [mark]}, one, st.sampled_from(marks)))


ALIGNED = {"type": "alignment", "attrs": {"align": "center"}}
INDENTED = {"type": "indentation", "attrs": {"level": 2}}
WIDE = {"type": "breakout", "attrs": {"mode": "wide"}}
LINKED = {"type": "link", "attrs": {"href": "https://example.com/media"}}
BORDERED = {"type": "border", "attrs": {"size": 2, "color": "#091e42"}}
MACRO: dict[str, Any] = {
    "extensionKey": "toc",
    "extensionType": "com.example.macro",
    "parameters": {"a": [1, "]{adf}|"]},
}

INLINE = st.one_of(
    st.builds(lambda text, marks: text_node(text, *marks), TEXT, MARKS),
    TEXT.map(lambda text: text_node(text, {"type": "code"})),
    TEXT.map(lambda text: text_node(text, {"type": "link", "attrs": {"href": "#x", "title": text}}, {"type": "code"})),
    node("hardBreak"),
    node("mention", id=st.sampled_from(["5b10a28", "712020:4f-a"]), text="@Alice"),
    node("emoji", shortName=":tada:", id="1f389", text="🎉"),
    node("date", timestamp=st.sampled_from(["1772409600000", "0"])),
    node("status", text=TEXT, color=st.sampled_from(["green", "neutral"]), localId="x", style=""),
    node("inlineCard", url=st.sampled_from(["https://example.com/x", "https://example.com/a|b"])),
    marked(node("mediaInline", type="file", id="0a-2", collection="c"), LINKED),
    node("inlineExtension", **MACRO),
)
RUN = st.lists(INLINE, max_size=4).map(normal)
PARAGRAPH = node("paragraph", RUN)
CODE = st.builds(
    lambda attrs, text: {"type": "codeBlock", **attrs, "content": [text_node(text)]},
    st.sampled_from([{"attrs": {"language": "python"}}, {"attrs": {"language": "java", "wrap": True}}, {}]),
    st.text(alphabet="ab ={}code\n", min_size=1, max_size=20),
)
RULE = node("rule")
STORED = node("media", type="file", id="0a-1", collection="c", width=40, height=30)
MEDIA = st.builds(
    lambda media, layout, caption: {
        "type": "mediaSingle",
        "attrs": {"layout": layout},
        "content": [media, *({"type": "caption", "content": run} for run in caption)],
    },
    marked(
        st.one_of(node("media", type="external", url="https://example.com/p.png", alt=TEXT), STORED), LINKED, BORDERED
    ),
    st.sampled_from(["center", "center", "wrap-left"]),
    st.lists(st.lists(TEXT.map(text_node), max_size=1), max_size=1),
)
FILES = node("mediaGroup", some(STORED, 2))
TASK = node("taskItem", RUN, state=st.sampled_from(["TODO", "DONE"]), localId="a")
TASKS = node("taskList", some(TASK), localId="b")
NESTED_TASKS = st.builds(
    lambda task, inner: {"type": "taskList", "attrs": {"localId": "c"}, "content": [task, inner]}, TASK, TASKS
)
DECISIONS = node("decisionList", some(node("decisionItem", RUN, state="DECIDED", localId="a")), localId="b")
EXTENSION = node("extension", **MACRO, layout="default")


def _lists(item: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    items = some(node("listItem", st.lists(item, max_size=2).flatmap(lambda more: PARAGRAPH.map(lambda p: [p, *more]))))
    return st.one_of(node("bulletList", items), node("orderedList", items, order=st.sampled_from([1, 3])))


LISTS = st.recursive(st.one_of(_lists(CODE), _lists(TASKS)), _lists, max_leaves=4)
HELD = some(st.one_of(PARAGRAPH, LISTS, CODE, MEDIA))
EXPAND = some(st.one_of(PARAGRAPH, TASKS, RULE), 2)
CELL = some(
    st.one_of(
        *[PARAGRAPH] * 4, LISTS, CODE, TASKS, RULE, DECISIONS,
        node("nestedExpand", EXPAND, title=TEXT), node("panel", HELD, panelType="info"),
    ),
    2,
)  # fmt: skip
CELLS = st.one_of(
    node("tableHeader", CELL),
    *[node("tableCell", CELL)] * 2,
    node("tableCell", CELL, colspan=2, rowspan=2, colwidth=[100, 120], background="#deebff"),
)
TABLE = st.one_of(
    node("table", some(node("tableRow", some(CELLS))), isNumberColumnEnabled=False, layout="default"),
    node("table", some(node("tableRow", some(CELLS))), isNumberColumnEnabled=True, layout="full-width"),
)
COLUMN = node("layoutColumn", some(st.one_of(PARAGRAPH, TABLE), 2), width=50)
BLOCK = st.one_of(
    marked(PARAGRAPH, ALIGNED, INDENTED),
    marked(node("heading", RUN, level=st.integers(min_value=1, max_value=6)), ALIGNED),
    LISTS,
    TASKS,
    NESTED_TASKS,
    DECISIONS,
    TABLE,
    marked(CODE, WIDE),
    RULE,
    MEDIA,
    FILES,
    node("blockquote", HELD),
    node("panel", HELD, panelType=st.sampled_from(["info", "note", "tip", "success", "warning", "error"])),
    node("panel", some(PARAGRAPH), panelType="custom", panelColor="#ff0000", panelIcon=":tada:"),
    marked(node("expand", some(st.one_of(PARAGRAPH, TABLE, TASKS)), title=TEXT), WIDE),
    marked(node("layoutSection", st.tuples(COLUMN, COLUMN).map(list)), WIDE),
    node("blockCard", url="https://example.com/card"),
    node("embedCard", url="https://example.com/board", layout="center"),
    EXTENSION,
    node("bodiedExtension", some(PARAGRAPH), **MACRO),
)
DOCUMENTS = some(BLOCK, 4).map(lambda blocks: document(*blocks))
