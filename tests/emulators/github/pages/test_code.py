"""Folders, files and readmes as git has them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.emulators.browsing import HOSTILE, Browser
from tests.emulators.conftest import Site, a_seed
from tests.emulators.github.pulls import a_commit
from tests.emulators.github.worktree import Clone

REPOSITORY = "/github/acme/payments"


@pytest.fixture
def browser(site: Site) -> Browser:
    """Alice's."""
    return Browser(site)


def test_a_repository_shows_its_files_readme_clone_address_and_counts(site: Site, browser: Browser) -> None:
    a_commit(site, "feature/x", {"src/app.py": "print()\n"})

    page = browser.read(REPOSITORY)

    assert f"git clone {site.html_url}/acme/payments.git" in page.text
    assert "2 branches" in page.text
    assert "1 commit" in page.text
    assert f"/sites/{site.key}{REPOSITORY}/blob/main/README.md" in page.links
    assert "<h3>Payments</h3>" in page.html


def test_everybody_sees_a_public_repository(site: Site) -> None:
    assert "Sign in" in Browser(site, None).read(REPOSITORY).text


def test_a_folder_of_a_branch_with_slashes(site: Site, browser: Browser) -> None:
    a_commit(site, "feature/deep/x", {"src/inner/app.py": "print()\n", "src/top.py": ""})

    page = browser.read(f"{REPOSITORY}/tree/feature/deep/x/src")

    assert "inner/" in page.text
    assert "top.py" in page.text
    assert "README.md" not in page.text
    assert f"/sites/{site.key}{REPOSITORY}/blob/feature/deep/x/src/top.py" in page.links


def test_a_file_shows_its_lines_with_anchors(site: Site, browser: Browser) -> None:
    sha = a_commit(site, "feature", {"app.py": "one\n  two & <three>\n"})

    for ref in ("feature", sha, sha[:8]):
        page = browser.read(f"{REPOSITORY}/blob/{ref}/app.py")
        assert {"L1", "L2"} <= set(page.ids)
        assert '<td class="code__text">  two &amp; &lt;three&gt;</td>' in page.html
    assert browser.ask(f"{REPOSITORY}/raw/feature/app.py").text == "one\n  two & <three>\n"


def test_markdown_is_rendered_or_shown_as_it_is(site: Site, browser: Browser) -> None:
    assert "<h3>Payments</h3>" in browser.read(f"{REPOSITORY}/blob/main/README.md").html
    assert "# Payments" in browser.read(f"{REPOSITORY}/blob/main/README.md?plain=1").text


