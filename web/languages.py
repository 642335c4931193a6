"""What languages call themselves, for whoever chooses one: those that scenarios are most likely to speak."""

from __future__ import annotations

NAMES = {
    "ar": "العربية",
    "bg": "Български",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "et": "Eesti",
    "fa": "فارسی",
    "fi": "Suomi",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "sr": "Српски",
    "sv": "Svenska",
    "th": "ไทย",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
"""By ISO 639-1 code. Source: the languages' own names in Unicode CLDR, https://cldr.unicode.org"""


def native_name(code: str) -> str:
    """A language in its own words, with its region or script if it has one (`pt-BR`); an unknown one stays its code."""
    language, _, variety = code.partition("-")
    name = NAMES.get(language)
    return code if name is None else f"{name} ({variety})" if variety else name
