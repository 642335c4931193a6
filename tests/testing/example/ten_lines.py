from bot import label_new_issues  # your program: it takes an address and a token


def test_new_issues_are_labelled(github_emulator):
    issue = github_emulator.client("alice").get_repo("acme/payments").create_issue("It crashes")

    label_new_issues(github_emulator.api_url, github_emulator.tokens["bob"])

    assert [label.name for label in issue.get_labels()] == ["bug"]
    assert github_emulator.journal()[-1]["status"] == 200
