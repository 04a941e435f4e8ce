"""What every feature's sentences are made with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiogram import html
from aiogram.types import InlineKeyboardMarkup

from handlers.common.ports import LocalDates, PaperWords
from services.errors import Refusal
from services.languages import Language
from services.university import UniversityCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The university's names, the labels of its papers, dates."""

    university: UniversityCard
    labels: PaperWords
    dates: LocalDates

    def office(self, language: Language) -> str:
        """Return where the Study Office is, as HTML."""
        office = self.university.study_office
        return html.quote(f"{office.name.get(language)}, {office.place.get(language)}, {office.phone}")


#: A feature's sentences: how each of its refusals is said, as HTML in the language of the moment. Each function takes
#: the refusal of its key.
Sentences = Mapping[type[Refusal], Callable[[Any, Language, Words], str]]

#: Where a refused message leads: the buttons under the sentence.
Keyboards = Mapping[type[Refusal], Callable[[], InlineKeyboardMarkup]]
