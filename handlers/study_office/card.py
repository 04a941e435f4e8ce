"""A person's card."""

from collections.abc import Iterator
from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from handlers.common.roles import days, role_name, state_text
from handlers.study_office.certificate_texts import certificate_line
from handlers.study_office.facts import (
    LENGTHS,
    cut,
    fact_name,
    fact_value,
    first_that_fits,
    kind_name,
    status_name,
)
from services.corrections.dto import Correction, Fact
from services.corrections.rules import value_of
from services.languages import Language
from services.linking.dto import LinkWay
from services.people.dto import PersonKind
from services.people.facts import ENDS
from services.roles.dto import Grant, GrantState
from services.study_office.dto import LackingLanguage, LinkState, MissingFact, PersonCard

#: Days before a visa, a registration or a work permit ends from which on it is marked.
NEAR = 30
_NAMES = (Fact.LAST_NAME, Fact.FIRST_NAME, Fact.PATRONYMIC, Fact.NAME_LATIN)
_ENDING = tuple(map(Fact, ENDS))
_STUDIES = (
    Fact.PROGRAMME_KY, Fact.PROGRAMME_RU, Fact.PROGRAMME_EN, Fact.DEGREE, Fact.STUDY_FORM, Fact.FUNDING,
    Fact.ADMISSION_ORDER, Fact.ADMISSION_DATE, Fact.EXPECTED_GRADUATION,
)  # fmt: skip
_POSTS = (Fact.POST_KY, Fact.POST_RU, Fact.POST_EN)
_WORK = (*_POSTS, Fact.CURATOR_OF)
_REST = (Fact.BIRTH_DATE, Fact.PHONE, Fact.EMAIL, Fact.CITIZENSHIP, *_ENDING)
#: Shown with a dash where they are empty, for their absence says something.
_TELLING = {
    PersonKind.STUDENT: {Fact.NAME_LATIN, Fact.PHONE, *_STUDIES[:3], *_STUDIES[6:]},
    PersonKind.STAFF: {Fact.PHONE, *_POSTS},
}


def facts_of(card: PersonCard) -> tuple[Fact, ...]:
    """Return the facts that are asked for of such a person, in the order of the card."""
    return (*_NAMES, *(_STUDIES if card.entry.kind is PersonKind.STUDENT else _WORK), *_REST)


def card_text(card: PersonCard, reader: Reader, done: str = "") -> str:
    """Say all that is known of a person; long values are cut where the whole would not fit into a message.

    `done`: what was just done for them, to stand above.
    """
    note = [done, ""] if done else []
    texts = ("\n".join([*note, *_lines(card, reader, longest)]) for longest in LENGTHS)
    return first_that_fits(texts) or _shortest(card)


def _shortest(card: PersonCard) -> str:
    """Say who it is, for a card that is too long in every way."""
    return _("<b>{person}</b>\nThere is too much to show at once: open the facts and the certificates below.").format(
        person=html.quote(cut(card.name, LENGTHS[0]))
    )


def _lines(card: PersonCard, reader: Reader, longest: int) -> Iterator[str]:
    entry = card.entry
    yield f"<b>{html.quote(cut(card.name, longest))}</b>"
    number = html.quote(cut(entry.person_no, longest))
    status = status_name(entry.kind, entry.status, absent=card.absent_since is not None)
    yield f"№ {number} · {kind_name(entry.kind)} · {status}"
    if card.absent_since is not None:
        yield _("Out of the roster since: {moment}").format(moment=reader.moment(card.absent_since))
    yield ""
    yield from _places(card, reader, longest)
    yield from _facts(card, reader, longest)
    yield from _troubles(card)
    yield ""
    yield from _account(card, reader)
    yield from _certificates(card, reader)


def _places(card: PersonCard, reader: Reader, longest: int) -> Iterator[str]:
    entry = card.entry
    unit = (card.unit_name.get(reader.language) or card.unit_name.ky if card.unit_name else "") or entry.unit
    if unit:
        yield _("Unit: {unit}").format(unit=html.quote(cut(unit, longest)))
    if entry.course is not None:
        yield _("Year of study: {course}").format(course=entry.course)
    if entry.group_name:
        yield _("Study group: {group}").format(group=html.quote(cut(entry.group_name, longest)))


def _facts(card: PersonCard, reader: Reader, longest: int) -> Iterator[str]:
    corrected = {correction.fact: correction for correction in card.corrections}
    names = {Fact.LAST_NAME, Fact.FIRST_NAME, Fact.PATRONYMIC}  # they stand in the heading
    for fact in facts_of(card):
        value = value_of(card.entry, fact)
        if fact in corrected:
            yield corrected_line(corrected[fact], reader, longest)
        elif fact not in names and (value or fact in _TELLING[card.entry.kind]):
            yield f"{fact_name(fact)}: {fact_value(fact, cut(value, longest), reader)}{_ending(card, fact)}"


