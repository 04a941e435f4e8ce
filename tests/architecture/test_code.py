"""Size and habits of the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGES, dotted, place, python_files, tree_of

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_HANDLER = 20
#: The one clock; the command line, which composes and asks once; the local Telegram with a time of its own.
CLOCKS = ("services/ports.py", "bot/cli/", "bot/sandbox/")
#: Where background tasks are made; the local Telegram has its own.
TASKS = ("bot/supervisor.py", "bot/sandbox/")
#: The edges where whatever went wrong is logged or told: background work, notices, surveys, pages and the command line.
EDGES = (
    "bot/supervisor.py",
    "bot/press.py",
    "bot/notices.py",
    "bot/survey_door.py",
    "bot/web/failures.py",
    "bot/__main__.py",
)
NOT_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common_utils"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, Function):
            yield node


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def outside(places: tuple[str, ...], *packages: str) -> list[Path]:
    return [path for path in python_files(*packages) if not place(path).startswith(places)]


def test_files_stay_under_three_hundred_lines() -> None:
    sizes = {place(path): len(path.read_text().splitlines()) for path in python_files(*PACKAGES)}
    assert {name: size for name, size in sizes.items() if size >= LONGEST_FILE} == {}


def test_functions_stay_within_forty_lines() -> None:
    long = [
        f"{place(path, function)} {function.name}: {lines_of(function)}"
        for path in python_files(*PACKAGES)
        for function in functions(path)
        if lines_of(function) > LONGEST_FUNCTION
    ]
    assert long == []


def test_handlers_stay_within_twenty_lines_of_statements() -> None:
    long = [
        f"{place(path, function)} {function.name}"
        for path in python_files("handlers")
        if path.name in {"router.py", "fallback.py"}
        for function in functions(path)
        if isinstance(function, ast.AsyncFunctionDef)
        and (function.end_lineno or 0) - function.body[0].lineno >= LONGEST_HANDLER
    ]
    assert long == []


def test_everything_is_caught_at_the_edges_only() -> None:
    found = [
        place(path, node)
        for path in outside(EDGES, *PACKAGES)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node) and not raises_again(node)
    ]
    assert found == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(one is None or dotted(one) in {"Exception", "BaseException"} for one in caught)


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Tell whether it only tidies up: its last statement lets the error go on."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_background_tasks_are_made_in_one_place() -> None:
    makers = ("create_task", "ensure_future", "run_coroutine_threadsafe", "TaskGroup")
    found = [
        place(path, call)
        for path in outside(TASKS, *PACKAGES)
        for name, call in calls(path)
        if name.rpartition(".")[2] in makers
    ]
    assert found == []


def test_time_is_asked_of_the_clock() -> None:
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}
    found = [
        f"{place(path, call)} {name}"
        for path in outside(CLOCKS, *PACKAGES)
        for name, call in calls(path)
        if name in clocks or name.removeprefix("datetime.") in clocks
    ]
    assert found == []


def test_the_clock_itself_knows_its_zone() -> None:
    found = [
        place(path, call)
        for path in python_files(*PACKAGES)
        for name, call in calls(path)
        if name.endswith(("datetime.now", "datetime.fromtimestamp")) and not call.args and not call.keywords
    ]
    assert found == []


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    assert [place(path) for path in python_files(*PACKAGES) if path.stem in NOT_NAMES] == []


def test_repositories_never_commit() -> None:
    found = [
        place(path, call)
        for path in python_files("services/db/repositories")
        for name, call in calls(path)
        if name.rpartition(".")[2] in {"commit", "begin", "begin_nested"}
    ]
    assert found == []


def test_services_and_repositories_leave_time_in_sql_to_the_clock() -> None:
    found = [place(path) for path in python_files("services") if "now()" in path.read_text().replace(".now()", "")]
    assert [name for name in found if name != "services/ports.py"] == []


def test_no_router_bot_or_dispatcher_stands_at_module_level() -> None:
    made = {"Router", "Bot", "Dispatcher"}
    found = [
        place(path, node)
        for path in python_files("bot", "handlers")
        for node in tree_of(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Call)
        and dotted(node.value.func).rpartition(".")[2] in made
    ]
    assert found == []
