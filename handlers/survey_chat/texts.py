"""Sentences of surveys in the chat. Nothing here says whether somebody has answered or declined."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.ports import LocalDates
from handlers.common.reader import Reader
from services.languages import Language, Trilingual
from services.questionnaires.dto import SurveyMode
from services.survey_answers.dto import AskedSurvey, OpenSurvey

_CELLS = 10


def promise_text(survey: OpenSurvey, language: Language, dates: LocalDates, asker: Trilingual) -> str:
    """Say what it is about, what is kept, who sees what and how long it takes; agreed to with a tap."""
    head = [html.bold(html.quote(survey.questionnaire.title.get(language)))]
    if name := asker.get(language):
        head.append(_("Asked by: {university}").format(university=html.quote(name)))
    if survey.mode is SurveyMode.NAMED:
        lines = [_("Your answers to this survey are kept with your name.")]
        if unit := survey.reader.get(language):
            lines.append(_("They are read by: {unit}").format(unit=html.quote(unit)))
        lines.append(_("Results are published only as totals."))
    else:
        lines = [
            _(
                "This survey is confidential. Your answer is kept without your name and without the time: someone who "
                "reads the database, a copy of it or a report cannot tie it to you."
            ),
            _(
                "But this chat is not anonymous: Telegram and the running server see that you are answering, what you "
                "tap and what you write."
            ),
            _("With the answer only the large group you belong to is kept (at least 30 people)."),
            _("Answering and declining leave the same mark: the survey is finished for you."),
            _("An answer that has been sent cannot be found, changed or deleted later."),
            _("Results of groups under 10 people are not shown."),
        ]
    minutes = survey.questionnaire.minutes
    duration = ngettext(
        "Taking part is voluntary. It takes about {minutes} minute.",
        "Taking part is voluntary. It takes about {minutes} minutes.",
        minutes,
    )
    lines.append(duration.format(minutes=minutes))
    return "\n\n".join(["\n".join(head), *lines, "\n".join(_when(survey, language, dates))]).rstrip()


def _when(survey: OpenSurvey, language: Language, dates: LocalDates) -> list[str]:
    asked, period = survey.questionnaire.period, survey.survey.period.get(language)
    lines = []
    if asked is not None and period:
        lines.append(html.quote(asked.get(language).replace("{period}", period)))
    if survey.survey.closes_on is not None:
        lines.append(_("The last day: {date}").format(date=dates.date(survey.survey.closes_on, language)))
    return lines


def progress_text(number: int, total: int) -> str:
    """Draw how far one is."""
    full = round(number / total * _CELLS)
    return f"{'▓' * full}{'░' * (_CELLS - full)}  {number} / {total}"


def pause_text(survey: OpenSurvey, language: Language, dates: LocalDates) -> str:
    """Hide everything; say where the answers are."""
    lines = [_("⏸ Paused.")]
    if survey.survey.closes_on is not None:
        day = dates.date(survey.survey.closes_on, language)
        lines = [_("⏸ Paused. You can go on at any time until {date}.").format(date=day)]
    lines.append(_("For now your answers live in this message itself. If you delete it, they are gone."))
    return "\n\n".join(lines)


def later_text(survey: OpenSurvey, language: Language, dates: LocalDates) -> str:
    """Say until when and how one comes back."""
    if survey.survey.closes_on is None:
        return _("All right. You can begin at any time: /survey")
    day = dates.date(survey.survey.closes_on, language)
    return _("All right. You can begin at any time until {date}: /survey").format(date=day)


def decline_text() -> str:
    """Ask once."""
    lines = [
        _("You do not take part? We do not ask why. Nobody is told that you declined."),
        _("Nobody may demand proof that you answered. If someone does, tell us: /trust"),
    ]
    return "\n\n".join(lines)


def last_text() -> str:
    """End a confidential survey: the same words for whoever answered and whoever declined."""
    lines = [
        _("Thank you! This survey is finished for you. You will get no more reminders."),
        _("If things are hard, there is help: /trust"),
    ]
    return "\n\n".join(lines)


def saved_text(survey: OpenSurvey, language: Language, dates: LocalDates) -> str:
    """End a named survey."""
    lines = [_("Thank you! Your answer is saved.")]
    if survey.survey.closes_on is not None:
        day = dates.date(survey.survey.closes_on, language)
        lines = [_("Thank you! Your answer is saved. You can change it until {date}: /survey").format(date=day)]
    return "\n\n".join([*lines, _("If things are hard, there is help: /trust")])


def named_declined_text() -> str:
    """Take note that somebody does not take part in a named survey."""
    return _("All right. We will not write to you about this survey again.")


def already_text() -> str:
    """Answer a tap below an old message."""
    return _("This survey is already finished for you.")


def over_text() -> str:
    """Answer a tap of a survey that is closed."""
    return _("This survey is over. Nothing more is taken.")


def not_asked_text() -> str:
    """Answer whoever is not asked."""
    return _("This survey does not ask you. Your surveys: /survey")


def foreign_text() -> str:
    """Answer a button that is not this person's, not ours, or of another version."""
    return _("This button is not yours, or it is too old. Your surveys: /survey")


