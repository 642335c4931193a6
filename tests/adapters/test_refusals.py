from __future__ import annotations

import pytest
import requests
from github import GithubException
from jira import JIRAError
from requests.exceptions import ChunkedEncodingError

from simulator.adapters.refusals import github_refusals, jira_refusals, refusal, scrubbed
from simulator.errors import AdapterError, AuthenticationFailed, Conflict, NotFound, RateLimited

URL = "http://127.0.0.1:1/github"


@pytest.mark.parametrize(
    ("status", "kind", "retryable"),
    [
        (401, AuthenticationFailed, False),
        (403, AuthenticationFailed, False),
        (404, NotFound, False),
        (405, Conflict, False),
        (409, Conflict, False),
        (422, Conflict, False),
        (429, RateLimited, True),
        (400, AdapterError, False),
        (501, AdapterError, False),
        (500, AdapterError, True),
        (503, AdapterError, True),
    ],
)
def test_a_status_becomes_the_fitting_error(status: int, kind: type[AdapterError], retryable: bool) -> None:
    error = refusal("GitHub", status, "words", doing="opening", url=URL, headers={})

    assert type(error) is kind
    assert error.retryable is retryable
    assert "words" in error.what
    assert str(status) in error.what


def test_a_forbidden_request_that_speaks_of_rates_is_a_rate_limit() -> None:
    words = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    error = refusal("GitHub", 403, words, doing="opening", url=URL, headers={"retry-after": "7"})

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 7


def test_the_reset_instant_is_read_by_the_services_own_clock() -> None:
    headers = {"date": "Sun, 22 Nov 2026 08:00:00 GMT", "x-ratelimit-reset": "1795334490"}
    error = refusal("GitHub", 403, "API rate limit exceeded", doing="x", url=URL, headers=headers)

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 90


def test_a_github_error_keeps_its_words_and_its_cause() -> None:
    body = {
        "message": "Validation Failed",
        "errors": [{"resource": "PullRequest", "code": "custom", "message": "No commits between main and x"}, "odd"],
    }
    with pytest.raises(Conflict) as caught, github_refusals("opening a pull request", url=URL, secrets=[]):
        raise GithubException(422, body, {})

    assert caught.value.what == (
        "GitHub answered 422 to opening a pull request: Validation Failed; No commits between main and x; odd"
    )
    assert caught.value.where == URL
    assert isinstance(caught.value.__cause__, GithubException)


def test_a_jira_error_keeps_both_kinds_of_its_words() -> None:
    response = requests.Response()
    response.status_code = 400
    response._content = b'{"errorMessages":["Bad thing."],"errors":{"summary":"Too long."}}'
    with pytest.raises(AdapterError) as caught, jira_refusals("editing PAY-1", url=URL, secrets=[]):
        raise JIRAError("x", status_code=400, response=response)

    assert caught.value.what == "Jira answered 400 to editing PAY-1: Bad thing.; summary: Too long."


@pytest.mark.parametrize("silence", [requests.ConnectionError, requests.Timeout, ChunkedEncodingError])
def test_no_answer_and_one_that_breaks_off_may_be_asked_again(silence: type[requests.RequestException]) -> None:
    with pytest.raises(AdapterError) as caught, jira_refusals("x", url=URL, secrets=[]):
        raise silence("refused")

    assert caught.value.retryable
    assert "Jira" in caught.value.to_do


def test_an_answer_of_another_host_is_no_crash() -> None:
    with pytest.raises(AdapterError) as caught, github_refusals("x", url=URL, secrets=["s3cret"]):
        raise AssertionError("evil.example s3cret")

    assert not caught.value.retryable
    assert "s3cret" not in caught.value.what


def test_tokens_are_blotted_out() -> None:
    text = scrubbed("a\nghp_1 b https://x:ghp_12@h/y https://u:p@h/z", ["ghp_1", "ghp_12", ""])

    assert text == "a *** b https://***@h/y https://***@h/z"
