"""What the desk of surveys says."""

from collections.abc import Iterable, Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.audience_words import audience_lines
from handlers.common.questionnaire_words import mode_name, size_text
from handlers.common.reader import Reader
from handlers.survey_desk.callbacks import Setting
from services.questionnaires.draft_dto import Library
from services.questionnaires.dto import SurveyMode
from services.surveys.desk import SurveyCard, UnitChoice
from services.surveys.dto import LEAST_STRATUM, Imported, Split, Survey, SurveyState

EXAMPLE = "role:student unit:mti -course:1"
_MOST_GROUPS = 40
_LONGEST_NAME = 60
_LONGEST_AUDIENCE = 1_500


def desk_text(surveys: Sequence[Survey]) -> str:
    """Say what the desk is for."""
    lines = [_("📝 <b>Surveys</b>"), ""]
    if surveys:
        lines.append(_("Tap a survey, or begin another one from a questionnaire of the library."))
    else:
        lines.append(_("There is no survey yet. Begin one from a questionnaire of the library, or send a file."))
    return "\n".join(lines)


def library_text(library: Library) -> str:
    """Ask with which questionnaire a survey is prepared."""
    parts = [
        _("🧩 <b>Questionnaires</b>"),
        _("Tap a questionnaire to prepare a survey with it. Nobody is asked before you open it."),
    ]
    if library.shipped:
        parts.append(_("📥 These come with the bot; a tap puts one into the library."))
    return "\n\n".join(parts)


def ask_for_file_text() -> str:
    """Ask for a questionnaire."""
    return _(
        "Send the questionnaire as a TOML file. What is wrong with it is said line by line; nobody is asked anything "
        "before you open the survey."
    )


def not_a_file_text() -> str:
    """Say that a file is waited for."""
    return _("I am waiting for a file. Send the questionnaire as a TOML file, or go back.")


def too_large_text() -> str:
    """Say that a file is too large."""
    return _("This file is too large for a questionnaire. Send a smaller one.")


def send_again_text() -> str:
    """Say that Telegram did not hand a file over."""
    return _("Telegram did not hand the file over. Send it once more.")


def imported_line(done: Imported) -> str:
    """Say what became of a file."""
    if done.new:
        return _("✅ The questionnaire is in the library, and a survey with it is prepared.")
    return _("This questionnaire is in the library already. Here is the survey that is prepared with it.")


def state_word(state: SurveyState) -> str:
    """Say how far a survey is."""
    return {
        SurveyState.DRAFT: _("being prepared"),
        SurveyState.OPEN: _("open"),
        SurveyState.CLOSING: _("being closed"),
        SurveyState.CLOSED: _("closed"),
    }[state]


def split_word(split: Split) -> str:
    """Say how far the report tells groups apart."""
    return {
        Split.UNIVERSITY: _("the whole university only"),
        Split.UNIT: _("by structural unit"),
        Split.UNIT_COURSE: _("by structural unit and year of study"),
    }[split]


def card_text(card: SurveyCard, reader: Reader, before: str = "") -> str:
    """Show a survey."""
    survey, language = card.survey, reader.language
    questionnaire = survey.questionnaire
    lines = [
        *([before, ""] if before else []),
        f"📝 <b>{html.quote(questionnaire.title.get(language))}</b>",
        _("Survey {number} · {state}").format(number=survey.id, state=state_word(survey.state)),
        size_text(questionnaire),
        "",
        _("How it asks: {mode}").format(mode=mode_name(survey.mode)),
        *_asked_lines(card, reader),
        *_setting_lines(survey, reader),
        _("Code: {code}, edition {revision}").format(
            code=f"<code>{html.quote(questionnaire.code)}</code>", revision=questionnaire.revision
        ),
    ]
    return "\n".join([*lines, "", _way_on(survey)])


def _asked_lines(card: SurveyCard, reader: Reader) -> Iterable[str]:
    if card.survey.mode is SurveyMode.OPEN:
        return
    if card.people:
        yield _("How many are asked: {number}").format(number=card.people)
    yield _("Who is asked:")
    if card.audience is None:
        yield _("• nobody has been chosen yet")
    elif not card.audience.included:
        yield _("• everybody in the roster: students and employees")
        excluded = audience_lines(card.audience, card.unit_names, reader.language, longest=_LONGEST_AUDIENCE)
        yield from excluded[1:]
    else:
        yield from audience_lines(card.audience, card.unit_names, reader.language, longest=_LONGEST_AUDIENCE)


