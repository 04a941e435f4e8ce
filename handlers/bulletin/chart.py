"""Figures of an announcement, put into a picture."""

from aiogram.utils.i18n import gettext as _

from handlers.bulletin.figures_texts import outcomes, small_groups_line, step_name, unit_name, with_share
from handlers.bulletin.texts import first_words
from handlers.common.reader import Reader
from services.announcements.rules import text_for
from services.bulletin.figures import Chart, ChartColumns, ChartPart, ChartRows, Statistics, UnitFigures
from services.university import UniversityCard

_WORDS = 140
_MOST_UNITS = 20


def compose_chart(figures: Statistics, reader: Reader, university: UniversityCard) -> Chart:
    """Return the picture in the reader's words."""
    return Chart(
        language=reader.language.value,
        university=university.name.get(reader.language),
        title=_("How it was received"),
        subtitle=first_words(text_for(figures.announcement, reader.language), _WORDS),
        facts=tuple(_facts(figures)),
        units=_units(figures, reader),
        times=_times(figures, reader),
        foot=_("Out since: {moment}").format(moment=reader.moment(figures.out_since)),
    )


def _facts(figures: Statistics) -> list[ChartPart]:
    tally, whole = figures.tally, figures.recipients
    numbers = [
        (tally.sent, "good"), (tally.pending, "open"), (tally.blocked, "bad"), (tally.unknown, "open"),
        (tally.failed, "bad"), (tally.cancelled, "open"), (tally.skipped, "open"),
    ]  # fmt: skip
    kept = [(number, tone) for place, (number, tone) in enumerate(numbers) if number or not place]
    parts = [
        ChartPart(label=label.partition(" ")[2], said=said, share=_part(number, whole), tone=tone)
        for (label, said), (number, tone) in zip(outcomes(figures), kept, strict=True)
    ]
    if figures.announcement.options.asks_reading:
        said = with_share(figures.read, whole)
        parts.append(
            ChartPart(label=_("Have confirmed"), said=said, share=_part(figures.read or 0, whole), tone="good")
        )
    return parts


def _units(figures: Statistics, reader: Reader) -> ChartRows | None:
    if not figures.units:
        return None
    rows = tuple(_row(unit, figures, reader) for unit in figures.units[:_MOST_UNITS])
    return ChartRows(title=f"{_said_of_units(figures)} {small_groups_line()}", rows=rows)


def _said_of_units(figures: Statistics) -> str:
    if figures.announcement.options.asks_reading:
        return _("Confirmed, by unit.")
    return _("Sent, by unit.")


def _row(unit: UnitFigures, figures: Statistics, reader: Reader) -> ChartPart:
    number = unit.read if figures.announcement.options.asks_reading else unit.sent
    return ChartPart(
        label=unit_name(unit, reader.language),
        said=_("{number} of {whole}").format(number=number, whole=unit.recipients),
        share=_part(number, unit.recipients),
    )


def _times(figures: Statistics, reader: Reader) -> ChartColumns | None:
    bars = figures.timeline.bars
    if not bars:
        return None
    highest = max(bar.readings for bar in bars)
    shown = (bars[0], bars[len(bars) // 2], bars[-1])
    first, middle, last = (reader.moment(bar.begins_at) for bar in shown)
    return ChartColumns(
        title=step_name(figures.timeline.step),
        heights=tuple(bar.readings / highest for bar in bars),
        highest=str(highest),
        labels=(first, middle if len(bars) > 2 else "", last if len(bars) > 1 else ""),  # noqa: PLR2004 -- three places
    )


def _part(number: int, whole: int) -> float:
    return number / whole if whole else 0.0