def test_what_cannot_be_shown_is_said(site: Site, browser: Browser, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone")
    for path, content in (("b.bin", b"\0\1\2"), ("big.txt", b"x" * 1_100_000), ("p.png", b"\x89PNG\0"), ("e.txt", b"")):
        clone.commit(path, content)
    clone.commit("long.txt", "\n".join(str(n) for n in range(6000)) + "\n" + "y" * 5000)
    clone.push("HEAD:stuff")

    assert "binary file" in browser.read(f"{REPOSITORY}/blob/stuff/b.bin").text
    assert "too large" in browser.read(f"{REPOSITORY}/blob/stuff/big.txt").text
    assert "An empty file" in browser.read(f"{REPOSITORY}/blob/stuff/e.txt").text
    assert "1001 more lines are not shown" in browser.read(f"{REPOSITORY}/blob/stuff/long.txt").text
    assert f'src="/sites/{site.key}{REPOSITORY}/raw/stuff/p.png"' in browser.read(f"{REPOSITORY}/blob/stuff/p.png").html
    assert browser.ask(f"{REPOSITORY}/raw/stuff/p.png").headers["Content-Type"] == "image/png"


def test_raw_files_cannot_act(site: Site, browser: Browser) -> None:
    a_commit(site, "feature", {"page.html": HOSTILE, "pic.svg": "<svg onload='alert(1)'/>"})

    for path in ("page.html", "pic.svg"):
        answer = browser.ask(f"{REPOSITORY}/raw/feature/{path}")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


README = f"""# {HOSTILE}
[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](vbscript:x) <a href="javascript:alert(1)">e</a>
<script>alert(1)</script><style>*{{display:none}}</style><iframe src="/"></iframe><form action="/logout"><button>x</button></form>
<h1 id="content" class="skip" style="x" onclick="alert(1)">t</h1><img src="javascript:alert(1)"><svg onload=alert(1)></svg>

[up](../../../../etc/passwd) [docs](docs/a%20b.md#part) ![pic](img/x.png) [host](//evil.example)
[odd](http://[x) [odd](x://[y) <a href="http://[z">z</a>
[back](\\\\evil.example)
"""


def test_a_hostile_readme_is_harmless_and_its_links_stay_in_the_repository(site: Site, browser: Browser) -> None:
    a_commit(site, "feature", {"README.md": README, "sub/README.md": "[up](../a.md) [root](/b.md) [out](../../c.md)"})

    page = browser.read(f"{REPOSITORY}/tree/feature")
    below = browser.read(f"{REPOSITORY}/tree/feature/sub")

    here = f"/sites/{site.key}{REPOSITORY}"
    assert not [link for link in page.links if "passwd" in link or link.startswith(("//", "\\"))]
    assert f'src="{here}/raw/feature/img/x.png"' in page.html
    assert [attrs["action"] for tag, attrs in page.tags if tag == "form"] == [f"/sites/{site.key}/github/logout"]
    assert f"{here}/blob/feature/docs/a%20b.md#part" in page.links
    assert {f"{here}/blob/feature/a.md", f"{here}/blob/feature/b.md"} <= set(below.links)


def test_hostile_names_are_shown_as_text(site: Site, browser: Browser) -> None:
    branch, path = "x-<img-src=x-onerror=alert(1)>", '"><script>alert(1)<|script>.txt'
    a_commit(site, branch, {path: HOSTILE}, message=f"{HOSTILE}\n\n{HOSTILE}")

    for page in (
        browser.read(f"{REPOSITORY}/branches"),
        browser.read(f"{REPOSITORY}/tree/{branch}"),
        browser.read(f"{REPOSITORY}/commits/{branch}"),
        browser.read(f"{REPOSITORY}/commit/{branch}"),
        browser.read(f"{REPOSITORY}/compare/main...{branch}"),
    ):
        assert branch in page.text or HOSTILE in page.text


def test_names_that_are_no_unicode_are_shown_all_the_same(site: Site, browser: Browser, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone")
    blob = clone.git("hash-object", "-w", "README.md").stdout.strip()
    entries = b"100644 blob " + blob.encode() + b"\tna\xefve.txt\n"
    made = subprocess.run(["git", "mktree"], cwd=clone.folder, input=entries, capture_output=True, check=True)
    sha = clone.git("commit-tree", made.stdout.decode().strip(), "-p", "HEAD", "-m", "odd").stdout.strip()
    assert clone.push(f"{sha}:refs/heads/odd").returncode == 0

    assert "na�ve.txt" in browser.read(f"{REPOSITORY}/tree/odd").text
    assert "na�ve.txt" in browser.read(f"{REPOSITORY}/commit/odd").text


def test_an_empty_repository_says_how_to_begin(site: Site, browser: Browser) -> None:
    site.github().get_organization("acme").create_repo("fresh", private=True)

    assert f"git clone {site.html_url}/acme/fresh.git" in browser.read("/github/acme/fresh").text


@pytest.mark.parametrize(
    "path",
    [
        "/tree/none",
        "/tree/main/none",
        "/blob/main/none",
        "/blob/main",
        "/raw/main/../x",
        "/commit/0000000",
        "/commits/x y",
        "/pull/99",
    ],
)
def test_what_is_not_there_is_404(browser: Browser, path: str) -> None:
    status = browser.ask(REPOSITORY + path).status_code

    assert status == (404 if path != "/blob/main" else 200)


def test_a_branch_that_is_gone_is_said(browser: Browser) -> None:
    assert (
        "There is no branch, tag or commit feature/gone here"
        in browser.read(f"{REPOSITORY}/tree/feature/gone", status=404).text
    )


def test_the_address_with_git_behind_it_leads_to_the_page(site: Site, browser: Browser) -> None:
    assert browser.ask(f"{REPOSITORY}.git").headers["Location"] == f"/sites/{site.key}{REPOSITORY}"


def test_git_gets_what_it_always_got(site: Site, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone")
    anonymous = Browser(site, None)

    assert clone.tip()
    refused = anonymous.ask(f"{REPOSITORY}.git/info/refs?service=git-receive-pack")
    assert (refused.status_code, refused.headers["Content-Type"]) == (401, "text/plain; charset=utf-8")


@pytest.fixture
def private(site: Site) -> Site:
    """The site with a private repository of Bob's."""
    content = {"repositories": [{"name": "bob/secret", "private": True, "files": {"a.txt": "a\n"}}]}
    site.emulators.create_site(site.key, a_seed(github=content))
    return site


@pytest.mark.parametrize(
    "path", ["", "/tree/main", "/blob/main/a.txt", "/raw/main/a.txt", "/pulls", "/issues", "/commits/main"]
)
def test_a_private_repository_is_shown_to_those_who_may_see_it(private: Site, path: str) -> None:
    address = f"/github/bob/secret{path}"
    missing = f"/github/bob/nothing{path}"
    stranger, nobody = Browser(private, "carol"), Browser(private, None)

    assert Browser(private, "bob").ask(address).status_code == 200
    assert stranger.read(address, status=404).text == stranger.read(missing, status=404).text
    assert nobody.ask(address).status_code == nobody.ask(missing).status_code == 302


def test_lists_show_what_the_reader_may_see(private: Site) -> None:
    for login, seen in (("bob", True), ("carol", False), (None, False)):
        browser = Browser(private, login)
        assert ("bob/secret" in browser.read("/github/").text) is seen
        assert ("bob/secret" in browser.read("/github/bob").text) is seen
        assert "acme/payments" in browser.read("/github/acme").text
