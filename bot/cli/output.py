"""What commands print: one JSON document, or words and tables for people."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

#: The option of every command that a program may read.
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else on stdout.")]

_DRAWN_ROWS = 1_000


def print_json(document: object) -> None:
    """Print the one document of a command."""
    ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
    typer.echo(json.dumps(document, ensure_ascii=ascii_only, indent=2))


def print_table(heading: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
    """Print a table as it fits the terminal; texts are taken as they stand. Thousands of rows are printed plainly."""
    if len(rows) > _DRAWN_ROWS:
        _print_plainly([heading, *rows])
        return
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*heading, box=SIMPLE, pad_edge=False, title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(table)


def _print_plainly(rows: Sequence[Sequence[str]]) -> None:
    """Print aligned columns; drawing them would take longer than the work that they tell of."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show that work is going on, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield
