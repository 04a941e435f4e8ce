"""QR codes as vector pictures for paper and pages."""

from dataclasses import dataclass
from itertools import groupby

import segno

# Every reader takes every mask. Choosing the evenest of the eight costs nearly as much as drawing the whole paper, and
# a code of random signs is even enough under any.
_MASK = 0


@dataclass(frozen=True, slots=True)
class QrPicture:
    """A QR code as SVG without a quiet zone; `modules` is its width in modules."""

    svg: str
    modules: int


def draw(content: str) -> QrPicture:
    """Draw a QR code of error level M or, where that costs no size, a higher one.

    All dark modules are one filled outline, so that no hair lines show between rows on paper.

    Raises:
        segno.DataOverflowError: the content is longer than any QR code holds.
    """
    rows = segno.make_qr(content, error="m", mask=_MASK).matrix
    size = len(rows)
    outline: list[str] = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                outline.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    path = f'<path d="{"".join(outline)}"/>'
    return QrPicture(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{path}</svg>', size)
