"""Screens of a survey: each is one state of its message.

All of them begin with an invisible link, so that a reply to one is known for what it is. Where words are asked for it
says on which page, for the case that Telegram leaves the buttons out. One's own words stand quoted below their question
on every screen, because nowhere else they are kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.survey_chat import keyboards, texts
from handlers.survey_chat.callbacks import LINK, Action
from handlers.survey_chat.incoming import INVISIBLE
from handlers.survey_chat.keyboards import Keyboard
from handlers.survey_chat.options import ends_of, is_numeric, is_wide, options_of, said
from handlers.survey_chat.visit import Visit
from services.html import LONGEST_MESSAGE, visible_length
from services.languages import Language
from services.questionnaires.dto import ItemType

_SHORTEST_LINE, _LONGEST_LINE = 24, 120  # characters of a question and its answer in the summary
_AROUND_LINE: Final = 10  # for its number and the arrow
_LEFT_OUT: Final = "–"
_MOST_STRESSED: Final = 30  # pieces of formatting, beside those that Telegram finds in one's own words by itself
_OTHER_PARTS: Final = 200  # of the summary, besides the lines and one's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownScreen:
    """What the survey's message becomes. `keyboard`: None where nothing is left to tap.

    `asks_in`: the language in which it asks for words, or shows them to be checked; None where it does neither.
    """

    text: str
    keyboard: Keyboard | None = None
    asks_in: Language | None = None

    @property
    def fits(self) -> bool:
        """Whether a message holds it."""
        return visible_length(self.text) <= LONGEST_MESSAGE


def promise_screen(visit: Visit) -> ShownScreen:
    """What is kept and who sees what."""
    text = texts.promise_text(visit.survey, visit.language, visit.dates, visit.asker)
    return _screen([text], keyboards.promise_keyboard(visit))


def question_screen(visit: Visit, page: int, *, change: bool = False, note: str = "") -> ShownScreen:
    """One question, one row of a matrix, or the request for words."""
    if visit.is_text(page):
        return prompt_screen(visit, page, change=change, note=note)
    parts = [note, _progress(visit, page), *_question(visit, page), *_written_before(visit)]
    return _screen(parts, keyboards.question_keyboard(visit, page, change=change))


def prompt_screen(visit: Visit, page: int, *, change: bool = False, note: str = "") -> ShownScreen:
    """Ask for words as a reply to this message."""
    how = texts.prompt_text(written=visit.has(page))
    parts = [note, _progress(visit, page), *_question(visit, page), how, *_written_before(visit)]
    keyboard = keyboards.prompt_keyboard(visit, page, change=change)
    return _asking(visit, _screen(parts, keyboard, visit.link_to(Action.PAUSE, page)))


def confirm_screen(visit: Visit, page: int, note: str = "") -> ShownScreen:
    """Show the words as they were understood."""
    parts = [note, *_own_words(visit), texts.check_text()]
    link = visit.link_to(Action.REWRITE, page)
    return _asking(visit, _screen(parts, keyboards.confirm_keyboard(visit, page), link))


def summary_screen(visit: Visit) -> ShownScreen:
    """All answers, before they are sent."""
    return _screen([*_answers(visit), *_own_words(visit, numbered=True)], keyboards.summary_keyboard(visit))


def choice_screen(visit: Visit) -> ShownScreen:
    """All answers, and the numbers of questions that can be changed."""
    parts = [*_answers(visit), *_own_words(visit, numbered=True), _("Which answer do you want to change?")]
    return _screen(parts, keyboards.choice_keyboard(visit))


def pause_screen(visit: Visit, page: int) -> ShownScreen:
    """Nothing to be seen: the answers are in the button, one's own words under a veil."""
    text = texts.pause_text(visit.survey, visit.language, visit.dates)
    return _screen([text, *_own_words(visit, html.spoiler)], keyboards.pause_keyboard(visit, page))


def later_screen(visit: Visit) -> ShownScreen:
    """How one comes back."""
    text = texts.later_text(visit.survey, visit.language, visit.dates)
    return _screen([text], keyboards.later_keyboard(visit))


