"""Who may import whom: the contracts of import-linter, and what it cannot say."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import ROOT, imports_of, place, python_files

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_contracts_are_kept() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run(  # noqa: S603 -- our own tool
        [program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in run.stdout


def test_every_module_of_services_but_the_database_is_kept_away_from_sql() -> None:
    (kept_away,) = [contract["source_modules"] for contract in CONTRACTS if contract["id"] == "sql"]
    modules = {f"services.{path.stem}" for path in (ROOT / "services").iterdir() if not path.name.startswith("_")}
    assert set(kept_away) == modules - {"services.db"}


def test_local_telegram_imports_nothing_of_ours() -> None:
    ours = ("bot", "handlers", "services", "migrations", "locales", "tests")
    found = [
        f"{place(path)}: {module}"
        for path in python_files("bot/sandbox")
        for module in imports_of(path)
        if module.split(".")[0] in ours and not f"{module}.".startswith("bot.sandbox.")
    ]
    assert found == []


def test_nothing_is_imported_relatively() -> None:
    relative = [
        place(path)
        for path in python_files("bot", "handlers", "services")
        if "from ." in path.read_text().replace("from ...", "from .")
    ]
    assert relative == []


def test_every_package_has_its_init_file() -> None:
    folders = {path.parent for path in python_files("bot", "handlers", "services", "tests")}
    assert [place(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
