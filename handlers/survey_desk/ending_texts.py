"""What is said of tickets and of closing."""

from collections.abc import Iterable

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.reader import Reader
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.survey_tickets.dto import PrintedTickets
from services.survey_tickets.rules import MOST_TICKETS, tickets_left
from services.surveys.dto import Closing, ClosingEnd, Stratum
from services.surveys.taking_part import TENS, TakingPart


def groups_text() -> str:
    """Ask for whom tickets are made."""
    return _("🎟 For which group shall tickets be printed? Each group has tickets of its own.")


def ask_for_count_text(group: Stratum, language: Language) -> str:
    """Ask how many tickets."""
    most = min(MOST_TICKETS, tickets_left(group))
    return _(
        "Group: {group}\nPeople in it: {people}; tickets printed so far: {tickets}\n\nHow many shall be printed? Tap, "
        "or write a number up to {most}."
    ).format(group=_name(group, language), people=group.people, tickets=group.tickets, most=most)


def not_a_number_text() -> str:
    """Say that a number is waited for."""
    return _("This is not a number. Write how many tickets, such as 30.")


def tickets_caption(printed: PrintedTickets, group: Stratum, language: Language) -> str:
    """Say what the sheet is, and what is done with it."""
    return _(
        "🎟 Tickets: {count}. Group: {group}. Printed for it in all: {total}.\n\nPrint, cut, put them into a box, "
        "let everyone draw one. Then delete this file here: whoever has it could use the tickets."
    ).format(count=printed.count, group=_name(group, language), total=printed.total)


def ask_to_close_text(seen: TakingPart, reader: Reader) -> str:
    """Ask once more before a survey is closed."""
    survey = seen.survey
    title = html.quote(survey.questionnaire.title.get(reader.language))
    lines = [_("<b>Close this survey now?</b>"), f"«{title}»"]
    if survey.closes_on is not None:
        lines.append(_("Its last day would be: {date}").format(date=reader.day(survey.closes_on)))
    lines += _finished_lines(seen, reader)
    lines += ["", _("Nothing is taken any more then, and it cannot be opened again.")]
    if survey.mode is not SurveyMode.NAMED:
        lines.append(_("The answers are opened and mixed, and the key is destroyed."))
    return "\n".join(lines)


def _finished_lines(seen: TakingPart, reader: Reader) -> Iterable[str]:
    """Say in tens how many are through, as of the morning's count: no other number is told."""
    if not seen.rates:
        return
    whole = seen.rates[0]
    if seen.counted_on is None:
        yield _("How many are through has not been counted yet; that is done once a day, at 10:00.")
    elif whole.stratum.finished < TENS:
        yield _("⚠️ By 10:00, {date}, fewer than ten of {people} were through.").format(
            date=reader.day(seen.counted_on), people=whole.base
        )
    elif whole.percent is not None:
        yield _("By 10:00, {date}, {number} of {people} were through, or some more.").format(
            date=reader.day(seen.counted_on), number=min(whole.stratum.finished, whole.base - TENS), people=whole.base
        )


def closing_text() -> str:
    """Say that the closing goes on."""
    return _("⏳ The answers are being opened and mixed …")


def closed_text(closing: Closing) -> str:
    """Say what a closing came to."""
    if closing.end is ClosingEnd.KEY_MISSING:
        return _(
            "The survey takes no answers any more. Its key is not on this server, so the answers cannot be opened "
            "here. Tell the administrator; the bot goes on by itself where the key is."
        )
    if closing.end is ClosingEnd.WAITS:
        return _("The survey takes no answers any more. The closing is finished by itself in a minute or so.")
    if closing.end is ClosingEnd.DAMAGED:
        return _(
            "The survey takes no answers any more, but it is not closed: many answers cannot be read. Nothing is lost "
            "yet. Tell the administrator."
        )
    if closing.too_few:
        return _(
            "The survey is closed. Fewer than ten people answered, and among so few nobody is hidden: so nothing of "
            "what they answered is kept."
        )
    said = _("✅ The survey is closed.")
    if closing.replies:
        said += "\n" + _("Answers: at least {number}.").format(number=closing.replies)
    if closing.broken:
        said += "\n" + _("Damaged and not counted: {number}").format(number=closing.broken)
    return said


def _name(group: Stratum, language: Language) -> str:
    return html.quote(" ".join(group.name.get(language).split())[:100])
