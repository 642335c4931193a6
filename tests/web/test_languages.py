from __future__ import annotations

import pytest

from web.languages import native_name


@pytest.mark.parametrize(
    ("code", "name"),
    [("de", "Deutsch"), ("en", "English"), ("pt-BR", "Português (BR)"), ("tlh", "tlh"), ("xx-Latn", "xx-Latn")],
)
def test_a_language_is_named_as_those_who_speak_it_do(code: str, name: str) -> None:
    assert native_name(code) == name
