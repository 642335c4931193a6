"""`sprintdojo lint` over a repository whose every name and message is written to do harm to whoever reads of it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from simulator.cli.score import FORMATS
from tests.cli.conftest import Sprintdojo
from tests.lint.workshop import Workshop

RANGE = ("--since", "2026-03-01", "--until", "2026-03-31")
_HARM = "\x1b[31mred\x1b]0;title\x07 <script>alert(1)</script> \u202egnp [a](javascript:1) `x` |"
_STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e]")
_FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9.]+\Z)")


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A repository by four people, none of whom means well."""
    shop = Workshop.at(tmp_path_factory.mktemp("harm") / "payments")
    shop.git("remote", "add", "origin", "https://ada:hunter2@github.com/acme/payments.git")
    shop.commit("chore: begin")
    for path, message, by in (
        ("src/\x1b[31mred\n.py", f"{_HARM} (#7)\n\nbody {_HARM}", "=cmd|' /C calc'!A0 \x1b[2J"),
        ("src/<script>alert(2).py", "wip\r\nno line\x0b\x0c\x85\u2028x", "\u202eevil"),
        ("=x.py", '=HYPERLINK("http://x","y")', "@SUM(1)"),
        ("-rf", "-rf (#8)", "+1"),
    ):
        shop.commit(message, by=by, lines=60, name=path)
    shop.write("\x1bset.py", 'AWS_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzq8sQ2vLpT"\n')
    shop.commit("x\x1b[31m", lines=0)
    shop.branch("b", "feat: b\x08\x08")
    shop.merge("b", message=f"Merge pull request #9 from acme/\x1b[31mb<script>\n\n{_HARM}")
    return shop


@pytest.mark.parametrize("more", [(), ("--all", "--people"), ("--person", "ada@example.com")])
def test_nothing_that_is_printed_steers_a_terminal(
    sprintdojo: Sprintdojo, harmful: Workshop, more: tuple[str, ...]
) -> None:
    said = sprintdojo("lint", harmful.folder, *RANGE, *more)

    assert said.status == 0
    assert "\ufffd" in said.out
    assert _STEERS.findall(said.out) == []


@pytest.mark.parametrize("form", ["html", "markdown", "junit"])
def test_no_script_stands_where_a_page_may_show_it(sprintdojo: Sprintdojo, harmful: Workshop, form: str) -> None:
    text = sprintdojo("lint", harmful.folder, *RANGE, "--format", form).out

    outside_of_code = re.sub("` [^`]+ `|`[^`]+`", "", text) if form == "markdown" else text
    assert "<script>alert" not in outside_of_code
    assert "alert(1)" in text


@pytest.mark.parametrize("form", ["csv", "csv-learners", "csv-canvas"])
def test_no_cell_is_a_formula(sprintdojo: Sprintdojo, harmful: Workshop, form: str) -> None:
    text = sprintdojo("lint", harmful.folder, *RANGE, "--format", form).out

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert len(cells) > 10
    assert [cell for cell in cells if _FORMULA.match(cell)] == []


def test_machines_can_read_every_form_for_them(sprintdojo: Sprintdojo, harmful: Workshop) -> None:
    def text(form: str) -> str:
        return sprintdojo("lint", harmful.folder, *RANGE, "--format", form, "--people").out

    findings = json.loads(text("json"))["findings"]
    results = json.loads(text("sarif"))["runs"][0]["results"]
    cases = list(ElementTree.fromstring(text("junit")).iter("testcase"))

    assert {"CI-01", "CM-08"} <= {finding["rule"] for finding in findings}
    assert {"CI-01", "CM-08"} <= {result["ruleId"] for result in results}
    assert cases


def test_the_password_of_the_remote_stands_in_no_form(
    sprintdojo: Sprintdojo, harmful: Workshop, tmp_path: Path
) -> None:
    for form in FORMATS:
        file = tmp_path / form
        said = sprintdojo("lint", harmful.folder, *RANGE, "--format", form, "--people", "--output", file)
        assert said.status == 0
        assert "hunter2" not in file.read_text() + said.out + said.err
        assert "github.com/acme/payments" in file.read_text() or form in {"csv-canvas", "csv-learners"}


class _Terminal(io.StringIO):
    """A terminal at which somebody presses Ctrl-C as soon as judging is announced."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if "judging" in text:
            os.kill(os.getpid(), signal.SIGINT)
        return super().write(text)


def test_who_stops_it_gets_no_file_and_no_traceback(
    sprintdojo: Sprintdojo, harmful: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    said = sprintdojo("lint", harmful.folder, *RANGE, "--output", tmp_path / "report.txt")

    assert said.status == 130
    assert "reading commits" in terminal.getvalue()
    assert terminal.getvalue().endswith("stopped\n")
    assert "Traceback" not in terminal.getvalue()
    assert not (tmp_path / "report.txt").exists()
