"""What a text in GitHub's flavour refers to: issues and pull requests of a repository (`#12`) and people (`@login`)."""

from __future__ import annotations

import re

from simulator.emulators.github.state import mentions
from simulator.emulators.github.state.events import issue_ids_by_number
from simulator.emulators.github.state.issues import issues_by_id
from simulator.emulators.github.state.users import by_logins
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls

_LOGIN = re.compile(r"(?<![\w@/-])@([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))")
_MOST = 500


def addresses_of(place: Place, text: str, urls: Urls) -> dict[str, str]:
    """The pages that `#12` and `@login` lead to, by these words in lower case; what does not exist leads nowhere."""
    numbers = sorted(mentions.mentioned(text, full_name=place.repository.full_name))[:_MOST]
    found = issues_by_id(place, issue_ids_by_number(place, set(numbers)).values())
    base = f"/{place.repository.full_name}"
    addresses = {
        f"#{each.number}": urls.html(f"{base}/{'pull' if each.is_pull else 'issues'}/{each.number}")
        for each in found.values()
    }
    logins = sorted({login.lower() for login in _LOGIN.findall(text)})[:_MOST]
    people = by_logins(place.connection, place.site, logins)
    return addresses | {f"@{login}": urls.html(f"/{account.login}") for login, account in people.items()}
