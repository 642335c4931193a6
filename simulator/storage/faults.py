"""What database errors mean to a person: each becomes a StorageError with what, where and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from simulator.errors import StorageError

# Parts of the drivers' messages, lower case: https://www.sqlite.org/rescode.html and
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_MEANINGS = (
    ("is locked", "the database is locked", "another program is writing to it: end that one, or try again"),
    ("not a database", "the file is not a database", "give another file, or move this one away to begin anew"),
    ("malformed", "the database is damaged", "restore it from a copy, or move it away to begin anew"),
    ("readonly database", "the database may only be read", "make the file and its folder writable for this user"),
    (
        "unable to open",
        "the database cannot be opened",
        "see that its folder exists and that this user may write to it",
    ),
    ("disk is full", "no space is left for the database", "make room on the disk, then try again"),
    ("disk i/o error", "the disk failed under the database", "see that the disk is well and has space left"),
    ("no such table", "the database lacks tables of ours", "give the database that Sprintdojo made, or an empty one"),
    (
        "already exists",
        "the database has tables of our names that are not ours",
        "give another database, or an empty one",
    ),
    ("relation", "the database lacks tables of ours", "give the database that Sprintdojo made, or an empty one"),
    ("does not exist", "there is no such database or user", "create it, or correct the URL"),
    ("authentication failed", "the database does not accept the password", "correct user and password in the URL"),
    ("no password supplied", "the database asks for a password", "put user and password into the URL"),
    ("permission denied", "the database user lacks a right", "give the user the right to create and write tables"),
    ("too many clients", "the database has no connection left", "raise max_connections, or run fewer processes"),
    ("connection", "the database does not answer", "see that it runs, and that host and port in the URL are right"),
)

# libpq takes these in the query too: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
_SECRETS = ("password", "sslpassword")


def place(url: URL) -> str:
    """Where a database is: the file of SQLite, else its URL with the password hidden."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.difference_update_query(_SECRETS).render_as_string(hide_password=True)


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """Turn SQLAlchemy's errors into StorageError."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _told(error, where) from error


def _told(error: SQLAlchemyError, where: str) -> StorageError:
    original = str(error.orig if isinstance(error, DBAPIError) and error.orig else error)
    words = original.lower()
    for part, what, to_do in _MEANINGS:
        if part in words:
            return StorageError(f"{what} ({_first_line(original)})", where=where, to_do=_nearer(to_do, where))
    return StorageError(f"the database refused: {_first_line(original)}", where=where, to_do="run again with --debug")


def _nearer(to_do: str, where: str) -> str:
    """Name the missing folder when that is all that is wrong with a file's place."""
    folder = Path(where).parent
    if to_do.startswith("see that its folder") and not folder.is_dir():
        return f"create the folder {folder}"
    return to_do


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no reason given")[:200]
