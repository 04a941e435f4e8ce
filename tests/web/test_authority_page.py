"""`/authority`: the university's digital certificate, how to trust it, and the limits said plainly."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from bot.documents.authority import generate
from bot.documents.public_certificates import read_certificate
from bot.documents.signing import generated_key, load_p12
from bot.documents.university import load
from bot.press import Press, info_of
from bot.web.authority_page import _to_trust
from services.access import OPERATOR
from services.certificates.ports import SigningKeyInfo
from services.languages import Language
from tests.support.website import Website
from tests.unit.documents.test_signing import bundle, certificate_for

_TITLE = {
    Language.KY: "Университеттин кол тамгасына кантип ишенүү керек",
    Language.RU: "Как настроить доверие к подписи университета",
    Language.EN: "How to trust the university&#39;s signature",
}
_LIMIT = {
    Language.KY: "квалификациялуу электрондук кол тамга эмес",
    Language.RU: "квалифицированн",
    Language.EN: "This is not a state-qualified electronic signature.",
}


@pytest.mark.parametrize("language", Language)
async def test_page_says_how_to_trust_the_key_and_what_the_signature_does_not_prove(
    site: Website, press: Press, language: Language
) -> None:
    answer = await site.get(f"/authority?lang={language.value}")
    page = await answer.text()
    assert (answer.status, answer.headers["Content-Language"]) == (200, language.value)
    assert _TITLE[language] in page
    assert _LIMIT[language] in page
    authority = read_certificate(press.key.authority_pems[0])
    assert authority is not None
    assert authority.groups in page
    for place in ("Acrobat Reader", "Windows", "macOS", "Firefox", "/authority.pem", "/authority.cer"):
        assert place in page


@pytest.mark.parametrize("path", ["/verify", "/verify/7K3QX9MVP2RTABCDE123", "/verify/what"])
async def test_pages_of_the_verification_lead_there(site: Website, path: str) -> None:
    page = await (await site.get(f"{path}?lang=en")).text()
    assert 'href="/authority?lang=en"' in page


async def test_both_files_are_the_authority(site: Website, press: Press) -> None:
    pem, cer = await site.get("/authority.pem"), await site.get("/authority.cer")
    authority = x509.load_pem_x509_certificate(press.key.authority_pems[0].encode())
    assert x509.load_pem_x509_certificates(await pem.read()) == [authority]
    assert x509.load_der_x509_certificate(await cer.read()) == authority
    assert (pem.content_type, cer.content_type) == ("application/x-pem-file", "application/pkix-cert")
    assert "attachment" in cer.headers["Content-Disposition"]


async def test_other_keys_are_offered_too_and_a_leaked_one_is_warned_of(site: Website, press: Press) -> None:
    good, leaked = (info_of(generated_key(generate(load(), site.clock.now()))) for _ in range(2))
    keys = site.container.keys
    await keys.rotate(OPERATOR, leaked, good)
    await keys.rotate(OPERATOR, good, press.key)
    await keys.invalidate(OPERATOR, leaked.fingerprint, site.clock.now())
    page = await (await site.get("/authority?lang=en")).text()
    cards = {key.fingerprint: read_certificate(key.authority_pems[0]) for key in (good, leaked)}
    for fingerprint, is_offered in ((good.fingerprint, True), (leaked.fingerprint, False)):
        card = cards[fingerprint]
        assert card is not None
        assert card.groups in page
        assert (f'href="/authority/{card.fingerprint}.cer"' in page) is is_offered
        assert await (await site.get(f"/authority/{card.fingerprint}.cer")).read() == card.der
    assert page.count("This key is invalid since") == 1
    assert (await site.get(f"/authority/{'0' * 64}.cer")).status == 404


def test_key_from_outside_offers_its_chain_the_root_first() -> None:
    root_key, own_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate_for(root_key)
    own = certificate_for(own_key, (root, root_key))
    key = info_of(load_p12(bundle(own_key, own, root), "секрет"))
    assert [card.der for card in _to_trust(key)] == [one.public_bytes(Encoding.DER) for one in (root, own)]
    alone = info_of(load_p12(bundle(own_key, own), "секрет"))
    assert [card.fingerprint for card in _to_trust(alone)] == [own.fingerprint(SHA256()).hex()]


def test_what_is_no_certificate_is_not_offered() -> None:
    assert _to_trust(SigningKeyInfo(fingerprint="", certificate_pem="", authority_pems=("no certificate",))) == ()
