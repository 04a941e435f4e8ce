"""A report: its words, numbers and evidence; given with one tap, or not at all."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from handlers.common.downloads import LIMIT_MEGABYTES, FileNotHandedOverError, FileTooLargeError, download
from handlers.common.filters import TYPED_TEXT
from handlers.common.reader import Reader
from handlers.common.screens import show, show_below
from handlers.common.tap import ANSWERS_TAP, Tap
from handlers.plan import report_parts
from handlers.plan.callbacks import BeginAct, DutyAct, GiveReport, key_of
from handlers.plan.card_texts import title_of
from handlers.plan.form import Draft, draft_of, file_of, keep, link_of, piece_of, read_draft
from handlers.plan.keyboards import back_keyboard, bare_keyboard, draft_keyboard
from handlers.plan.screens import show_card
from handlers.plan.states import ReportForm
from handlers.plan.texts import (
    ask_words_text,
    bare_text,
    changed_note,
    draft_text,
    earlier_step_toast,
    given_note,
    not_evidence_text,
    pieces_note,
    send_again_text,
    too_large_text,
    too_much_text,
)
from services.access import Actor
from services.duties.dto import Outcome
from services.duties.errors import DutyChanged, EvidenceTooLarge, EvidenceTooMuch, EvidenceWanted
from services.duties.evidence import MOST_PIECES, check_sizes, examine, looks_like_link, read_link
from services.duties.evidence_dto import EvidenceKind, SentEvidence
from services.duties.reporting import ReportingService
from services.duties.service import DutyService

_AT_ONCE = 1  # files in memory; whoever comes meanwhile waits
_UNNAMED, _PHOTO = "file", "photo.jpg"


async def begin_report(
    event: CallbackQuery,
    callback_data: BeginAct,
    actor: Actor,
    state: FSMContext,
    duty_reports: ReportingService,
    reader: Reader,
) -> None:
    """The unit wants to report; the words are typed next."""
    key = key_of(callback_data)
    card = await duty_reports.begin(actor, key)
    outcome = Outcome.DONE if callback_data.act is DutyAct.DONE else Outcome.PARTLY
    await keep(state, ReportForm.words, draft_of(card, outcome, title_of(card)))
    await show(event, ask_words_text(card, reader, outcome), back_keyboard(key))


async def type_link(message: Message, state: FSMContext, reader: Reader) -> None:
    """The unit sends an address, or words that are none."""
    draft = await read_draft(state)
    if not looks_like_link(message.text or ""):
        await show(message, not_evidence_text(), draft_keyboard(draft))
        return
    url = read_link(message.text or "")
    _refuse_too_many(draft)
    draft.pieces.append(link_of(url))
    await _show_added(message, state, draft, reader)


class Reports:
    """Files of reports, one in memory at a time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def send_photo(
        self, message: Message, photo: list[PhotoSize], bot: Bot, state: FSMContext, reader: Reader
    ) -> None:
        """The unit sends a photo; the largest size counts."""
        await self._take(message, photo[-1], bot, state, reader)

    async def send_file(
        self, message: Message, document: Document, bot: Bot, state: FSMContext, reader: Reader
    ) -> None:
        """The unit sends a file."""
        await self._take(message, document, bot, state, reader)

    async def give(
        self,
        event: CallbackQuery,
        callback_data: GiveReport,
        bot: Bot,
        actor: Actor,
        state: FSMContext,
        duty_reports: ReportingService,
        duties: DutyService,
        reader: Reader,
    ) -> None:
        """The unit gives the report: everything is fetched again and written at once."""
        draft = await read_draft(state)
        try:
            async with self._places:
                report = draft.report([await _fetch(piece, bot) for piece in draft.pieces], bare=callback_data.bare)
                card = await duty_reports.report(actor, draft.key, draft.stamp, report)
        except EvidenceWanted:
            await show(event, bare_text(draft), bare_keyboard())
        except FileNotHandedOverError as error:
            await show(event, send_again_text(str(error)), draft_keyboard(draft))
        except DutyChanged:
            card = await duties.open(actor, draft.key)
            draft.stamp = card.stamp
            await keep(state, ReportForm.draft, draft)
            await show_card(event, card, reader, changed_note())
            await show_below(event, draft_text(draft, reader), draft_keyboard(draft))
        else:
            await state.clear()
            await show_card(event, card, reader, given_note(Outcome(draft.outcome)))

    async def _take(
        self, message: Message, file: Document | PhotoSize, bot: Bot, state: FSMContext, reader: Reader
    ) -> None:
        draft = await read_draft(state)
        _refuse_too_many(draft)
        is_photo = isinstance(file, PhotoSize)
        kind, name = EvidenceKind.PHOTO if is_photo else EvidenceKind.FILE, _PHOTO
        if isinstance(file, Document):
            name = file.file_name or _UNNAMED
        try:
            check_sizes([*draft.sizes, file.file_size or 0])
            async with self._places:
                content = await download(bot, file)
            known = examine(SentEvidence(kind=kind, name=name, content=content))
            check_sizes([*draft.sizes, len(content)])
        except FileTooLargeError:
            await show(message, too_large_text(LIMIT_MEGABYTES), draft_keyboard(draft))
        except EvidenceTooLarge:
            text = too_large_text(LIMIT_MEGABYTES) if _alone(draft, file) else too_much_text()
            await show(message, text, draft_keyboard(draft))
        except FileNotHandedOverError:
            await show(message, send_again_text(name), draft_keyboard(draft))
        else:
            draft.pieces.append(piece_of(file, known, len(content)))
            await _show_added(message, state, draft, reader)


