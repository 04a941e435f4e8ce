"""The leadership's week as a picture."""

from aiogram.utils.i18n import gettext as _

from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.plan_reminders.texts import figures_of
from services.bulletin.figures import Chart, ChartPart, ChartRows
from services.plan_reminders.dto import Week
from services.university import UniversityCard

_MOST_UNITS = 12
_TONES = ("good", "open", "bad", "open", "open")


def compose_chart(week: Week, reader: Reader, university: UniversityCard) -> Chart:
    """Return the picture in the reader's words: five figures, and the units with most that is overdue or near."""
    whole = week.figures.whole
    facts = tuple(
        ChartPart(label=label, said=str(number), share=number / whole if whole else 0.0, tone=tone)
        for (_mark, label, number), tone in zip(figures_of(week.figures), _TONES, strict=True)
    )
    return Chart(
        language=reader.language.value,
        university=university.name.get(reader.language),
        title=_("The plan this week"),
        subtitle=", ".join(unit_name(post, reader.language) for post in week.posts[:2]),
        facts=facts,
        units=_units(week, reader),
        times=None,
        foot=reader.day(week.today),
    )


def _units(week: Week, reader: Reader) -> ChartRows | None:
    shown = [(unit, one) for unit, one in week.by_unit if one.overdue][:_MOST_UNITS]
    if not shown:
        return None
    rows = tuple(
        ChartPart(
            label=unit_name(unit, reader.language),
            said=_("{number} of {whole}").format(number=one.overdue, whole=one.whole),
            share=one.overdue / one.whole,
            tone="bad",
        )
        for unit, one in shown
    )
    return ChartRows(title=_("Overdue, by unit"), rows=rows)
