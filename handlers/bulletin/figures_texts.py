"""Figures of announcements in words; nobody is named in them."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.bulletin.texts import first_words
from handlers.common.channel_words import post_lines
from handlers.common.reader import Reader
from services.announcements.rules import text_for
from services.bulletin.figures import Statistics, Step, Totals, UnitFigures
from services.bulletin.reminders import ReminderView
from services.bulletin.rules import LEAST
from services.languages import Language

#: What stands where a number could tell of single people.
HIDDEN = "–"
_EXCERPT = 120
_MOST_UNITS = 15
#: So many announcements are on the screen of the last ones.
MOST_ROWS = 10


def statistics_text(figures: Statistics, reader: Reader) -> str:
    """Say how an announcement was received."""
    words = first_words(text_for(figures.announcement, reader.language), _EXCERPT)
    lines = [
        _("📊 <b>How it was received</b>"),
        f"<blockquote>{html.quote(words)}</blockquote>",
        _("Out since: {moment}").format(moment=reader.moment(figures.out_since)),
        _("Recipients: {number}").format(number=figures.recipients),
        *(f"{label}: {said}" for label, said in outcomes(figures)),
        *_reading_lines(figures),
        *_unit_lines(figures, reader),
        *post_lines(figures.posts),
    ]
    return "\n".join(lines)


def outcomes(figures: Statistics) -> list[tuple[str, str]]:
    """Return what became of it, each with its share; of what there is none, nothing but the first."""
    tally = figures.tally
    counted = [
        (_("📨 Sent"), tally.sent),
        (_("⏳ On the way"), tally.pending),
        (_("⛔ The bot was blocked"), tally.blocked),
        (_("❔ Perhaps delivered"), tally.unknown),
        (_("⚠️ Refused by Telegram"), tally.failed),
        (_("✖️ Cancelled"), tally.cancelled),
        (_("➖ No longer meant for them"), tally.skipped),
    ]
    return [
        (label, with_share(number, figures.recipients))
        for place, (label, number) in enumerate(counted)
        if number or not place
    ]


def with_share(number: int | None, whole: int) -> str:
    """Return a number with its share of the whole."""
    return HIDDEN if number is None else f"{number} ({share(number, whole)})"


def share(number: int | None, whole: int) -> str:
    """Return a share in percent; a part that is not all is never shown as all of it."""
    if number is None:
        return HIDDEN
    if not whole:
        return "0%"
    percent = round(100 * number / whole)
    return f"{min(percent, 99) if number < whole else percent}%"


def unit_name(unit: UnitFigures, language: Language) -> str:
    """Return what a unit is called; all others have no name of their own."""
    if not unit.code:
        return _("All others")
    name = unit.name
    return name.get(language) or name.ky or name.ru or name.en or unit.code


def step_name(step: Step) -> str:
    """Say how long a bar of the timeline is."""
    names = {
        Step.HOUR: _("Readings by the hour"),
        Step.DAY: _("Readings by the day"),
        Step.WEEK: _("Readings by the week"),
    }
    return names[step]


def small_groups_line() -> str:
    """Say why small units are missing."""
    return _("Units of fewer than {number} people are counted together.").format(number=LEAST)


def totals_text(totals: Totals, reader: Reader) -> str:
    """List what went out lately."""
    head = _("📈 <b>Announcements of the last {days} days</b>").format(days=totals.days)
    if not totals.rows:
        return "\n\n".join([head, _("Nothing went out in that time.")])
    lines = [
        head,
        ngettext("{number} announcement", "{number} announcements", totals.number).format(number=totals.number),
    ]
    for row in totals.rows:
        words = first_words(text_for(row.announcement, reader.language), _EXCERPT // 2)
        figures = _("recipients: {recipients}, sent: {sent}").format(
            recipients=row.recipients, sent=share(row.sent, row.recipients)
        )
        if row.announcement.options.asks_reading:
            figures += _(", read: {read}").format(read=share(row.read, row.recipients))
        lines += [
            "",
            f"<b>{reader.day(reader.dates.today(row.out_since))}</b> {html.quote(words)}",
            f"<i>{figures}</i>",
        ]
    if totals.number > len(totals.rows):
        lines += ["", _("The table has all of them.")]
    return "\n".join(lines)


def reminder_question(view: ReminderView, reader: Reader) -> str:
    """Say whom a reminder would reach, and ask."""
    lines = [
        _("🔔 <b>Remind the readers</b>"),
        f"<blockquote>{html.quote(first_words(text_for(view.announcement, reader.language), _EXCERPT))}</blockquote>",
    ]
    if view.waiting is not None:
        lines.append(_("Have got it and not confirmed it: {number}").format(number=view.waiting))
    if view.not_before is not None:
        lines.append(
            _("A reminder went out lately. The next one may go out from: {moment}").format(
                moment=reader.moment(view.not_before)
            )
        )
    elif view.anybody:
        whom = _(
            "Whoever has got it and not confirmed it yet is reminded, nobody else. A reminder may go out once a day."
        )
        lines.append(whom)
    else:
        lines.append(_("There is nobody to be reminded."))
    return "\n".join(lines)


def reminded_text() -> str:
    """Say that the reminder goes out; to how many could tell of single people."""
    return _("🔔 The reminder is going out to those who have not confirmed it.")


def picture_caption(figures: Statistics) -> str:
    """Say what the picture shows."""
    lines = [_("📊 How it was received")]
    if figures.units:
        lines.append(small_groups_line())
    return "\n".join(lines)


def table_caption() -> str:
    """Say what the table is."""
    return _("📊 The figures as a table. Nobody is named in it.")


def _reading_lines(figures: Statistics) -> list[str]:
    if not figures.announcement.options.asks_reading:
        return []
    read = with_share(figures.read, figures.recipients)
    lines = ["", _("✓ Have confirmed that they read it: {figures}").format(figures=read)]
    if figures.read is None:
        lines.append(_("Of fewer than {number} recipients nobody learns who has confirmed it.").format(number=LEAST))
    if figures.read_before:
        before = _("Have confirmed it only before it was corrected: {number}. A reminder reaches them, too.")
        lines.append(before.format(number=figures.read_before))
    return lines


def _unit_lines(figures: Statistics, reader: Reader) -> list[str]:
    if not figures.units:
        return []
    asks = figures.announcement.options.asks_reading
    lines = ["", _("<b>By unit</b>"), *(_unit_line(unit, reader, asks=asks) for unit in figures.units[:_MOST_UNITS])]
    if len(figures.units) > _MOST_UNITS:
        lines.append(_("The table has all of them."))
    return [*lines, f"<i>{small_groups_line()}</i>"]


def _unit_line(unit: UnitFigures, reader: Reader, *, asks: bool) -> str:
    said = _("sent {sent} of {recipients}").format(sent=unit.sent, recipients=unit.recipients)
    if asks:
        said += _(", confirmed {read}").format(read=with_share(unit.read, unit.recipients))
    return f"• {html.quote(unit_name(unit, reader.language))}: {said}"
