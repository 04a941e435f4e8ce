"""What sittings refuse."""

from services.errors import Refusal


class NoSuchSitting(Refusal):
    """The sitting or its plan is gone."""


class SittingChanged(Refusal):
    """The sitting is not what the screen showed."""


class SittingOver(Refusal):
    """The sitting was held or cancelled."""


class NoSittingsPrinted(Refusal):
    """The plan prints no sittings that are not there already."""


class PaperUnusable(Refusal):
    """The file is no PDF and no DOCX, or it is too large."""

    def __init__(self, limit_megabytes: int) -> None:
        super().__init__(limit_megabytes)
        self.limit_megabytes = limit_megabytes


class NoPaper(Refusal):
    """No such paper is attached."""


class MaterialsUnusable(Refusal):
    """The number of working days is none from zero to `most`."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most
