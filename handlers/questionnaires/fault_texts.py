"""What a draft still lacks, in plain words with the place."""

from collections.abc import Callable, Mapping
from typing import Final

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.languages import language_name
from services.questionnaires.draft_dto import DraftFault, Gap
from services.questionnaires.dto import Questionnaire

_MOST: Final = 12


def faults_lines(asked: Questionnaire, faults: tuple[DraftFault, ...]) -> list[str]:
    """Return a line for each fault, of very many the first ones."""
    lines = [f"• {_line(asked, fault)}" for fault in faults[:_MOST]]
    if len(faults) > _MOST:
        lines.append(_("… and {count} more").format(count=len(faults) - _MOST))
    return lines


def _line(asked: Questionnaire, fault: DraftFault) -> str:
    if fault.gap is Gap.OTHER:
        return html.quote(fault.said)
    said = _SAID[fault.gap]().format(
        languages=", ".join(map(language_name, fault.languages)),
        number=fault.number,
        code=html.quote(asked.code),
        revision=asked.revision,
    )
    if fault.place is None:
        return said
    if fault.gap in {Gap.INDEX_ITEMS, Gap.INDEX_TITLE}:
        return _("Index {number}: {fault}").format(number=fault.place + 1, fault=said)
    return _("Question {number}: {fault}").format(number=fault.place + 1, fault=said)


_SAID: Final[Mapping[Gap, Callable[[], str]]] = {
    Gap.ALIKE: lambda: _("two choices say the same ({languages})"),
    Gap.ANONYMOUS: lambda: _("a text says “anonymous”, which only an anonymous survey may"),
    Gap.CHOICES: lambda: _("at least two choices are needed"),
    Gap.CHOICE_TEXT: lambda: _("choices lack their text ({languages})"),
    Gap.CODE_TAKEN: lambda: _("the library has the code {code} with edition {revision} or a later one"),
    Gap.HINT: lambda: _("the hint lacks its text ({languages})"),
    Gap.INDEX_ITEMS: lambda: _("no question is read with it"),
    Gap.INDEX_TITLE: lambda: _("the title is missing ({languages})"),
    Gap.LONG_TITLE: lambda: _("the long title is missing ({languages})"),
    Gap.MEANING: lambda: _(
        "its code means something else in the library (other answers or another good end); remove it and add a new one"
    ),
    Gap.NO_ITEMS: lambda: _("there is no question yet"),
    Gap.NOTHING_TO_TAP: lambda: _("there is no question to tap an answer to"),
    Gap.PERIOD: lambda: _("the period is missing ({languages})"),
    Gap.ROOM: lambda: _(
        "the answers are too many for the chat, by {number} bits: leave out questions or choices, or make it anonymous"
    ),
    Gap.SCALE: lambda: _("the scale is missing"),
    Gap.SCREENS: lambda: _("there are too many questions, by {number}"),
    Gap.SKIP: lambda: _("it depends on a question that does not come before it"),
    Gap.TEXT: lambda: _("the text is missing ({languages})"),
    Gap.TEXT_LAST: lambda: _("questions answered in one's own words come last; move it up"),
    Gap.TITLE: lambda: _("the title is missing ({languages})"),
    Gap.UNCHANGED: lambda: _("nothing is different from the earlier edition yet"),
}
