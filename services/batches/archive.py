"""The archive of a batch: every paper as a PDF, and a list of all rows."""

import csv
import io
import zipfile

from services.batches.dto import ArchivedPaper, Batch
from services.batches.rules import LARGEST_ARCHIVE, file_name

_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ArchiveWriter:
    """Fills one ZIP after the other; papers are compressed already, so they are stored as they are."""

    def __init__(self, batch: Batch, *, largest: int = LARGEST_ARCHIVE) -> None:
        self._batch = batch
        self._largest = largest
        self._part = 0
        self._rows: list[tuple[str, ...]] = []
        self._open()

    def add(self, paper: ArchivedPaper) -> tuple[str, bytes] | None:
        """Put a paper in; return an archive (name, bytes) that was full before it."""
        content = paper.content or b""
        full = self._close() if self._size and self._size + len(content) > self._largest else None
        name = file_name(paper.number, paper.person_name) if paper.number else ""
        self._rows.append((paper.person_no, paper.person_name, paper.number, name, paper.refusal))
        if paper.content is not None:
            self._archive.writestr(name, content)
            self._size += len(content)
        return full

    def finish(self) -> tuple[str, bytes]:
        """Return the last archive; the list of all rows is in it."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(("person_no", "name", "number", "file", "refusal"))
        writer.writerows([[_guarded(cell) for cell in row] for row in self._rows])
        self._archive.writestr("list.csv", text.getvalue().encode("utf-8-sig"))
        return self._close()

    def _open(self) -> None:
        self._part += 1
        self._size = 0
        self._bytes = io.BytesIO()
        self._archive = zipfile.ZipFile(self._bytes, "w", zipfile.ZIP_STORED)

    def _close(self) -> tuple[str, bytes]:
        self._archive.close()
        content, part = self._bytes.getvalue(), self._part
        self._open()
        return f"{self._batch.kind}-{self._batch.language.value}-{self._batch.id}-{part}.zip", content


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_LOOKS_LIKE_FORMULA) else text
