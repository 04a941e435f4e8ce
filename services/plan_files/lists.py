"""Tables beside a plan that look like its next page: lists of people, of abbreviations, of signatures."""

import re

from services.plan_files.grid import Grid, own_cells
from services.plan_files.headings import flat
from services.spelling import fold

#: What heads a column of such a list; a plan that goes on never begins so.
_COLUMN = re.compile(
    r"(?:№|n|no|№ п/п)\.?$|(?:ф\.? ?и\.? ?о|а\.? ?а\.? ?ж)\b\.?|фамили|аты[- ]жон|должност|кызмат орду|телефон|подпис|"
    r"сокращен|расшифровк|кыскартуу|full name|position$|signature|abbreviation"
)
#: What such a list is called.
_TITLE = re.compile(
    r"\W*(?:состав|члены|список|перечень (?:сокращ|услов)|лист (?:ознаком|соглас)|members|abbreviations|list of)\b|"
    r".*\b(?:курамы|мучолору|тизмеси|тизме)\W*$"
)


def is_list(grid: Grid) -> bool:
    """Tell whether a table without a plan's heading is a list of something else."""
    titles = [fold(line.text) for line in grid.headings[-1:]] + [fold(line) for line in grid.above[-1:]]
    cells = own_cells(grid.rows[0], 0) if grid.rows else []
    return any(map(_TITLE.match, titles)) or any(_COLUMN.match(fold(flat(cell.text))) for cell in cells)