async def send_no_evidence(message: Message, state: FSMContext) -> None:
    """The unit sends something that proves nothing here: a voice, a sticker."""
    await show(message, not_evidence_text(), draft_keyboard(await read_draft(state)))


async def press_late(event: CallbackQuery, tap: Tap) -> None:  # noqa: ARG001 -- every handler takes its event
    """Somebody taps on a report that was given or left."""
    await tap.answer(earlier_step_toast())


async def _fetch(piece: dict[str, object], bot: Bot) -> SentEvidence:
    name = str(piece["name"])
    if piece["kind"] == EvidenceKind.LINK.value:
        return SentEvidence(kind=EvidenceKind.LINK, url=name)
    try:
        content = await download(bot, file_of(piece))
    except (FileNotHandedOverError, FileTooLargeError) as error:
        raise FileNotHandedOverError(name) from error
    return SentEvidence(kind=EvidenceKind(str(piece["kind"])), name=name, content=content)


def _alone(draft: Draft, file: Document | PhotoSize) -> bool:
    """Tell whether a file is too large by itself."""
    return not draft.sizes or (file.file_size or 0) > LIMIT_MEGABYTES * 1024 * 1024


def _refuse_too_many(draft: Draft) -> None:
    if len(draft.pieces) >= MOST_PIECES:
        raise EvidenceTooMuch(MOST_PIECES)


async def _show_added(message: Message, state: FSMContext, draft: Draft, reader: Reader) -> None:
    await keep(state, ReportForm.draft, draft)
    await show(message, draft_text(draft, reader, pieces_note(len(draft.pieces))), draft_keyboard(draft))


def register_on(router: Router) -> None:
    """Add these handlers to the feature's router."""
    reports = Reports()
    taps, messages = router.callback_query, router.message
    taps.register(begin_report, BeginAct.filter(F.act.in_({DutyAct.DONE, DutyAct.PARTLY})), flags=ANSWERS_TAP)
    report_parts.register_on(router)
    taps.register(reports.give, ReportForm.draft, GiveReport.filter(), flags=ANSWERS_TAP)
    taps.register(press_late, GiveReport.filter(), flags=ANSWERS_TAP)
    messages.register(reports.send_photo, ReportForm.draft, F.photo.as_("photo"))
    messages.register(reports.send_file, ReportForm.draft, F.document.as_("document"))
    messages.register(type_link, ReportForm.draft, TYPED_TEXT)
    messages.register(send_no_evidence, ReportForm.draft, ~F.text)
