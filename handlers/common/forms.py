"""Leaving a form that was begun: whoever turns to something else is not asked for the old answer any more.

And knowing by a button whether its screen showed what the form holds now.
"""

import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram.fsm.context import FSMContext

from services.access import LinkFrozen, NotAllowed
from services.announcements.errors import AlreadyOut, ApprovalStale, DraftChanged, NoSuchAnnouncement, OwnAnnouncement
from services.revisions.errors import AlreadyWithdrawn, NotOutYet
from services.surveys.errors import SurveyChanged, SurveyMissing, SurveyNotDraft, SurveyNotOpen

#: After these no answer to the same question would be taken.
_OVER = (
    AlreadyOut,
    AlreadyWithdrawn,
    ApprovalStale,
    DraftChanged,
    LinkFrozen,
    NoSuchAnnouncement,
    NotAllowed,
    NotOutYet,
    OwnAnnouncement,
    SurveyChanged,
    SurveyMissing,
    SurveyNotDraft,
    SurveyNotOpen,
)


async def leave_form(state: FSMContext, raw_state: str | None) -> None:
    """Leave the form, if there is one; costs nothing where there is none."""
    if raw_state is not None:
        await state.clear()


@asynccontextmanager
async def left_if_over(state: FSMContext) -> AsyncIterator[None]:
    """Leave the form where no answer to it would be taken: the role is gone, or what was shown."""
    try:
        yield
    except _OVER:
        await state.clear()
        raise


def mark_of(*shown: object) -> int:
    """Return by what a button recognises that the data are still those its screen showed."""
    return zlib.crc32("\0".join(map(str, shown)).encode())