def gone_text() -> str:
    """Answer a tap below a message that Telegram does not let change any more."""
    return _("This message is too old to be changed. Open the survey anew: /survey")


def lost_text() -> str:
    """Say that nobody knows whether a tap was served: it may have been kept although its time was over."""
    return _("That took too long. Please tap again to see whether it arrived.")


def lost_words_text() -> str:
    """Say that words were lost."""
    return _("That was not kept. Please reply once more.")


def at_most_text(most: int) -> str:
    """Say that no more can be chosen."""
    return _("You can choose at most {number}.").format(number=most)


def no_room_text() -> str:
    """Say that a screen does not fit together with the words that stand in it."""
    return _("There is no room on this screen beside your own words. Please send, or shorten them first.")


def prompt_text(*, written: bool) -> str:
    """Say how words are given, and how one goes on without, or with those that were `written` before."""
    how = _(
        "Write as a reply to this message: hold it, or swipe it to the left, choose “Reply”, write and send. What is "
        "sent without a reply is not taken."
    )
    on = _("To leave it as it is, tap “Next”.") if written else _("To go on without words, tap “Skip”.")
    return f"{how}\n{on}"


def written_before_text() -> str:
    """Stand above one's own words below another question."""
    return html.italic(_("What you have written so far:"))


def too_long_text(number: int, most: int) -> str:
    """Say how long words are."""
    sentence = _("The text is long: {number} characters. Please shorten it to {most}.")
    return sentence.format(number=number, most=most)


def stays_text() -> str:
    """Say that words which were not taken are left to whoever wrote them, to be shortened."""
    return _("Your message still stands here, so that you can copy it. Then please delete it.")


def too_marked_text() -> str:
    """Say that words hold too much that Telegram would mark."""
    return _("There are too many links, @names, #words or numbers in your text. Please leave most of them out.")


def only_text_text() -> str:
    """Answer a picture, a voice message and the like."""
    return _("Only text is taken here. Nothing else was kept; you can delete it.")


def only_taps_text() -> str:
    """Answer words where none are asked for."""
    return _("Please tap the buttons below; your own words are asked for at the end. What you wrote was not kept.")


def only_as_reply_text() -> str:
    """Answer words that were written without replying."""
    return _(
        "Nothing of this was kept: your own words are taken only as a reply. Hold the message with the question, or "
        "swipe it to the left, choose “Reply”, and write once more. To go on without words tap “Skip”."
    )


def strayed_text() -> str:
    """Answer a survey's message that was forwarded here, or replied to from elsewhere."""
    return _(
        "Nothing of this message was kept. A survey is answered in its own message in this chat: with its buttons, and "
        "with a reply to it where words are asked for. Your surveys: /survey"
    )


def check_text() -> str:
    """Ask to look once more at one's own words."""
    return _("Please check: are there names, phone numbers or anything that points to you?")


def still_there_text() -> str:
    """Say that a survey is finished, though its message still shows the answers."""
    return _("Finished. But the message with your answers could not be deleted: please delete it yourself.")


def not_deleted_text() -> str:
    """Say that the person's message is still there."""
    return _("We could not delete your message. Please delete it yourself.")


def quiet_text() -> str:
    """Take note that no more reminders of an anonymous survey are wanted."""
    return _("All right. There will be no more reminders of this survey.")


def list_text(surveys: Sequence[AskedSurvey], reader: Reader) -> str:
    """List the surveys that ask somebody; nothing says what they did with them."""
    if not surveys:
        return _("There is no survey for you now. When one begins, you get a message here.")
    lines = [html.bold(_("Surveys")), *(_standing_line(one, reader) for one in surveys)]
    if any(not one.finished and one.survey.mode is not SurveyMode.ANONYMOUS for one in surveys):
        lines.append(_("If you have begun already, go on in the survey’s own message above: here it begins anew."))
    return "\n\n".join(lines)


def _standing_line(asked: AskedSurvey, reader: Reader) -> str:
    survey = asked.survey
    lines = [html.bold(html.quote(survey.questionnaire.title.get(reader.language)))]
    if survey.survey.closes_on is not None:
        lines.append(_("The last day: {date}").format(date=reader.day(survey.survey.closes_on)))
    if survey.mode is SurveyMode.ANONYMOUS:
        lines.append(_("Tickets are handed out by the curator or whoever runs the survey."))
    elif asked.finished:
        lines.append(already_text())
    return "\n".join(lines)
