"""The screens of this feature, shown from several handlers."""

from dataclasses import dataclass

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.audience import keyboards, texts
from handlers.audience.callbacks import Ask, Quick
from handlers.audience.states import AudienceForm
from handlers.common.reader import Reader
from handlers.common.screens import show
from services.access import Actor
from services.announcements.audience import DraftAudienceService
from services.announcements.audience_dto import AudienceOffer
from services.audience.building import everybody, foreign_students, toggled
from services.audience.dto import GUEST, Audience, TermKey
from services.people.dto import PersonKind


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody chooses who gets a draft."""

    event: Message | CallbackQuery
    actor: Actor
    draft_audiences: DraftAudienceService
    reader: Reader

    async def show_audience(self, draft_id: int) -> None:
        """Show who is meant by now."""
        shown = await self.draft_audiences.look(self.actor, draft_id)
        language = self.reader.language
        await show(self.event, texts.audience_text(shown, language), keyboards.audience_keyboard(shown, language))

    async def show_values(self, offer: AudienceOffer, ask: Ask, page: int, *, out: bool) -> None:
        """Show a page of what can be chosen."""
        pages = keyboards.pages_of(offer)
        page = min(max(page, 0), pages - 1)
        text = texts.values_text(offer, ask, page, pages, out=out)
        await show(self.event, text, keyboards.values_keyboard(offer, ask, page, self.reader.language, out=out))


async def wait_for_name(state: FSMContext, draft_id: int, ask: Ask, *, out: bool) -> None:
    """Let a part of a name be typed beside the buttons."""
    await state.set_state(AudienceForm.search)
    await state.set_data({"draft": draft_id, "ask": ask.value, "out": out})


def step_of(quick: Quick, audience: Audience | None) -> Audience | None:
    """Return the audience after a tap."""
    match quick:
        case Quick.NOBODY:
            return None
        case Quick.EVERYBODY:
            return everybody(audience)
        case Quick.FOREIGN:
            return foreign_students(audience)
    role = {Quick.STUDENTS: PersonKind.STUDENT.value, Quick.STAFF: PersonKind.STAFF.value, Quick.GUESTS: GUEST}[quick]
    return toggled(audience, TermKey.ROLE, role, excluded=False)


def place_of(offer: AudienceOffer, value: str) -> int:
    """Return on which page a value stands."""
    places = (place for place, offered in enumerate(offer.values) if offered.value == value)
    return next(places, 0) // keyboards.PAGE
