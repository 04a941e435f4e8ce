"""The part of the report that tells of personal talks; nothing for whoever has none."""

from aiogram.utils.i18n import gettext as _

from handlers.common.talk_topics import topic_names
from handlers.mydata.wording import Wording
from services.mydata.report_dto import ReportSection, ReportTable
from services.mydata.talk_dto import TalkData, TalksData
from services.trust.dto import TalkState


def talk_sections(talks: TalksData, wording: Wording) -> tuple[ReportSection, ...]:
    """Return a section for each part of which there is something."""
    sections = []
    if talks.booked:
        headings = (_("When"), _("Where"), _("With whom"), _("Topic"), _("State"))
        rows = tuple(
            (wording.moment(one.starts_at), one.place, one.officer, topic_names()[one.topic], _state(one))
            for one in talks.booked
        )
        kept = _("The day after a meeting, nothing of it is kept.")
        table = ReportTable(headings=headings, rows=rows)
        sections.append(ReportSection(title=_("Personal talks"), table=table, sentences=(kept,)))
    if talks.offered:
        times = "; ".join(map(wording.moment, talks.offered))
        sections.append(ReportSection(title=_("Times that you offer for personal talks"), sentences=(times,)))
    return tuple(sections)


def _state(talk: TalkData) -> str:
    states = {
        TalkState.BOOKED: _("talk booked"),
        TalkState.LEFT: _("talk cancelled by you"),
        TalkState.CALLED_OFF: _("talk cancelled by the other side"),
    }
    return states[talk.state]
