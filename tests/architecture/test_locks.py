"""Advisory locks do not get into each other's way."""

import ast
from pathlib import Path

from services.db.locks import AdvisoryLock

_SOURCES = [
    path
    for folder in ("bot", "handlers", "services")
    for path in (Path(__file__).parents[2] / folder).rglob("*.py")
    if path.name != "locks.py"
]


def test_every_lock_has_a_key_of_its_own() -> None:
    keys = [member.value for member in AdvisoryLock.__members__.values()]
    assert len(keys) == len(set(keys))


def test_no_key_is_made_up_elsewhere() -> None:
    keys = {key.value for key in AdvisoryLock}
    made_up = [
        (path.name, node.lineno)
        for path in _SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and (node.value in keys if isinstance(node.value, int) else False)
    ]
    assert made_up == []
