"""A small program that works on GitHub, as somebody else might have written it."""

import requests


def label_new_issues(api_url: str, token: str) -> None:
    """Give each open issue of acme/payments the label bug."""
    issues = f"{api_url}/repos/acme/payments/issues"
    headers = {"Authorization": f"Bearer {token}"}
    for issue in requests.get(issues, headers=headers, timeout=5).json():
        requests.post(f"{issues}/{issue['number']}/labels", json={"labels": ["bug"]}, headers=headers, timeout=5)
    requests.get(issues, headers=headers, timeout=5)
