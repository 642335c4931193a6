"""Files on their way in: a name that is only a name, a type that is only declared, a small picture where there is one.

Refuses to look into a file to find out what it is, and to decode a picture that is larger than it pretends.
"""

from __future__ import annotations

import io
import mimetypes
import re
import struct
import unicodedata
import warnings
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

LONGEST_NAME = 255
THUMBNAIL = (200, 200)
"""Width and height in pixels that a thumbnail has at most, unless others are asked for."""

LARGEST_THUMBNAIL = 1000
"""Pixels of either that can be asked for."""

_MOST_PIXELS = 25_000_000
_PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP", "image/bmp": "BMP"}
_BINARY = "application/octet-stream"
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}")
_KNOWN_TYPES = mimetypes.MimeTypes()  # those of Python itself, the same on every machine
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, LookupError, TypeError, OverflowError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that somebody sent; `thumbnail` is a PNG."""

    filename: str
    content_type: str
    content: bytes
    thumbnail: bytes | None


def upload_of(*, filename: str, content_type: str, content: bytes) -> Upload:
    """What is kept of a file."""
    name = clean_name(filename)
    kept_type = _type_of(name, content_type)
    return Upload(filename=name, content_type=kept_type, content=content, thumbnail=small_picture(kept_type, content))


def clean_name(raw: str) -> str:
    """A file's name without folders and what cannot be seen, at most 255 characters, its ending kept."""
    last = raw.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}).strip()
    if shown.strip(". ") == "":
        return "file"
    stem, dot, ending = shown.rpartition(".")
    if len(shown) <= LONGEST_NAME or not stem or len(ending) > 20:
        return shown[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending


def _type_of(name: str, declared: str) -> str:
    """The declared type; where it says nothing, what the name's ending says."""
    declared = declared.partition(";")[0].strip().lower()
    if _TYPE.fullmatch(declared) and declared != _BINARY:
        return declared
    return _KNOWN_TYPES.guess_type(name, strict=False)[0] or _BINARY


def small_picture(content_type: str, content: bytes, size: tuple[int, int] = THUMBNAIL) -> bytes | None:
    """A PNG of a picture within width and height, None of anything else and of what is none or too large to open."""
    if content_type not in _PICTURES:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _scaled(content, _PICTURES[content_type], size)
    except (*_BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


@lru_cache(maxsize=16)
def plain_picture(size: tuple[int, int]) -> bytes:
    """What stands for a file that is no picture: a sheet of paper."""
    side = min(*size, *THUMBNAIL)
    sheet = Image.new("RGBA", (side, side))
    edges = (side // 4, side // 8, side - side // 4 - 1, side - side // 8 - 1)
    ImageDraw.Draw(sheet).rectangle(edges, fill="#f4f5f7", outline="#7a869a")
    picture = io.BytesIO()
    sheet.save(picture, "PNG")
    return picture.getvalue()


def _scaled(content: bytes, kind: str, size: tuple[int, int]) -> bytes | None:
    with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            return None
        picture.draft("RGB", size)
        picture.thumbnail(size)
        small = io.BytesIO()
        picture.convert("RGBA").save(small, "PNG")
        return small.getvalue()
