"""What is said of a questionnaire wherever it is met."""

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from services.questionnaires.dto import Questionnaire, SurveyMode


def mode_name(mode: SurveyMode) -> str:
    """Return who can know whose answers they are."""
    return {
        SurveyMode.ANONYMOUS: _("anonymous: paper tickets and a web page"),
        SurveyMode.CONFIDENTIAL: _("confidential: in the chat"),
        SurveyMode.NAMED: _("by name: in the chat"),
        SurveyMode.OPEN: _("open link: whoever has the address"),
    }[mode]


def size_text(asked: Questionnaire) -> str:
    """Say how much is asked."""
    questions = ngettext("{count} question", "{count} questions", len(asked.items)).format(count=len(asked.items))
    minutes = ngettext("about {count} minute", "about {count} minutes", asked.minutes).format(count=asked.minutes)
    return f"{questions} · {minutes}"
