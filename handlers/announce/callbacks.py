"""Buttons of the editors' desk; they carry ids only, and the version of the draft that they change at once."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.announcements.dto import Category
from services.languages import Language


class Part(StrEnum):
    """A part of a draft with a screen of its own."""

    FILE = "file"
    LINKS = "links"
    CATEGORY = "category"
    FALLBACK = "fallback"


class BeginDraft(CallbackData, prefix="y1"):
    """Begin another draft; `voice`: in whose name (see `services.announcements.writing_dto`)."""

    voice: int


class TurnDesk(CallbackData, prefix="yq"):
    """Look at another page of the drafts."""

    page: int


class WriteText(CallbackData, prefix="y2"):
    """Write the text of a language, or another one instead."""

    draft_id: int
    language: Language


class OpenPart(CallbackData, prefix="y3"):
    """Look at a part, and change it."""

    draft_id: int
    part: Part


class SkipText(CallbackData, prefix="y4"):
    """Go on without a text in this language."""

    language: Language


class RemoveText(CallbackData, prefix="y5"):
    """Take the text of a language away."""

    draft_id: int
    version: int
    language: Language


class RemovePart(CallbackData, prefix="y6"):
    """Take the photo or the document away, or the buttons that lead elsewhere."""

    draft_id: int
    version: int
    part: Part


class NameFallback(CallbackData, prefix="y7"):
    """Say whose text readers get in whose own language there is none."""

    draft_id: int
    version: int
    language: Language


class Categorise(CallbackData, prefix="y8"):
    """Choose the category."""

    draft_id: int
    version: int
    category: Category


class TakePost(CallbackData, prefix="y9"):
    """Make a draft of the post that was forwarded; `mark`: of which (see `handlers.common.forms`)."""

    language: Language
    voice: int
    mark: int


class WriteAbout(CallbackData, prefix="y0"):
    """Write what it is about for those who have no text in their language."""

    draft_id: int
    language: Language


class ThrowAway(CallbackData, prefix="yt"):
    """Throw a draft away as it was shown; asked once more unless `sure`."""

    draft_id: int
    version: int
    sure: bool
