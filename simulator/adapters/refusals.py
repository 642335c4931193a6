"""Turns what PyGithub, jira and requests raise into our own errors, with the service's own words and no token in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from github import GithubException
from jira import JIRAError
from requests.exceptions import ChunkedEncodingError

from simulator.errors import AdapterError, AuthenticationFailed, Conflict, NotFound, RateLimited

_LONGEST_WORDS = 600
_RATE_WORDS = ("rate limit", "please wait a few minutes", "retry your request again later", "abuse detection")


def scrubbed(text: str, secrets: Collection[str]) -> str:
    """The text, in one line, bounded, with every secret and every credential of a URL blotted out."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    text = re.sub(r"(https?://)[^/\s@]+@", r"\1***@", text)
    return " ".join(text.split())[:_LONGEST_WORDS]


@contextmanager
def github_refusals(doing: str, *, url: str, secrets: Collection[str]) -> Iterator[None]:
    """A block whose GitHub failures come out as AdapterErrors."""
    try:
        yield
    except GithubException as exc:
        headers = {str(name).lower(): str(value) for name, value in (exc.headers or {}).items()}
        words = scrubbed(_github_words(exc), secrets)
        raise refusal("GitHub", exc.status, words, doing=doing, url=url, headers=headers) from exc
    except (requests.RequestException, AssertionError, ValueError) as exc:
        raise _silence("GitHub", exc, doing=doing, url=url, secrets=secrets) from exc


@contextmanager
def jira_refusals(doing: str, *, url: str, secrets: Collection[str]) -> Iterator[None]:
    """A block whose Jira failures come out as AdapterErrors."""
    try:
        yield
    except JIRAError as exc:
        response = exc.response
        headers = {name.lower(): value for name, value in response.headers.items()} if response is not None else {}
        words = scrubbed(_jira_words(exc), secrets)
        raise refusal("Jira", exc.status_code or 0, words, doing=doing, url=url, headers=headers) from exc
    except (requests.RequestException, ValueError) as exc:
        raise _silence("Jira", exc, doing=doing, url=url, secrets=secrets) from exc


def refusal(service: str, status: int, words: str, *, doing: str, url: str, headers: Mapping[str, str]) -> AdapterError:
    """The error for a reply of `status` with the service's own `words`. Sources: the services' pages on status codes,
    https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api and
    https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes
    """
    what = f"{service} answered {status} to {doing}: {words or 'no reason given'}"
    if status == 429 or (status == 403 and _speaks_of_rate(words)):
        return RateLimited(what, service=service, retry_after_s=_retry_after_s(headers))
    if status == 401:
        return AuthenticationFailed(what, service=service, where=url, to_do="check the token and whose it is")
    if status == 403:
        return AuthenticationFailed(what, service=service, where=url, to_do="give the token's owner this right")
    if status in (404, 410):
        return NotFound(what, service=service, where=url)
    if status in (405, 409, 422):
        return Conflict(what, service=service, where=url)
    return AdapterError(what, service=service, where=url, retryable=status >= 500 and status != 501)


def _silence(service: str, exc: Exception, *, doing: str, url: str, secrets: Collection[str]) -> AdapterError:
    # An answer that breaks off is a ChunkedEncodingError, which is no ConnectionError, however it was sent.
    if isinstance(exc, requests.ConnectionError | requests.Timeout | ChunkedEncodingError):
        return AdapterError(
            f"no answer from {service} to {doing}: {type(exc).__name__}",
            service=service,
            retryable=True,
            where=url,
            to_do=f"is {service} up, and is its address right?",
        )
    return AdapterError(
        f"{service} gave no usable answer to {doing}: {scrubbed(str(exc), secrets) or type(exc).__name__}",
        service=service,
        where=url,
        to_do=f"is this address really {service}'s?",
    )


def _github_words(exc: GithubException) -> str:
    body: Any = exc.data  # Any: whatever JSON the service sent
    if not isinstance(body, dict):
        return str(body or "")
    errors = body.get("errors")
    reasons = [_github_error_words(error) for error in errors] if isinstance(errors, list) else []
    return "; ".join(filter(None, [str(body.get("message") or body.get("data") or ""), *reasons]))


def _github_error_words(error: object) -> str:
    if not isinstance(error, dict):
        return str(error)
    if error.get("message"):
        return str(error["message"])
    return " ".join(str(error[name]) for name in ("resource", "field", "code") if error.get(name))


def _jira_words(exc: JIRAError) -> str:
    response = exc.response
    try:
        body: Any = response.json() if response is not None else None  # Any: whatever JSON the service sent
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return exc.text or ""
    errors = body.get("errors")
    if isinstance(errors, list):  # of a bulk request: one for each element that failed
        return "; ".join(error_words(error.get("elementErrors") or {}) for error in errors)
    return error_words(body) or exc.text or ""


def error_words(body: Mapping[str, Any]) -> str:
    """Jira's words of an error: those for all, and those for each field."""
    by_field = body.get("errors") or {}
    return "; ".join(
        [*map(str, body.get("errorMessages") or []), *(f"{name}: {words}" for name, words in by_field.items())]
    )


def _speaks_of_rate(words: str) -> bool:
    return any(sign in words.lower() for sign in _RATE_WORDS)


def _retry_after_s(headers: Mapping[str, str]) -> float:
    """Seconds to wait: Retry-After, else GitHub's reset instant by the service's own clock, else a minute."""
    try:
        if "retry-after" in headers:
            return max(0.0, float(headers["retry-after"]))
        answered = parsedate_to_datetime(headers["date"]).timestamp()
        return max(0.0, float(headers["x-ratelimit-reset"]) - answered)
    except (ValueError, KeyError):
        return 60.0