def decline_screen(visit: Visit) -> ShownScreen:
    """Ask once."""
    return _screen([texts.decline_text()], keyboards.decline_keyboard(visit))


def end_screen(text: str) -> ShownScreen:
    """Words, the menu, and nothing of the survey any more."""
    return _screen([text], keyboards.end_keyboard())


def last_screen(text: str) -> ShownScreen:
    """Words that are said beside the survey's message."""
    return _screen([text], None)


def _screen(parts: list[str], keyboard: Keyboard | None, link: str = LINK) -> ShownScreen:
    shown = "\n\n".join(part for part in parts if part)
    return ShownScreen(text=f'<a href="{link}">{INVISIBLE}</a>{shown}', keyboard=keyboard)


def _asking(visit: Visit, screen: ShownScreen) -> ShownScreen:
    return replace(screen, asks_in=visit.language)


def _progress(visit: Visit, page: int) -> str:
    return texts.progress_text(visit.number(page), len(visit.shown))


def _question(visit: Visit, page: int) -> Iterator[str]:
    place, language = visit.pages[page], visit.language
    item = place.item
    yield html.bold(html.quote(item.text.get(language)))
    if item.hint is not None:
        yield html.italic(html.quote(item.hint.get(language)))
    if place.row is not None:
        yield "▸ " + html.quote(place.row.text.get(language))
    if item.type is ItemType.TEXT:
        return
    if item.most:
        yield texts.at_most_text(item.most)
    if is_numeric(item) and item.scale is not None:
        low, high = ends_of(item.scale, language)
        yield html.quote(f"{item.scale.first} – {low}\n{item.scale.last} – {high}")
    elif is_wide(options := options_of(visit, page)):
        yield html.quote("\n".join(f"{number}. {one.label}" for number, one in enumerate(options, start=1)))


def _written_before(visit: Visit) -> Iterator[str]:
    """Quote what was written, and say that it is no part of the question above."""
    quoted = list(_own_words(visit))
    return iter([texts.written_before_text(), *quoted] if quoted else [])


def _own_words(visit: Visit, veil: Callable[[str], str] = str, *, numbered: bool = False) -> Iterator[str]:
    """Quote what was written, each below its question: `incoming.read_texts` reads it from there."""
    for item in visit.survey.questionnaire.texts:
        if words := visit.texts.get(item.code):
            asked = item.text.get(visit.language).strip()
            question = html.bold(html.quote(f"{visit.number_of(item.code)}. {asked}" if numbered else asked))
            yield f"{question}\n{html.blockquote(veil(html.quote(words)))}"


def _answers(visit: Visit) -> Iterator[str]:
    """List what was tapped and what was left out, a line a question; the lines are as long as there is room for.

    Of many lines nothing is bold: beyond a hundred pieces of formatting, links in one's own words among them, Telegram
    would drop the quotations below.
    """
    places = [page for page in visit.shown if not (visit.is_text(page) and visit.has(page))]
    own = list(_own_words(visit, numbered=True))
    room = LONGEST_MESSAGE - _OTHER_PARTS - sum(visible_length(part) for part in own)
    width = max(_SHORTEST_LINE, min(_LONGEST_LINE, room // max(1, len(places)) - _AROUND_LINE))
    stress = html.bold if len(places) + 2 * len(own) <= _MOST_STRESSED else str
    yield html.bold(_("Your answers"))
    yield "\n".join(_line(visit, page, width, stress) for page in places)


def _line(visit: Visit, page: int, width: int, stress: Callable[[str], str]) -> str:
    place = visit.pages[page]
    answer = _cut((said(visit, page) if not visit.is_text(page) else "") or _LEFT_OUT, width // 2)
    asked = _cut((place.row or place.item).text.get(visit.language), width - len(answer))
    return f"{html.quote(f'{visit.number(page)}. {asked}')}  →  {stress(html.quote(answer))}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(1, width - 1)].rstrip() + "…"
