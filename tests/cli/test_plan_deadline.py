"""`kabarchy plan deadline` needs nothing configured."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import create_app

KEYS = ["text", "kind", "start", "due", "dates", "sure"]


@pytest.fixture(autouse=True)
def nothing_is_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "DATABASE_URL", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_phrase_is_answered_with_one_line_of_json() -> None:
    result = CliRunner().invoke(create_app(), ["plan", "deadline", "ноябрь 2025ж. май 2026 ж.", "--year", "2025-26"])
    assert result.exit_code == 0
    assert result.stdout == (
        '{"text":"ноябрь 2025ж. май 2026 ж.","kind":"multiple","start":"2025-11-01","due":"2026-05-31",'
        '"dates":["2025-11-30","2026-05-31"],"sure":true}\n'
    )


def test_lines_of_stdin_are_answered_line_by_line_empty_ones_too() -> None:
    phrases = "15-майга чейин\r\n\nкогда-нибудь\n"
    result = CliRunner().invoke(create_app(), ["plan", "deadline", "-", "--year", "2025-2026"], input=phrases)
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(document) for document in documents] == [KEYS] * 3
    assert [document["text"] for document in documents] == ["15-майга чейин", "", "когда-нибудь"]
    assert [document["kind"] for document in documents] == ["date", "none", "unknown"]
    assert [document["sure"] for document in documents] == [True, True, False]


def test_language_settles_figures() -> None:
    command = ["plan", "deadline", "04/05/2026", "--year", "2025-26"]
    assert json.loads(CliRunner().invoke(create_app(), command).stdout)["sure"] is False
    settled = json.loads(CliRunner().invoke(create_app(), [*command, "--lang", "ru"]).stdout)
    assert (settled["due"], settled["sure"]) == ("2026-05-04", True)


@pytest.mark.parametrize("year", ["2025-27", "2025", "next"])
def test_years_that_do_not_follow_each_other_are_wrong_usage(year: str) -> None:
    result = CliRunner().invoke(create_app(), ["plan", "deadline", "май", "--year", year])
    assert result.exit_code == 2
    assert "two years that follow each other" in result.stderr
    assert not result.stdout
