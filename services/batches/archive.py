"""The archive of a batch: every paper as a PDF, and a list of all rows."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

from services.batches.dto import ArchivedPaper, Batch, ListWords
from services.batches.rules import file_name

_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LIST = "list.csv"


def write_archive(papers: Sequence[ArchivedPaper], contents: Mapping[int, bytes], listing: str) -> bytes:
    """Return a ZIP of the papers whose files are given; they are compressed already, so they are stored as they are.

    `listing`: the list of all rows; empty where another archive of the batch has it.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for paper in papers:
            if paper.file_id is not None:
                archive.writestr(file_name(paper.number, paper.person_name), contents[paper.file_id])
        if listing:
            archive.writestr(_LIST, listing.encode("utf-8-sig"))
    return file.getvalue()


def write_list(papers: Sequence[ArchivedPaper], words: ListWords) -> str:
    """Return the list of all rows as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(words.headings)
    for paper in papers:
        name = "" if paper.file_id is None else file_name(paper.number, paper.person_name)
        remark = "" if paper.file_id is not None else words.remark(paper)
        cells = (paper.person_no, paper.person_name, paper.number, name, remark)
        writer.writerow([_guarded(cell) for cell in cells])
    return text.getvalue()


def name_of(batch: Batch, part: int, parts: int) -> str:
    """Return what an archive is called."""
    ending = f"-{part}" if parts > 1 else ""
    return f"{batch.kind}-{batch.language.value}-{batch.id}{ending}.zip"


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_LOOKS_LIKE_FORMULA) else text
