"""Terminals: one on a migrated database of the test's server, one on a folder for an embedded database."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.cli.console import Console
from tests.support.nursery import Nursery


@pytest.fixture
def nowhere(nursery: Nursery, tmp_path: Path) -> Console:
    """A terminal for what must end before any database is asked."""
    return Console(
        nursery, tmp_path, {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", "DATA_DIR": str(tmp_path / "var")}
    )


@pytest.fixture
def console(nursery: Nursery, tmp_path: Path, database_url: URL) -> Console:
    """A terminal on a migrated, empty database."""
    address = database_url.render_as_string(hide_password=False)
    return Console(nursery, tmp_path, {"DATABASE_URL": address, "DATA_DIR": str(tmp_path / "var")})


@pytest.fixture
def fresh(nursery: Nursery) -> Iterator[Console]:
    """A terminal on a machine without a database; PostgreSQL's account can pass its folder."""
    memory = Path("/dev/shm")  # noqa: S108 -- a folder in memory, where there is one
    folder = Path(tempfile.mkdtemp(prefix="kabarchy-cli-", dir=memory if memory.is_dir() else None))
    folder.chmod(0o711)
    yield Console(nursery, folder, {"DATA_DIR": str(folder / "var")})
    shutil.rmtree(folder, ignore_errors=True)
