"""Somebody in the middle of a survey: all that there is of it, taken from the message and given back to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from handlers.common.ports import LocalDates
from handlers.survey_chat.callbacks import Action, Buttons, Step
from services.languages import Language, Trilingual
from services.questionnaires.dto import Answer, ItemType
from services.questionnaires.routes import Page, shown
from services.survey_answers.dto import OpenSurvey


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A survey as it stands in somebody's message. `texts`: in their own words, by code of item; `asker`: who asks."""

    buttons: Buttons
    language: Language
    dates: LocalDates
    answers: Mapping[str, Answer]
    texts: Mapping[str, str] = field(default_factory=dict)
    asker: Trilingual = field(default_factory=Trilingual)

    @property
    def survey(self) -> OpenSurvey:
        """The survey."""
        return self.buttons.survey

    @property
    def pages(self) -> tuple[Page, ...]:
        """All screens of the questionnaire."""
        return self.survey.pages

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """The places of the screens that are shown, given the answers."""
        codes = {item.code for item in shown(self.survey.questionnaire, self.answers)}
        return tuple(place for place, page in enumerate(self.pages) if page.item.code in codes)

    def to(self, action: Action, page: int = 0, answers: Mapping[str, Answer] | None = None) -> str:
        """Return the data of a button that leads somewhere, with other answers if they are given."""
        kept = self.answers if answers is None else answers
        return self.buttons.write(Step(action=action, page=page, language=self.language, answers=kept))

    def link_to(self, action: Action, page: int) -> str:
        """Return the address of an invisible link that says the same as a button."""
        return self.buttons.write_link(Step(action=action, page=page, language=self.language, answers=self.answers))

    def next(self, page: int = -1) -> int | None:
        """Return the page after another, None after the last."""
        return next((place for place in self.shown if place > page), None)

    def previous(self, page: int) -> int | None:
        """Return the page before another, None before the first."""
        return next((place for place in reversed(self.shown) if place < page), None)

    def is_text(self, page: int) -> bool:
        """Tell whether a page asks for words."""
        return self.pages[page].item.type is ItemType.TEXT

    def has(self, page: int) -> bool:
        """Tell whether a page has been answered."""
        key = self.pages[page].key
        return key in self.texts if self.is_text(page) else key in self.answers

    def number(self, page: int) -> int:
        """Return the number of a page among those that are shown, from 1."""
        return self.shown.index(page) + 1 if page in self.shown else 1

    def number_of(self, code: str) -> int:
        """Return the number of the first page of an item."""
        return self.number(next(place for place, page in enumerate(self.pages) if page.item.code == code))

    def saying(self, page: int, words: str | None) -> "Visit":
        """Return the visit with other words on a page, or without any."""
        code = self.pages[page].item.code
        kept = {key: text for key, text in self.texts.items() if key != code}
        return replace(self, texts=kept if words is None else {**kept, code: words})
