"""The editors' desk: announcements are written part by part, by one or by several."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from services.access import Actor, NotAllowed
from services.announcements import wording
from services.announcements.drafts import require_changeable
from services.announcements.dto import Announcement, Category, Content, DraftChange, MediaFile, Voice
from services.announcements.errors import DraftChanged
from services.announcements.links import read_links
from services.announcements.rules import require_voice, voices_of
from services.announcements.waiting import units_approved_for, waiting_for
from services.announcements.writing_dto import (
    ANY_VOICE,
    WHOLE,
    DraftView,
    EditorsDesk,
    SentMedia,
    Shown,
    Written,
    number_of_group,
)
from services.announcements.writing_ports import WritingUnitOfWork
from services.audience.dto import Audience
from services.audience.errors import AudienceUnreadable
from services.audience.rules import read_audience, unit_words
from services.languages import Language
from services.ports import Clock, Factory

#: How many drafts stand on a page of the desk.
ON_A_PAGE = 15
#: What becomes of the words of a draft; it may refuse.
Edit = Callable[[Content], Content]


class WritingService:
    """Writes drafts. Every change names the version that was shown, and is refused where that is not the last one.

    What Telegram would not show is refused at once: a draft may lack something, but holds nothing unusable.
    All changes raise `AlreadyOut`, `DraftChanged` and `NoSuchAnnouncement`.
    """

    def __init__(self, unit_of_work: Factory[WritingUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def open_desk(self, actor: Actor, page: int = 0) -> EditorsDesk:
        """Return what has not gone out, the one changed last first, and in whose names the actor may write.

        `page`: of the drafts, from 0; where there is none any more, the first is shown.
        """
        voices, approves = voices_of(actor), bool(units_approved_for(actor))
        if not voices and not approves:
            require_voice(actor, Voice())
        async with self._unit_of_work() as uow:
            page, drafts = await _page(uow, voices, max(0, page))
            units = await uow.roles.list_units()
            views = await _views(uow, drafts[:ON_A_PAGE])
            waiting = len(await waiting_for(uow, actor)) if approves else None
        codes = {voice.unit_code for voice in voices if voice.unit_code is not None}
        return EditorsDesk(
            drafts=tuple(views),
            whole=Voice() in voices,
            units=tuple(unit for unit in units if unit.code in codes),
            groups=tuple(voice.group_name for voice in voices if voice.group_name is not None),
            waiting=waiting,
            page=page,
            has_more=len(drafts) > ON_A_PAGE,
        )

    async def look(self, actor: Actor, draft_id: int) -> DraftView:
        """Return a draft that can still be changed."""
        async with self._unit_of_work() as uow:
            draft = require_changeable(actor, draft_id, await uow.announcements.find(draft_id))
            return (await _views(uow, [draft]))[0]

    async def begin(self, actor: Actor, number: int, written: Written) -> DraftView:
        """Begin a draft with what was sent first. `number`: in whose name (see `writing_dto.ANY_VOICE`)."""
        async with self._unit_of_work() as uow:
            voice = await _voice(uow, actor, number)
            require_voice(actor, voice)
            content = await self._with_written(uow, Content(), written)
            draft = await uow.announcements.add_draft(content, voice, actor.account_id, self._clock.now())
            view = (await _views(uow, [draft]))[0]
            await uow.commit()
        return view

    async def write(self, actor: Actor, shown: Shown, written: Written) -> DraftView:
        """Write the text of a language, add a photo or a document, or both.

        Raises:
            CaptionsTooLong: texts that are there are too long to stand below it.
            TextUnusable: Telegram would not show a text as it is meant.
        """
        async with self._unit_of_work() as uow:
            draft = await _lock(uow, actor, shown)
            content = await self._with_written(uow, draft.content, written)
            return await self._change(uow, actor, draft, content)

    async def remove_text(self, actor: Actor, shown: Shown, language: Language) -> DraftView:
        """Take the text of a language away."""
        return await self._edit(actor, shown, partial(wording.without_text, language=language))

    async def name_fallback(self, actor: Actor, shown: Shown, language: Language) -> DraftView:
        """Say whose text readers get in whose own language there is none."""
        return await self._edit(actor, shown, partial(wording.with_fallback, language=language))

    async def write_about(self, actor: Actor, shown: Shown, language: Language, words: str) -> DraftView:
        """Write the line that says what it is about to those who cannot read it.

        Raises:
            AboutUnusable: it is no line.
        """
        return await self._edit(actor, shown, partial(wording.with_about, language=language, words=words))

    async def attach(self, actor: Actor, shown: Shown, media: SentMedia) -> DraftView:
        """Add a photo or a document, or take another one.

        Raises:
            CaptionsTooLong: texts that are there are too long to stand below it.
        """
        async with self._unit_of_work() as uow:
            draft = await _lock(uow, actor, shown)
            file = await self._keep(uow, media)
            return await self._change(uow, actor, draft, wording.with_file(draft.content, file))

    async def detach(self, actor: Actor, shown: Shown) -> DraftView:
        """Take the photo or the document away."""
        return await self._edit(actor, shown, wording.without_file)

    async def add_links(self, actor: Actor, shown: Shown, text: str) -> DraftView:
        """Add the buttons that stand in the lines of a text.

        Raises:
            LinkUnreadable: a line is no button.
            TooManyLinks: there would be too many of them.
        """
        return await self._edit(actor, shown, partial(wording.with_links, links=read_links(text)))

    async def remove_links(self, actor: Actor, shown: Shown) -> DraftView:
        """Take all buttons away."""
        return await self._edit(actor, shown, wording.without_links)

    async def categorise(self, actor: Actor, shown: Shown, category: Category) -> DraftView:
        """Say what it is about in one word."""
        return await self._edit(actor, shown, partial(wording.with_category, category=category))

    async def _edit(self, actor: Actor, shown: Shown, edit: Edit) -> DraftView:
        async with self._unit_of_work() as uow:
            draft = await _lock(uow, actor, shown)
            return await self._change(uow, actor, draft, edit(draft.content))

    async def _change(self, uow: WritingUnitOfWork, actor: Actor, draft: Announcement, content: Content) -> DraftView:
        wording.check_texts_fit(content)
        change = DraftChange(content=content)
        changed = await uow.announcements.change(draft.id, change, actor.account_id, self._clock.now())
        view = (await _views(uow, [changed]))[0]
        await uow.commit()
        return view

    async def _with_written(self, uow: WritingUnitOfWork, content: Content, written: Written) -> Content:
        if written.html:
            content = wording.with_text(content, written.language, written.html)
        if written.media is not None:
            content = wording.with_file(content, await self._keep(uow, written.media))
        wording.check_texts_fit(content)
        return content

    async def _keep(self, uow: WritingUnitOfWork, media: SentMedia) -> MediaFile:
        file_id = await uow.files.keep(media.content, media.mime, self._clock.now())
        return MediaFile(media=media.media, file_id=file_id, file_name=media.name)


async def _page(uow: WritingUnitOfWork, voices: Collection[Voice], page: int) -> tuple[int, list[Announcement]]:
    """Return the drafts of a page and one more, if there is one; of the first page where this one is not any more."""
    drafts = await uow.announcements.list_unsent(voices, page * ON_A_PAGE, ON_A_PAGE + 1)
    if drafts or not page:
        return page, drafts
    return 0, await uow.announcements.list_unsent(voices, 0, ON_A_PAGE + 1)


async def _voice(uow: WritingUnitOfWork, actor: Actor, number: int) -> Voice:
    """Return in whose name it is meant to speak."""
    voices = voices_of(actor)
    if number == ANY_VOICE:
        return voices[0] if len(voices) == 1 else Voice()
    if number == WHOLE:
        return Voice()
    group = next((voice for voice in voices if number_of_group(voice.group_name or "") == number), None)
    if group is not None:
        return group
    code = next((unit.code for unit in await uow.roles.list_units() if unit.id == number), None)
    if code is None:
        raise NotAllowed
    return Voice(unit_code=code)


async def _lock(uow: WritingUnitOfWork, actor: Actor, shown: Shown) -> Announcement:
    draft = require_changeable(actor, shown.id, await uow.announcements.lock(shown.id))
    if draft.version != shown.version:
        raise DraftChanged(shown.id)
    return draft


async def _views(uow: WritingUnitOfWork, drafts: Sequence[Announcement]) -> list[DraftView]:
    """Add the names of units and of whoever changed a draft last."""
    editors = {draft.changed_by for draft in drafts if draft.changed_by is not None}
    names = await uow.announcements.list_editors(editors) if editors else {}
    codes = {draft.unit_code for draft in drafts if draft.unit_code is not None}
    units = {unit.code: unit for unit in await uow.roles.list_units()} if codes else {}
    audiences = {draft.id: _audience(draft) for draft in drafts}
    words = {word for audience in audiences.values() if audience for word in unit_words(audience)}
    unit_names = await uow.audience_offers.name_units(words) if words else {}
    return [
        DraftView(
            announcement=draft,
            unit=units.get(draft.unit_code) if draft.unit_code is not None else None,
            changed_by=names.get(draft.changed_by) if draft.changed_by is not None else None,
            audience=audiences[draft.id],
            unit_names=unit_names,
        )
        for draft in drafts
    ]


def _audience(draft: Announcement) -> Audience | None:
    """Return who was chosen; None for nobody, or in words of an earlier version."""
    try:
        return read_audience(draft.audience) if draft.audience else None
    except AudienceUnreadable:
        return None
