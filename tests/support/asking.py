"""A questionnaire with every type of question, and a chat with it that stands in no Telegram."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.sandbox.entities import parse_html
from handlers.survey_chat.conversation import Comfort, Outcome, SurveyConversation
from handlers.survey_chat.incoming import Screen, Tap, Words
from handlers.survey_chat.screens import ShownScreen
from services.languages import Trilingual
from services.questionnaires.dto import Answer, SurveyMode
from services.questionnaires.reading import read_questionnaire
from services.survey_answers.dto import Ending, OpenSurvey, Standing
from tests.support.surveyed import library_body
from tests.support.surveying import prepared


def _said(words: str) -> dict[str, str]:
    return {"ky": words, "ru": words, "en": words}


def _choice(code: str, words: str = "", **more: object) -> dict[str, object]:
    return {"code": code, **_said(words or code), **more}


def every_type() -> dict[str, Any]:
    """A questionnaire with a route, choices, a matrix, a scale of numbers and two texts."""
    body = library_body()
    scales = {name: body["scales"][name] for name in ("agree5", "yesno", "rec11")}
    common: dict[str, Any] = {"topic": "t"}
    lengthy = "a choice that is far too long for any button"
    items: list[dict[str, Any]] = [
        {"code": "home", "type": "route", "scale": "yesno", "text": _said("Dormitory?")},
        {"code": "one", "type": "single", "dont_know": True, "text": _said("Which?"),
         "choices": [_choice("a"), _choice("b")]},
        {"code": "long", "type": "single", "text": _said("Which of the long?"), "skip": {"item": "home", "unless": [1]},
         "choices": [_choice("a", lengthy), _choice("b", f"{lengthy} <b>")]},
        {"code": "many", "type": "multi", "max": 2, "text": _said("Which ones?"),
         "choices": [_choice("a"), _choice("b"), _choice("c"), _choice("none", exclusive=True)]},
        {"code": "rows", "type": "matrix", "scale": "agree5", "good": "high", "text": _said("How are they?"),
         "rows": [_choice("r1", "the first row"), _choice("r2", "the second row")]},
        {"code": "score", "type": "scale", "scale": "rec11", "good": "high", "text": _said("How much?")},
        {"code": "good", "type": "text", "max_chars": 500, "text": _said("What is good?")},
        {"code": "bad", "type": "text", "max_chars": 20, "text": _said("What is bad?")},
    ]  # fmt: skip
    del body["indices"]
    return body | {"id": "every-type", "scales": scales, "items": [item | common for item in items]}


class NobodyAnswers:
    """Stands in for the service: keeps what it is given, in memory."""

    def __init__(self, survey: OpenSurvey) -> None:
        self.survey: OpenSurvey | None = survey
        self.standing: Standing | None = Standing(finished=False)
        self.given: list[tuple[Mapping[str, Answer], Mapping[str, str]]] = []
        self.ending = Ending.FINISHED
        self.asked = 0

    async def find_open(self, survey_id: int) -> OpenSurvey | None:
        """Return the survey."""
        return self.survey if self.survey is not None and survey_id == self.survey.id else None

    async def find_standing(self, _survey: OpenSurvey, _account_id: int) -> Standing | None:
        """Return what was set."""
        self.asked += 1
        return self.standing

    async def finish(
        self, _survey: OpenSurvey, _account_id: int, answers: Mapping[str, Answer], texts: Mapping[str, str]
    ) -> Ending:
        """Keep it."""
        self.given.append((dict(answers), dict(texts)))
        return self.ending

    async def decline(self, _survey: OpenSurvey, _account_id: int) -> Ending:
        """Keep nothing."""
        return self.ending

    async def silence(self, _survey: OpenSurvey, _account_id: int) -> None:
        """Keep nothing."""


class Chat:
    """Somebody in front of the survey's message."""

    def __init__(self, mode: SurveyMode = SurveyMode.CONFIDENTIAL, comfort: Comfort = lambda _words: "") -> None:
        self.survey = prepared(read_questionnaire(every_type()), mode)
        self.service = NobodyAnswers(self.survey)
        self.conversation = SurveyConversation(
            self.service,  # type: ignore[arg-type]  # it answers what is asked of it
            Catalogues(),
            LocalTime(ZoneInfo("Asia/Bishkek")),
            comfort,
            Trilingual(ky="Университет", ru="Университет", en="The <University>"),
        )
        self.account_id = 70_001
        self.shown: ShownScreen | None = None
        self.last = Outcome()

    @property
    def buttons(self) -> dict[str, str]:
        """The data of the buttons by what stands on them."""
        rows = (self.shown.keyboard if self.shown is not None else None) or []
        return {button["text"]: button["callback_data"] for row in rows for button in row}

    @property
    def rows(self) -> list[list[str]]:
        """What stands on the buttons, as they stand."""
        rows = (self.shown.keyboard if self.shown is not None else None) or []
        return [[button["text"] for button in row] for row in rows]

    def screen(self, *, without_buttons: bool = False) -> Screen:
        """Return the message as Telegram would bring it."""
        assert self.shown is not None
        text, entities = parse_html(self.shown.text)
        links = tuple(str(entity["url"]) for entity in entities if entity["type"] == "text_link")
        data = () if without_buttons else tuple(self.buttons.values())
        return Screen(text=text, entities=entities, buttons=data, links=links)

    async def presses(self, data: str, screen: Screen | None = Screen()) -> Outcome:  # noqa: B008 -- never changed
        """Press a button by its data."""
        at = self.screen() if screen == Screen() and self.shown is not None else screen
        self.last = await self.conversation.tap(Tap(account_id=self.account_id, data=data, screen=at, hint="en"))
        self.shown = self.last.screen or self.shown
        return self.last

    async def taps(self, *labels: str) -> str:
        """Press buttons one after the other; return what is to be read then."""
        for label in labels:
            whole = [data for text, data in self.buttons.items() if text.removeprefix("✅ ") == label]
            (data,) = whole or [data for text, data in self.buttons.items() if label in text]
            await self.presses(data)
        return self.reads

    async def replies(self, text: str | None, *, without_buttons: bool = False) -> str:
        """Reply to the message; return what is to be read then."""
        screen = self.screen(without_buttons=without_buttons)
        self.last = await self.conversation.hear(Words(account_id=self.account_id, screen=screen, text=text, hint="en"))
        self.shown = self.last.screen or self.shown
        return self.reads

    @property
    def reads(self) -> str:
        """The text of the message, as it is seen."""
        return self.screen().text.strip("\u200b")
