"""Refusals of handing over what is kept about people."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from services.languages import Language
from services.mydata.errors import DataTakenTooOften


def _taken_too_often(refusal: DataTakenTooOften, language: Language, words: Words) -> str:
    return _(
        "You have your data already: the file comes three times an hour at most. Ask again after: {moment}"
    ).format(moment=words.dates.moment(refusal.until, language))


SENTENCES: Sentences = {DataTakenTooOften: _taken_too_often}
