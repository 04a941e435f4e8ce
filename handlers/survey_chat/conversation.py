"""What a tap or a reply leads to. Nothing is remembered here: what there is of a survey comes with its message."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from aiogram.utils.i18n import I18n

from handlers.common.ports import LocalDates
from handlers.survey_chat import screens, texts
from handlers.survey_chat.callbacks import Action, Buttons, Step, language_of, survey_of
from handlers.survey_chat.incoming import Screen, Tap, Words, count_marks, language_of_hint, read_texts, whole
from handlers.survey_chat.screens import ShownScreen
from handlers.survey_chat.visit import Visit
from services.languages import Language, Trilingual
from services.questionnaires.dto import ItemType, SurveyMode
from services.survey_answers.dto import Ending, OpenSurvey
from services.survey_answers.service import SurveyAnswerService, answered_before

#: Links, @names, #words and the like in all of somebody's words. Telegram makes each a piece of formatting, and beyond
#: a hundred of them it would drop the quotation in which the words are kept.
_MOST_MARKS: Final = 60
#: Says at once where one can call when words sound like distress; empty if they do not. In the language of the moment.
Comfort = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is to be done in the chat: what the survey's message becomes, and what is said besides.

    `alert`: the answer to a tap, or a message of its own to whoever wrote; `unchanged`: the same, only where the screen
    is there already. `drops_words`: the person's message is taken out of the chat; where that fails, `undeleted` is
    shown. `ended`: the survey is finished for the person, whatever becomes of its message.
    """

    screen: ShownScreen | None = None
    alert: str = ""
    unchanged: str = ""
    drops_words: bool = False
    undeleted: ShownScreen | None = None
    ended: bool = False


class SurveyConversation:
    """The survey's message, from the promise to the last screen."""

    def __init__(
        self, answers: SurveyAnswerService, i18n: I18n, dates: LocalDates, comfort: Comfort, asker: Trilingual
    ) -> None:
        self._asker = asker
        self._answers = answers
        self._i18n = i18n
        self._dates = dates
        self._comfort = comfort

    async def tap(self, tap: Tap) -> Outcome:
        """Somebody tapped a button."""
        survey = await self._find(tap.data)
        language = language_of(tap.data) or language_of_hint(tap.hint)
        if survey is None:
            with self.speaking(language):
                return Outcome(screen=screens.end_screen(texts.over_text()), alert=texts.over_text())
        buttons = Buttons(survey, tap.account_id)
        step = buttons.read(tap.data)
        with self.speaking(step.language if step is not None else language):
            if step is None or (step.action is Action.QUIET) is not (survey.mode is SurveyMode.ANONYMOUS):
                return Outcome(alert=texts.foreign_text())
            if tap.screen is None:
                return Outcome(alert=texts.gone_text())
            outcome = await self._lead(self._visit(buttons, step, tap.screen), step)
            if outcome.screen is not None and not outcome.screen.fits:
                return Outcome(alert=texts.no_room_text())
            return outcome

    async def hear(self, words: Words) -> Outcome:
        """Somebody replied to a survey's message."""
        found = await self._prompt(words)
        with self.speaking(found[1].language if found is not None else language_of_hint(words.hint)):
            if found is None:
                return Outcome(alert=_together(texts.only_taps_text(), self._comfort(words.text or "")))
            buttons, step = found
            return self._take(self._visit(buttons, step, words.screen), step, words.text)

    def turn_away(self, text: str, language: Language, *, asked: bool) -> Outcome:
        """Somebody wrote without replying while they were `asked` for words, or brought a survey's message along."""
        with self.speaking(language):
            why = texts.only_as_reply_text() if asked else texts.strayed_text()
            said = _together(why, self._comfort(text))
            undeleted = _together(said, texts.not_deleted_text())
            return Outcome(alert=said, drops_words=True, undeleted=screens.last_screen(undeleted))

    @contextmanager
    def speaking(self, language: Language) -> Iterator[None]:
        """Say everything inside in one language."""
        with self._i18n.context(), self._i18n.use_locale(language.value):
            yield

    async def _find(self, data: str) -> OpenSurvey | None:
        number = survey_of(data)
        return await self._answers.find_open(number) if number else None

    def _visit(self, buttons: Buttons, step: Step, screen: Screen) -> Visit:
        own = read_texts(screen, buttons.survey.questionnaire, step.language)
        return Visit(
            buttons=buttons,
            language=step.language,
            dates=self._dates,
            answers=step.answers,
            texts=own,
            asker=self._asker,
        )

    async def _prompt(self, words: Words) -> tuple[Buttons, Step] | None:
        """Return which page a message asks words for: its buttons say so, else its hidden link; None if it does not."""
        for data in (*words.screen.buttons, *words.screen.links):
            survey = await self._find(data)
            if survey is None or survey.mode is SurveyMode.ANONYMOUS:
                continue
            buttons = Buttons(survey, words.account_id)
            step = buttons.read(data) if data in words.screen.buttons else buttons.read_link(data)
            if step is not None and _takes_words(survey, step):
                return buttons, step
        return None

    def _take(self, visit: Visit, step: Step, text: str | None) -> Outcome:
        most = visit.pages[step.page].item.max_chars
        said = whole(text).strip() if text is not None else ""
        if not said:
            return _ask_again(visit, step, texts.only_text_text())
        comfort = self._comfort(said)
        too_long = _together(texts.too_long_text(len(said), most), texts.stays_text(), comfort)
        if len(said) > most:
            return _ask_again(visit, step, too_long)
        told = visit.saying(step.page, said)
        if sum(map(count_marks, told.texts.values())) > _MOST_MARKS:
            return _ask_again(visit, step, _together(texts.too_marked_text(), texts.stays_text(), comfort))
        confirm = screens.confirm_screen(told, step.page, comfort)
        if not confirm.fits:
            return _ask_again(visit, step, too_long)
        undeleted = screens.confirm_screen(told, step.page, _together(texts.not_deleted_text(), comfort))
        return Outcome(screen=confirm, drops_words=True, undeleted=undeleted)

    async def _lead(self, visit: Visit, step: Step) -> Outcome:
        asking = {
            Action.BEGIN: self._begin,
            Action.SEND: self._send,
            Action.DECLINED: self._decline,
            Action.QUIET: self._silence,
        }
        ask = asking.get(step.action)
        return await ask(visit) if ask is not None else _turn(visit, step)

    async def _begin(self, visit: Visit) -> Outcome:
        """Begin, or go on; this is the one look at the database before the end."""
        standing = await self._answers.find_standing(visit.survey, visit.buttons.account_id)
        if standing is None:
            return Outcome(alert=texts.not_asked_text())
        if visit.survey.mode is SurveyMode.NAMED:
            if standing.named is not None and not visit.answers:
                answers, own = answered_before(visit.survey, standing)
                visit = replace(visit, answers=answers, texts=own)
        elif standing.finished:
            return Outcome(screen=screens.end_screen(texts.last_text()), alert=texts.already_text())
        return Outcome(screen=_after(visit, -1))

    async def _send(self, visit: Visit) -> Outcome:
        ending = await self._answers.finish(visit.survey, visit.buttons.account_id, visit.answers, visit.texts)
        named = visit.survey.mode is SurveyMode.NAMED
        text = texts.saved_text(visit.survey, visit.language, visit.dates) if named else texts.last_text()
        return _ended(ending, text)

    async def _decline(self, visit: Visit) -> Outcome:
        ending = await self._answers.decline(visit.survey, visit.buttons.account_id)
        named = visit.survey.mode is SurveyMode.NAMED
        return _ended(ending, texts.named_declined_text() if named else texts.last_text())

    async def _silence(self, visit: Visit) -> Outcome:
        await self._answers.silence(visit.survey, visit.buttons.account_id)
        return Outcome(screen=screens.end_screen(texts.quiet_text()))


