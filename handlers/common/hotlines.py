"""Where one can call: the lines that /trust and surveys share. What the university file does not have is left out."""

from collections.abc import Iterator

from aiogram import html
from aiogram.utils.i18n import gettext as _

from services.languages import Language
from services.trust.dto import Hotlines, TrustPhone


def write_hotlines(hotlines: Hotlines, language: Language) -> str:
    """Return the lines as HTML in the language of the moment, without a heading; empty where there are no numbers."""
    lines = [*_lines(hotlines, language)]
    if lines:
        lines += ["", _("When you call, your number may be shown.")]
    return "\n".join(lines)


def write_trust_phone(hotlines: Hotlines, language: Language) -> str:
    """Return the trust phone and its hours in one line as HTML, as for the last page of a survey; may be empty."""
    phone = hotlines.trust_phone
    if phone is None:
        return ""
    hours = phone.hours.get(language)
    if not hours:
        return _("Trust phone: {phone}").format(phone=html.quote(phone.phone))
    sentence = _("Trust phone: {phone}. Hours: {hours}")
    return sentence.format(phone=html.quote(phone.phone), hours=html.quote(hours))


def write_distress(hotlines: Hotlines) -> str:
    """Answer words of self-harm or violence at once, as HTML; who wrote them is not looked up."""
    numbers = ", ".join(map(html.quote, hotlines.to_call))
    calling = _("You can call now: {phone}").format(phone=f"<b>{numbers}</b>") if numbers else ""
    parts = (
        _("It sounds as if things are very hard now. Please do not stay alone with it."),
        calling,
        _("We do not look up who wrote this answer, so we cannot call you ourselves."),
    )
    return "\n\n".join(filter(None, parts))


def _lines(hotlines: Hotlines, language: Language) -> Iterator[str]:
    if hotlines.trust_phone is not None:
        yield "☎️ " + "\n".join(_trust_phone(hotlines.trust_phone, language))
    if hotlines.anti_corruption:
        yield "⚖️ " + _("Anti-Corruption Committee: {phone}").format(phone=html.quote(hotlines.anti_corruption))
    if hotlines.counsellor:
        yield "🫂 " + _("Counsellor (psychologist): {phone}").format(phone=html.quote(hotlines.counsellor))
    if hotlines.emergency:
        phones = html.quote(", ".join(hotlines.emergency))
        yield "🆘 " + _("If life is in danger: {phone}").format(phone=phones)


def _trust_phone(line: TrustPhone, language: Language) -> Iterator[str]:
    hours, who = line.hours.get(language), line.who.get(language)
    yield _("Trust phone: {phone}").format(phone=html.quote(line.phone))
    if hours:
        yield _("Hours: {hours}").format(hours=html.quote(hours))
    if who:
        yield _("Who answers: {who}").format(who=html.quote(who))
