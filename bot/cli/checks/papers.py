"""The key and the papers: every kind of the university file in every language, printed, signed and checked."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.cli.checks.finding import Finding, bad, good, note
from bot.cli.checks.keys import check_register_of_keys, check_time_stamps
from bot.documents import university as university_file
from bot.documents.certificates import CertificatePress, FileInspector
from bot.documents.errors import UnprintableTextError
from bot.documents.links import PublicLinks
from bot.documents.paper import IncompleteOrderError, UnknownKindError, compose
from bot.documents.signing import GENERATED, SigningKey, SigningKeyError, open_key
from bot.documents.university_model import University
from bot.settings import Settings
from services.certificates.dto import CertificateKind, FactRule, FactType, PaperOrder
from services.certificates.rules import new_code, valid_until
from services.languages import Language

_SOON = timedelta(days=30)
#: All letters that the languages need beyond the usual ones.
_SAMPLES = {
    Language.KY: "Үсөнова Жаңыл Өмүрбековна",
    Language.RU: "Щёголева Юлия Объедкова",
    Language.EN: "O'Brien-Smith Zoe",
}


async def check_papers(settings: Settings, address: str | None) -> list[Finding]:
    """Check the university file, the key, and both together; `address` is the database's, if there is one."""
    try:
        university = university_file.load(settings.university_file)
    except university_file.UniversityFileError as error:
        return [bad("university file", "; ".join(error.problems), f"correct {error.path}")]
    name = settings.university_file or "the demonstration university (UNIVERSITY_FILE is empty)"
    findings = [good("university file", f"{len(university.kinds)} kind(s) of certificate: {name}")]
    key_finding, key = _check_key(settings, university)
    findings.append(key_finding)
    if key is not None:
        findings += await check_register_of_keys(address, key) if address is not None else []
        findings += await _print_all(settings, university, key)
    return [*findings, *await check_time_stamps(settings)]


def _check_key(settings: Settings, university: University) -> tuple[Finding, SigningKey | None]:
    subject, now = "signing key", datetime.now(UTC)
    password = settings.signing_password.get_secret_value()
    missing = settings.signing_p12 is None and not (settings.data_dir / GENERATED).exists()
    try:
        if missing:
            with tempfile.TemporaryDirectory() as trial:
                key = open_key(None, "", Path(trial), university, now=now)
            return note(subject, f"will be made in {settings.data_dir / GENERATED} at the first run"), key
        key = open_key(settings.signing_p12, password, settings.data_dir, university, now=now)
    except SigningKeyError as error:
        return bad(subject, str(error), "correct SIGNING_P12 and SIGNING_PASSWORD"), None
    until = f"valid until {key.valid_until:%Y-%m-%d}"
    if key.valid_until - now < _SOON:
        return note(
            subject, until, "run `kabarchy key rotate`, or put a new SIGNING_P12 in place, before that day"
        ), key
    return good(subject, until), key


async def _print_all(settings: Settings, university: University, key: SigningKey) -> list[Finding]:
    press, inspector = CertificatePress(key, workers=1), FileInspector(workers=1)
    links = PublicLinks(public_url=settings.public_url, bot_username="kabarchy_bot")
    try:
        return [
            await _print_one(_order(kind, language), university, links, press, inspector, key)
            for kind in university.certificate_kinds
            for language in kind.languages
        ]
    finally:
        press.close()
        inspector.close()


async def _print_one(
    order: PaperOrder,
    university: University,
    links: PublicLinks,
    press: CertificatePress,
    inspector: FileInspector,
    key: SigningKey,
) -> Finding:
    subject = f"certificate {order.kind}/{order.language.value}"
    try:
        paper = compose(university, order, links)
        signed = await press.produce(paper, code=order.code, signed_at=datetime.now(UTC))
    except (UnprintableTextError, IncompleteOrderError, UnknownKindError, SigningKeyError, ValueError) as error:
        return bad(subject, str(error) or type(error).__name__, "correct UNIVERSITY_FILE")
    finding = await inspector.inspect(signed.content, key.authority_pems)
    if not (finding.signed_by_us and finding.unchanged and finding.key_valid_then):
        return bad(subject, "was printed, but its signature does not hold", "put another key into SIGNING_P12")
    return good(subject, f"printed, signed and verified ({len(signed.content) // 1024} KB)")


def _order(kind: CertificateKind, language: Language) -> PaperOrder:
    today = datetime.now(UTC).date()
    facts = {rule.name: _sample(rule, language, today) for rule in kind.facts}
    return PaperOrder(
        kind=kind.id,
        language=language,
        number=f"{today.year}-00000",
        code=new_code(),
        issued_on=today,
        valid_until=valid_until(kind, today, facts),
        facts=facts,
    )


def _sample(rule: FactRule, language: Language, today: date) -> str:
    if rule.type is FactType.DATE:
        return today.isoformat()
    if rule.type is FactType.CHOICE:
        return min(rule.choices, default="")
    return _SAMPLES[language]
