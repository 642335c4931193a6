"""Qualifiers of an issue search that name people: authors, assignees, those who are mentioned, comment or review.

Source: https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, or_, select

from simulator.emulators.github.state.issue_lists import mentioned
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.tables import (
    comments,
    issue_assignees,
    issues,
    review_comments,
    review_requests,
    reviews,
    team_members,
    team_review_requests,
    teams,
)
from simulator.emulators.kit.tables import accounts

Condition = ColumnElement[bool]


def author(ground: Ground, login: str) -> Condition:
    """Written by somebody."""
    return issues.c.author_id == ground.account(login).id


def assignee(ground: Ground, login: str) -> Condition:
    """Assigned to somebody; `*` is anybody."""
    anybody = exists().where(issue_assignees.c.site == issues.c.site, issue_assignees.c.issue_id == issues.c.id)
    return anybody if login == "*" else anybody.where(issue_assignees.c.account_id == ground.account(login).id)


def mentioning(ground: Ground, login: str) -> Condition:
    """Whose description or comments mention somebody."""
    return mentioned(ground.account(login).login)


def commenter(ground: Ground, login: str) -> Condition:
    """On which somebody commented, in the conversation or on a line."""
    account_id = ground.account(login).id
    said = exists().where(
        comments.c.site == issues.c.site, comments.c.issue_id == issues.c.id, comments.c.author_id == account_id
    )
    return said | exists().where(
        review_comments.c.site == issues.c.site,
        review_comments.c.pull_id == issues.c.id,
        review_comments.c.author_id == account_id,
        ~review_comments.c.pending,
    )


def involves(ground: Ground, login: str) -> Condition:
    """Which somebody wrote, is assigned to, is mentioned in or commented on."""
    return or_(*(each(ground, login) for each in (author, assignee, mentioning, commenter)))


def reviewed_by(ground: Ground, login: str) -> Condition:
    """Pull requests that somebody reviewed."""
    return exists().where(
        reviews.c.site == issues.c.site,
        reviews.c.pull_id == issues.c.id,
        reviews.c.author_id == ground.account(login).id,
        reviews.c.state != "PENDING",
    )


def asked_for_review(ground: Ground, login: str) -> Condition:
    """Pull requests that wait for somebody's review, by name or through a team."""
    account_id = ground.account(login).id
    their_teams = select(team_members.c.team_id).where(
        team_members.c.site == ground.site, team_members.c.account_id == account_id
    )
    return asked_by_name(ground, login) | exists().where(
        team_review_requests.c.site == issues.c.site,
        team_review_requests.c.pull_id == issues.c.id,
        team_review_requests.c.team_id.in_(their_teams),
    )


def asked_by_name(ground: Ground, login: str) -> Condition:
    """Pull requests that wait for somebody's review, asked by name."""
    return exists().where(
        review_requests.c.site == issues.c.site,
        review_requests.c.pull_id == issues.c.id,
        review_requests.c.account_id == ground.account(login).id,
    )


def team_asked(ground: Ground, name: str) -> Condition:
    """Pull requests that wait for the review of a team, `organization/team`."""
    organization, slash, slug = name.partition("/")
    if not slash:
        return false()
    found = (
        select(teams.c.id)
        .join_from(teams, accounts, (accounts.c.site == teams.c.site) & (accounts.c.id == teams.c.organization_id))
        .where(teams.c.site == ground.site, teams.c.slug == slug.lower())
        .where(accounts.c.login_lower == organization.lower())
    )
    return exists().where(
        team_review_requests.c.site == issues.c.site,
        team_review_requests.c.pull_id == issues.c.id,
        team_review_requests.c.team_id.in_(found),
    )
