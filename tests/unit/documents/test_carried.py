"""What a certificate carries for machines."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.documents import carried
from bot.documents import university as university_file
from bot.documents.inspection import inspect
from bot.documents.links import PublicLinks
from bot.documents.own_file import OwnFileReader
from bot.documents.pades import PadesSigner
from bot.documents.paper import compose
from bot.documents.render import CertificateRenderer
from bot.documents.signing import open_key
from services.certificates.dto import PaperOrder, Replaced
from services.languages import Language

ORDER = PaperOrder(
    kind="study",
    language=Language.KY,
    number="2026-00041",
    code="7K3QX9MVP2RTABCDE123",
    issued_on=date(2026, 11, 20),
    valid_until=date(2026, 12, 20),
    facts={
        "name": 'Үсөнова Жаңыл, «Өмүрбековна» \\ "()"',
        "unit": "МТИ",
        "programme": "Программалык инженерия",
        "degree": "bachelor",
        "course": "2",
        "study_form": "full_time",
        "admission_order": "№ 45",
        "expected_graduation": "2029-06-30",
    },
    replaces=Replaced(id=0, number="2026-00040", issued_on=date(2026, 11, 19)),
)


def test_order_is_read_as_it_was_written() -> None:
    for order in (ORDER, replace(ORDER, valid_until=None, replaces=None)):
        text = carried.written(order)
        assert text.isascii()
        assert carried.read(text) == order
        assert carried.read(f"справка, {text}, © 2026") == order


def test_keywords_without_an_order_carry_none() -> None:
    whole = carried.written(ORDER)
    for keywords in ("", "справка", "kabarchy-order:", "kabarchy-order:e30=", "kabarchy-order:%%%", whole[:-40]):
        assert carried.read(keywords) is None


def test_signed_file_says_its_order_its_time_and_its_key(tmp_path: Path) -> None:
    university, now = university_file.load(), datetime(2026, 11, 21, 6, tzinfo=UTC)
    key = open_key(None, "", tmp_path, university, now=datetime.now(UTC))
    paper = compose(university, ORDER, PublicLinks(public_url="", bot_username="university_bot"))
    renderer, signer = CertificateRenderer(), PadesSigner(key)
    signed = signer.sign(renderer.render(paper), signed_at=max(now, key.valid_from), reason="r", contact="c")
    authorities = [*key.authority_pems, *open_key(None, "", tmp_path / "other", university, now=now).authority_pems]
    assert inspect(signed, authorities).unchanged
    file = OwnFileReader().read(signed, authorities)
    assert file is not None
    assert file.order == ORDER
    assert file.signed_at == max(now, key.valid_from).replace(microsecond=0)
    assert file.key.fingerprint == key.fingerprint
    assert file.key.authority_pems == tuple(pem.decode() for pem in key.authority_pems)
    bare = {name: value for name, value in paper.items() if name != "order"}
    old = signer.sign(renderer.render(bare), signed_at=key.valid_from, reason="r", contact="c")
    assert OwnFileReader().read(old, authorities) is None
