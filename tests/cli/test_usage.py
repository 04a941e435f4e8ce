"""Help, wrong usage and settings that cannot be used."""

import importlib
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.app import create_app
from bot.cli.failures import FORESEEN
from bot.settings import Settings
from tests.cli.console import Console
from tests.support.nursery import ROOT

COMMANDS = {
    "run", "demo", "migrate", "doctor", "units import", "roster import", "roster code", "role grant", "role revoke",
    "role list", "certificate verify", "certificate audit", "certificate register", "resume-issuing",
    "audience count", "audience list", "audience lists",
    "audience drop", "certificate timestamp", "key list", "key rotate", "key invalidate",
}  # fmt: skip


def _paths(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    children = getattr(command, "commands", {})
    for name, child in children.items():
        yield from _paths(child, (*path, name))
    if not children:
        yield path


def test_every_command_has_help() -> None:
    app = create_app()
    paths = set(_paths(typer.main.get_command(app)))
    assert {" ".join(path) for path in paths} >= COMMANDS
    for path in paths:
        shown = CliRunner().invoke(app, [*path, "--help"])
        assert shown.exit_code == 0, path
        assert len(shown.output.splitlines()[2].strip()) > 10, f"{path} does not say what it does"


def test_help_loads_nothing_heavy() -> None:
    question = (
        "import sys; from typer.testing import CliRunner; from bot.cli.app import create_app\n"
        "assert CliRunner().invoke(create_app(), ['roster', '--help']).exit_code == 0\n"
        "print([name for name in ('sqlalchemy', 'aiogram', 'alembic', 'cryptography') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 -- our own program
    assert answer.stdout == "[]\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["roster", "import"],
        ["roster", "code", "S-1", "--days", "0"],
        ["role", "grant", "1", "emperor"],
        ["role", "grant", "1", "editor", "--from", "tomorrow"],
        ["demo", "--port", "70000"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(create_app(), arguments).exit_code == 2


def test_run_without_a_token_says_how_to_get_one_and_names_the_demo(nowhere: Console) -> None:
    ended = nowhere.run("run")
    assert ended.code == 1
    assert ended.out == ""
    assert "BotFather" in ended.line
    assert "kabarchy demo" in ended.line


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "cannot be reached"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "only postgresql is supported"),
        ({"HTTP_PORT": "eighty"}, "HTTP_PORT"),
        ({"DATABASE_URL": "postgresql://u@127.0.0.1:9/d?options=-c"}, "DATABASE_URL: the parameter options"),
        ({"DATABASE_URL": "postgresql://u@127.0.0.1:9/d?sslmode=require"}, "cannot be reached"),
        ({"WEBHOOK_SECRET": "ы"}, "WEBHOOK_SECRET: holds 1 to 256 of A-Z"),
        ({"PUBLIC_URL": "https://kabarchy.example/bot"}, "PUBLIC_URL: must not have a path"),
    ],
)
def test_settings_that_cannot_work_end_in_one_line(nowhere: Console, settings: dict[str, str], said: str) -> None:
    ended = nowhere.run("migrate", **settings)
    assert ended.code == 1
    assert said in ended.line


def test_the_example_names_every_setting() -> None:
    example = (ROOT / ".env.example").read_text()
    missing = [name.upper() for name in Settings.model_fields if f"#{name.upper()}=" not in example]
    assert missing == []


def test_every_foreseen_failure_exists() -> None:
    for name in FORESEEN:
        module, _, kind = name.rpartition(".")
        assert issubclass(getattr(importlib.import_module(module), kind), Exception)
