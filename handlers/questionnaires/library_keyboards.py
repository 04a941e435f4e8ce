"""Keyboards of the library."""

from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import BeginSurvey, OpenEdition, Place, TakeShipped
from handlers.common.keyboards import menu_button, place_button
from handlers.common.reader import Reader
from handlers.questionnaires.callbacks import (
    BeginQuestionnaire,
    ListQuestionnaires,
    Look,
    LookAtDraft,
    PreviewEdition,
    Take,
    TakeEdition,
    spot_of,
)
from handlers.questionnaires.library_texts import MOST_DRAFTS
from handlers.questionnaires.words import button, cut, library_button, markup, title_of
from services.questionnaires.draft_dto import Library
from services.questionnaires.dto import KnownQuestionnaire
from services.questionnaires.shipped import list_shipped

_PAGE = 8
_TITLE = 30


def library_keyboard(library: Library, page: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer what is being written, a page of editions, and to begin."""
    last = max(0, len(library.editions) - 1) // _PAGE
    page = min(max(page, 0), last)
    shown = library.editions[page * _PAGE : (page + 1) * _PAGE]
    drafts = [
        [
            button(
                f"✏️ {title_of(one.questionnaire, reader.language)}",
                LookAtDraft(draft_id=one.id, look=Look.CARD, spot=spot_of(one.version)),
            )
        ]
        for one in library.drafts[:MOST_DRAFTS]
    ]
    shipped = [
        [button(f"📥 {title_of(one, reader.language)}", TakeShipped(number=list_shipped().index(one.code)))]
        for one in library.shipped
    ]
    editions = [[button(_label(one, reader), OpenEdition(edition_id=one.id))] for one in shown]
    turns = [button("←", ListQuestionnaires(page=page - 1))] if page else []
    turns += [button("→", ListQuestionnaires(page=page + 1))] if page < last else []
    return markup(
        [button(_("➕ New questionnaire"), BeginQuestionnaire())],
        *(drafts if not page else []),
        *editions,
        turns,
        *(shipped if page == last else []),
        [place_button(_("← Desks"), Place.DESKS), menu_button()],
    )


def edition_keyboard(edition: KnownQuestionnaire, reader: Reader) -> InlineKeyboardMarkup:
    """Offer what can be done with an edition."""
    first = PreviewEdition(edition_id=edition.id, page=0, language=reader.language)
    return markup(
        [button(_("▶️ Prepare a survey with it"), BeginSurvey(questionnaire_id=edition.id))],
        [button(_("👁 See it as respondents do"), first)],
        [button(_("📄 Blank (PDF)"), _take(edition, Take.PAPER)), button(_("🗂 File"), _take(edition, Take.FILE))],
        [button(_("✏️ Next edition (repairs)"), _take(edition, Take.REVISION))],
        [button(_("📑 New questionnaire from it"), _take(edition, Take.COPY))],
        [library_button(), menu_button()],
    )


def taken_keyboard(edition: KnownQuestionnaire) -> InlineKeyboardMarkup:
    """Lead back below a file."""
    return markup([button(_("← To the questionnaire"), OpenEdition(edition_id=edition.id)), menu_button()])


def _label(edition: KnownQuestionnaire, reader: Reader) -> str:
    asked = edition.questionnaire
    title = cut(title_of(asked, reader.language), _TITLE)
    size = _("{count} q.").format(count=len(asked.items))
    return f"{title} · {asked.revision} · {size}"


def _take(edition: KnownQuestionnaire, take: Take) -> TakeEdition:
    return TakeEdition(edition_id=edition.id, take=take)
