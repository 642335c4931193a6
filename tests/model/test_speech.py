"""Everything that people said, wherever they said it."""

from __future__ import annotations

from tests.scenario.moments.builders import a_view, told


def test_words_are_found_on_issues_pull_requests_reviews_in_the_feed_and_to_prompts() -> None:
    story = told().at("1 10:00").comment_on("PAY-1", body="On the issue").push("x").open("x")
    story.at("1 11:00").comment(1, body="On the pull request").review(
        1, state="COMMENTED", by="rita", body="In a review"
    )
    story.at("1 12:00").remark(1, path="a.py", body="On a line", by="rita").at("1 12:30").note(
        "In the chat", channel="chat"
    )
    story.prompt("p").at("1 13:00").answer("p", did="To a prompt", next="and more")

    said = a_view(story).history.said

    assert [(one.text, one.seat) for one in said] == [
        ("On the issue", "ada"),
        ("On the pull request", "ada"),
        ("In a review", "rita"),
        ("On a line", "rita"),
        ("In the chat", "ada"),
        ("To a prompt\nand more", "ada"),
    ]
    assert (said[0].issue, said[0].pull, said[4].channel, said[3].path, said[5].prompt) == (
        "PAY-1",
        None,
        "chat",
        "a.py",
        "p",
    )
    assert all(one.evidence for one in said)


def test_a_review_without_words_says_nothing() -> None:
    story = told().at("1 10:00").push("x").open("x").at("1 11:00").review(1, body="  ")

    assert a_view(story).history.said == ()