def corrected_line(correction: Correction, reader: Reader, longest: int = LENGTHS[0]) -> str:
    """Say what officials know, and what the source says."""
    return _("✏️ {fact}: {value} (the source says: {source})").format(
        fact=fact_name(correction.fact),
        value=fact_value(correction.fact, cut(correction.value, longest), reader),
        source=fact_value(correction.fact, cut(correction.roster_value, longest), reader),
    )


def _ending(card: PersonCard, fact: Fact) -> str:
    """Mark a day that is near or past."""
    ends: date | None = getattr(card.entry, fact.value) if fact in _ENDING else None
    if ends is None:
        return ""
    left = (ends - card.today).days
    if left < 0:
        return " " + _("❗ has ended")
    if left > NEAR:
        return ""
    return " " + ngettext("⚠️ {days} day left", "⚠️ {days} days left", left).format(days=left)


def _troubles(card: PersonCard) -> Iterator[str]:
    if card.lacking or card.unprintable:
        yield ""
    for lacking in card.lacking:
        yield lacking_line(lacking)
    if card.unprintable:
        facts = ", ".join(fact_name(fact) for fact in card.unprintable)
        yield _("⚠️ No certificate can be printed, for these hold signs that paper cannot show: {facts}").format(
            facts=facts
        )


def lacking_line(lacking: LackingLanguage) -> str:
    """Say what certificates in a language want."""
    sentences = {
        Language.KY: _("⚠️ For a certificate in Kyrgyz these are missing: {facts}"),
        Language.RU: _("⚠️ For a certificate in Russian these are missing: {facts}"),
        Language.EN: _("⚠️ For a certificate in English these are missing: {facts}"),
    }
    return sentences[lacking.language].format(facts=", ".join(missing_name(fact) for fact in lacking.facts))


def missing_name(missing: MissingFact) -> str:
    """Return what a missing fact is called."""
    if missing.fact is not None:
        return fact_name(missing.fact)
    names = {"unit": _("Unit"), "course": _("Year of study"), "group": _("Study group")}
    return names.get(missing.name, html.quote(missing.name))


def _account(card: PersonCard, reader: Reader) -> Iterator[str]:
    in_force = [link for link in card.links if link.in_force]
    yield from (_link_line(link, reader) for link in card.links)
    if not in_force and card.first_linked_at is not None:
        yield _("🔗 No Telegram account is linked now; the first was linked: {moment}").format(
            moment=reader.moment(card.first_linked_at)
        )
    elif not in_force:
        yield _("🔗 No Telegram account was ever linked.")
    for role in card.roles:
        yield from _role_lines(role, reader)


def _link_line(link: LinkState, reader: Reader) -> str:
    ways = {
        LinkWay.CODE: _("🔗 Linked by a one-time code: {moment}"),
        LinkWay.CONTACT: _("🔗 Linked by their own contact: {moment}"),
        LinkWay.REQUEST: _("🔗 Linked by the Study Office on request: {moment}"),
    }
    linked = ways[link.way].format(moment=reader.moment(link.linked_at))
    if not link.frozen:
        return linked
    if link.disowned_at is None:
        return f"{linked}\n" + _("❄️ The account is frozen.")
    moment = reader.moment(link.disowned_at)
    return f"{linked}\n" + _("❄️ The account is frozen: somebody said that it is not theirs. {moment}").format(
        moment=moment
    )


def _role_lines(role: Grant, reader: Reader) -> Iterator[str]:
    parts = [role_name(role.role, of_unit=role.unit is not None)]
    if role.unit is not None:
        parts.append(html.quote(role.unit.code))
    begun = role.state is not GrantState.NOT_YET
    if begun and role.period.last is not None:
        parts.append(_("until {date} inclusive").format(date=reader.day(role.period.last)))
    yield _("🛡 Role: {role}").format(role=", ".join(parts))
    if not begun:
        yield days(role.period, reader.language, reader.dates)
    if role.state is not GrantState.IN_FORCE:
        yield state_text(role.state)


def _certificates(card: PersonCard, reader: Reader) -> Iterator[str]:
    shown = card.certificates
    if not shown.total:
        return
    yield ""
    yield _("📄 Certificates: {number}").format(number=shown.total)
    yield from (certificate_line(certificate, reader) for certificate in shown.certificates)
