"""Where the signature box stands: drawn by the template, covered by the signature field that readers click on."""

from dataclasses import asdict, dataclass
from typing import Final

_POINTS_PER_MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box on the last page, in millimetres from the left and the lower edge of the sheet."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def points(self) -> tuple[int, int, int, int]:
        """Return left, bottom, right and top in PDF points."""
        corners = (self.left, self.bottom, self.left + self.width, self.bottom + self.height)
        left, bottom, right, top = (round(corner * _POINTS_PER_MM) for corner in corners)
        return left, bottom, right, top

    def to_json(self) -> dict[str, float]:
        """Return the measures for the template."""
        return asdict(self)


#: Its left and lower edges are also the margins of the sheet.
SIGNATURE_BOX: Final = Box(left=25, bottom=20, width=92, height=21)
