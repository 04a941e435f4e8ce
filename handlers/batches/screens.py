"""What comes next in the form: the open question, or the review."""

import asyncio
from dataclasses import dataclass, replace

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.batches import keyboards, texts
from handlers.batches.form import BatchData
from handlers.batches.reasons import Reasons
from handlers.batches.sheets import refused_sheet
from handlers.batches.states import BatchForm
from handlers.common.ports import RefusalWords, SheetWriter
from handlers.common.reader import Reader
from handlers.common.screens import send_file, show, show_below
from services.access import Actor
from services.batches.rules import next_question
from services.batches.service import BatchService

_REFUSED_FILE = "without-certificate.xlsx"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the form, and what every screen of it needs."""

    event: Message | CallbackQuery
    actor: Actor
    state: FSMContext
    batches: BatchService
    reader: Reader
    refusal_words: RefusalWords
    sheets: SheetWriter

    async def go_on(self, data: BatchData, people: int) -> None:
        """Ask for the next value that is the same for all; where none is left, show what would be issued."""
        kind = self.batches.get_kind(self.actor, data.kind)
        given = self.batches.read_values(self.actor, data.kind, data.typed)
        rule = next_question(kind, given, data.rows, {*data.typed, *data.left})
        if rule is None:
            await self.review(data)
            return
        asked = replace(data, question=rule.name)
        await self.state.set_state(BatchForm.value)
        await self.state.set_data({**asked.stored(), "people": people})
        keyboard = keyboards.question_keyboard(kind, rule, self.reader, may_differ=bool(data.rows))
        await show(self.event, texts.question_text(kind, rule, self.reader, people), keyboard)

    async def review(self, data: BatchData, note: str = "", *, again: bool = False) -> None:
        """Show for how many it can be issued, and who cannot have it; a long list goes before as a file.

        `again`: the file was sent before.
        """
        plan = await self.batches.plan(self.actor, data.wish)
        values = self.batches.read_values(self.actor, data.kind, data.typed)
        await self.state.set_state(BatchForm.review)
        await self.state.set_data({**data.stored(), "people": len(plan.rows), "mark": plan.mark})
        reasons = Reasons(data.kind, self.reader, self.refusal_words)
        text = texts.review_text(plan, values, reasons, self.reader, send=data.send)
        screen = f"{note}\n\n{text}" if note else text
        keyboard = keyboards.review_keyboard(plan, send=data.send)
        if again or not texts.is_long(plan):
            await show(self.event, screen, keyboard)
            return
        content = await asyncio.to_thread(self.sheets.write, [refused_sheet(plan, reasons)])
        await send_file(self.event, content, _REFUSED_FILE, texts.refused_caption())
        await show_below(self.event, screen, keyboard)
