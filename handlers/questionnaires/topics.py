"""What the topics of shipped questions are called; a topic of one's own is called as it was written."""

from aiogram.utils.i18n import gettext as _


def topic_name(topic: str) -> str:
    """Return a topic in the reader's language."""
    return _names().get(topic, topic)


def known_topics() -> tuple[str, ...]:
    """Return the topics that have a name in every language."""
    return tuple(_names())


def _names() -> dict[str, str]:
    return {
        "bribery": _("bribery"),
        "bullying": _("bullying"),
        "complaint channels": _("ways to complain"),
        "cooperation": _("cooperation"),
        "digital services": _("digital services"),
        "discrimination": _("discrimination"),
        "dormitory": _("dormitory"),
        "facilities": _("rooms and equipment"),
        "fairness": _("fairness"),
        "fairness of assessment": _("fairness of assessment"),
        "knowledge": _("knowledge"),
        "materials": _("study materials"),
        "open": _("in one's own words"),
        "overall": _("overall"),
        "practice": _("practice"),
        "pressure": _("pressure"),
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