def _turn(visit: Visit, step: Step) -> Outcome:
    """Return what needs nothing but the message itself."""
    page = min(step.page, len(visit.pages) - 1)
    match step.action:
        case Action.NEXT:
            return Outcome(screen=_after(visit, page))
        case Action.DROP:
            return Outcome(screen=screens.question_screen(visit.saying(page, None), page))
        case Action.PAUSE:
            return Outcome(screen=screens.pause_screen(visit, page))
        case Action.ASK | Action.CHANGE | Action.REWRITE:
            most = visit.pages[page].item.most
            screen = screens.question_screen(visit, page, change=step.action is Action.CHANGE)
            return Outcome(screen=screen, unchanged=texts.at_most_text(most) if most else "")
    return Outcome(screen=_WITHOUT_PAGE[step.action](visit))


def _after(visit: Visit, page: int) -> ShownScreen:
    """Return the screen that comes after a page, of the answers as they are now."""
    following = visit.next(page)
    return screens.summary_screen(visit) if following is None else screens.question_screen(visit, following)


def _ask_again(visit: Visit, step: Step, why: str) -> Outcome:
    """Ask for words once more; nothing of what there is gets lost, and why is said at any rate."""
    screen = screens.prompt_screen(visit, step.page, note=f"⚠️ {why}")
    return Outcome(screen=screen, unchanged=why) if screen.fits else Outcome(alert=f"⚠️ {why}")


def _together(*sentences: str) -> str:
    """Return what is said together, without what is empty."""
    return "\n\n".join(filter(None, sentences))


def _ended(ending: Ending, text: str) -> Outcome:
    if ending is Ending.NOT_ASKED:
        return Outcome(alert=texts.not_asked_text())
    if ending is Ending.OVER:
        return Outcome(screen=screens.end_screen(texts.over_text()), alert=texts.over_text())
    return Outcome(screen=screens.end_screen(text), ended=True)


def _takes_words(survey: OpenSurvey, step: Step) -> bool:
    """Tell whether a button stands below a message that waits for words, or shows them."""
    place = survey.pages[step.page : step.page + 1]
    return step.action in _OF_WORDS and bool(place) and place[0].item.type is ItemType.TEXT


_OF_WORDS: Final = frozenset({Action.PAUSE, Action.REWRITE})
_WITHOUT_PAGE: Final[Mapping[Action, Callable[[Visit], ShownScreen]]] = {
    Action.PROMISE: screens.promise_screen,
    Action.SUMMARY: screens.summary_screen,
    Action.CHOOSE: screens.choice_screen,
    Action.LATER: screens.later_screen,
    Action.DECLINE: screens.decline_screen,
}
