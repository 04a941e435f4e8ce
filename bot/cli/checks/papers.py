"""The key and the papers: every kind of the university file in every language, printed, signed and checked."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.cli.checks.finding import Finding, State, bad, good, note
from bot.cli.checks.keys import check_register_of_keys, check_time_stamps
from bot.cli.checks.samples import sample_orders
from bot.documents import university as university_file
from bot.documents.certificates import CertificatePress, FileInspector
from bot.documents.coverage import can_print
from bot.documents.errors import UnprintableTextError
from bot.documents.links import PublicLinks
from bot.documents.paper import IncompleteOrderError, UnknownKindError, compose
from bot.documents.signing import GENERATED, SigningKey, SigningKeyError, open_key
from bot.documents.university_model import KindWording, University
from bot.settings import Settings
from services.certificates.dto import PaperOrder
from services.languages import Language

_SOON = timedelta(days=30)
_COARSE = 30  # dots an inch: nobody looks at them
_ANOTHER_KEY = "put another key into SIGNING_P12"


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
    links = PublicLinks(public_url=settings.public_url, bot_username="kabarchy_bot")
    press, inspector = CertificatePress(key, workers=1), FileInspector(workers=1)
    trial = _Trial(university=university, links=links, press=press, inspector=inspector, key=key)
    try:
        printed = [
            await trial.print_kind(wording, language)
            for wording in university.kinds.values()
            for language in wording.kind.languages
        ]
        return [await trial.sign(), *printed] if all(it.state is State.GOOD for it in printed) else printed
    finally:
        press.close()
        inspector.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """Prints invented papers."""

    university: University
    links: PublicLinks
    press: CertificatePress
    inspector: FileInspector
    key: SigningKey

    async def print_kind(self, wording: KindWording, language: Language) -> Finding:
        """Word all that a kind can say in a language, and draw each value of each condition."""
        subject, drawn, count = f"certificate {wording.kind.id}/{language.value}", set[tuple[str, str]](), 0
        for order in self._orders(wording, language):
            way = {(name, order.facts[name]) for name in _deciding(wording) if name in order.facts}
            try:
                paper = compose(self.university, order, self.links)
                _require_printable(paper)
                if count == 0 or not way <= drawn:
                    await self.press.preview(paper, dpi=_COARSE)
            except (UnprintableTextError, IncompleteOrderError, UnknownKindError, ValueError) as error:
                where = ", ".join(f"{name} = {value}" for name, value in sorted(way))
                return bad(subject, f"{error} ({where})" if where else str(error), "correct UNIVERSITY_FILE")
            drawn |= way
            count += 1
        return good(subject, f"printed, with {count} samples")

    async def sign(self) -> Finding:
        """Sign a paper and look at it as somebody who doubts it."""
        wording = next(iter(self.university.kinds.values()))
        order = next(self._orders(wording, wording.kind.languages[0]))
        paper = compose(self.university, order, self.links)
        try:
            signed = await self.press.produce(paper, code=order.code, signed_at=datetime.now(UTC))
        except SigningKeyError as error:
            return bad("signature", str(error), _ANOTHER_KEY)
        finding = await self.inspector.inspect(signed.content, self.key.authority_pems)
        if not (finding.signed_by_us and finding.unchanged and finding.key_valid_then):
            return bad("signature", "a paper was signed, but its signature does not hold", _ANOTHER_KEY)
        return good("signature", f"a paper was signed and verified ({len(signed.content) // 1024} KB)")

    def _orders(self, wording: KindWording, language: Language) -> Iterator[PaperOrder]:
        return sample_orders(wording.kind, language, _deciding(wording), datetime.now(UTC).date())


def _require_printable(content: object) -> None:
    """Look at every text of a paper.

    Raises:
        UnprintableTextError: a sign of it is not in the fonts.
    """
    if isinstance(content, str) and not can_print(content):
        raise UnprintableTextError(f"“{content}” has a sign that the fonts lack")
    if isinstance(content, Mapping):
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            _require_printable(part)


def _deciding(wording: KindWording) -> frozenset[str]:
    """Return the facts on whose values it depends what a paper says."""
    lines = (*wording.openings, *wording.lines, *wording.endings)
    needed = {name for rule in wording.kind.facts for name in rule.needed_when}
    return frozenset(needed | {name for line in lines for name in line.when})
