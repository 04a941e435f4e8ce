"""What the topics of shipped questions are called; a topic of one's own is called as it was written."""

from aiogram.utils.i18n import gettext as _


def topic_name(topic: str) -> str:
    """Return a topic in the reader's language."""
    return {**_names(), **_special_names()}.get(topic, topic)


def known_topics() -> tuple[str, ...]:
    """Return the topics that any question can have."""
    return tuple(_names())


def _names() -> dict[str, str]:
    return {
        "bribery": _("bribery"),
        "bullying": _("bullying"),
        "colleagues": _("colleagues"),
        "complaint channels": _("ways to complain"),
        "cooperation": _("cooperation"),
        "development": _("development"),
        "digital services": _("digital services"),
        "direct superior": _("one's direct superior"),
        "discrimination": _("discrimination"),
        "dormitory": _("dormitory"),
        "facilities": _("rooms and equipment"),
        "fairness of assessment": _("fairness of assessment"),
        "fairness": _("fairness"),
        "knowledge": _("knowledge"),
        "materials": _("study materials"),
        "open": _("in one's own words"),
        "overall": _("overall"),
        "practice": _("practice"),
        "pressure on grading": _("pressure on grading"),
        "pressure": _("pressure"),
        "reporting burden": _("reports and paperwork"),
        "respect by staff": _("respect from employees"),
        "respect": _("respect"),
        "safety": _("safety"),
        "state language": _("state language"),
        "state-language environment": _("state-language environment"),
        "stress": _("stress"),
        "student council": _("student council"),
        "support, whom to turn to": _("support"),
        "teaching": _("teaching"),
        "trust in the administration": _("trust in the administration"),
        "working conditions": _("working conditions"),
        "workload": _("workload"),
    }


def _special_names() -> dict[str, str]:
    """Return topics that only one questionnaire has; they are not offered for other questions."""
    return {
        "contact": _("how to reach you"),
        "dormitory (routing only)": _("dormitory"),
        "experience": _("experience"),
        "listening": _("listening"),
        "missing skills": _("missing skills"),
        "obstacles": _("obstacles"),
        "place": _("place of work"),
        "post": _("post"),
        "practical skills": _("practical skills"),
        "reading": _("reading"),
        "responsibility": _("responsibility"),
        "sector": _("sector"),
        "speaking": _("speaking"),
        "status": _("what you do now"),
        "terms of the field": _("terms of the field"),
        "time to first job": _("time to the first job"),
        "to strengthen": _("what to strengthen"),
        "use in class": _("use in class"),
        "use outside class": _("use outside class"),
        "wished help": _("help that is wished for"),
        "writing": _("writing"),
    }