def _setting_lines(survey: Survey, reader: Reader) -> Iterable[str]:
    yield _("Groups of the report: {split}").format(split=split_word(survey.split))
    yield _("The period it asks about: {period}").format(period=html.quote(survey.period.get(reader.language)) or "–")
    if survey.mode is SurveyMode.NAMED:
        yield _("Who reads the answers: {unit}").format(unit=html.quote(survey.reader_unit) or "–")
    if survey.opened_on is not None:
        yield _("Opened: {date}").format(date=reader.day(survey.opened_on))
    if survey.closes_on is not None:
        yield _("Last day: {date}").format(date=reader.day(survey.closes_on))
    else:
        yield _("Last day: 14 days after opening")


def _way_on(survey: Survey) -> str:
    if survey.state is SurveyState.DRAFT:
        return _("Look at the questions, set what is missing, then open it.")
    if survey.state is SurveyState.OPEN:
        return _("It is open. The last day can only be moved to a later one; results come after it has closed.")
    if survey.state is SurveyState.CLOSING:
        return _("Nothing is taken any more; the answers are being opened and mixed.")
    return _("It is closed.")


def ask_setting_text(setting: Setting, survey: Survey) -> str:
    """Ask for a setting."""
    return {
        Setting.MODE: _modes_text,
        Setting.SPLIT: _splits_text,
        Setting.AUDIENCE: _audience_text,
        Setting.PERIOD: _period_text,
        Setting.LAST_DAY: _last_day_text,
        Setting.READER: _reader_text,
    }[setting](survey)


def _modes_text(_survey: Survey) -> str:
    return "\n".join(
        (
            _("<b>How does it ask?</b> After opening this does not change."),
            "",
            _("🎟 Anonymous: everybody draws a paper ticket and answers on a web page; nothing ties it to a person."),
            _("💬 Confidential: in the chat. Telegram and the running server see who taps; what somebody answered is "
              "not kept with their name."),
            _("📛 By name: in the chat; the answer is kept with the name."),
            _("🔗 Open link: whoever has the address can answer, as often as they like."),
        )
    )  # fmt: skip


def _splits_text(_survey: Survey) -> str:
    return _(
        "How far shall the report tell groups apart? Groups under {least} people are put together before opening."
    ).format(least=LEAST_STRATUM)


def _audience_text(_survey: Survey) -> str:
    return _("Who is asked? Tap, choose units, or write an expression, such as:\n<code>{example}</code>").format(
        example=EXAMPLE
    )


def _period_text(_survey: Survey) -> str:
    return _(
        "What does “the last semester” mean this time? Write it in three lines: in Kyrgyz, in Russian, in English."
    )


def _last_day_text(_survey: Survey) -> str:
    return _("What is the last day? Write it so: 31.12.2026")


def _reader_text(_survey: Survey) -> str:
    return _("Which unit reads the answers? Write its code, such as <code>bbsd</code>.")


def not_a_day_text() -> str:
    """Say that a date is waited for."""
    return _("This is not a date. Write it so: 31.12.2026")


def not_three_lines_text() -> str:
    """Say that three lines are waited for."""
    return _("Three lines are needed: in Kyrgyz, in Russian, in English. Write them in one message.")


def units_text(choice: UnitChoice) -> str:
    """Ask which units are asked."""
    return ngettext(
        "🏛 <b>Units that are asked</b>: {number}. Tap to add one or to take it out; without any, all are asked.",
        "🏛 <b>Units that are asked</b>: {number}. Tap to add one or to take it out; without any, all are asked.",
        len(choice.chosen),
    ).format(number=len(choice.chosen))


def ask_to_drop_text(survey: Survey, reader: Reader) -> str:
    """Ask once more before a draft is deleted."""
    title = html.quote(survey.questionnaire.title.get(reader.language))
    return _("Delete the prepared survey «{title}»? The questionnaire stays in the library.").format(title=title)


def dropped_text() -> str:
    """Say that a draft is deleted."""
    return _("The prepared survey is deleted. The questionnaire stays in the library.")


def form_caption() -> str:
    """Say what the file is."""
    return _("The blank questionnaire in three languages.")
