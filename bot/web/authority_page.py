"""`/authority`: the public certificate of the university's key, how to trust it, and what the signature proves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.documents.public_certificates import CertificateCard, read_certificate
from bot.web.pages import Pages
from handlers.common.ports import LocalDates
from services.certificates.ports import SigningKeyInfo
from services.keys.dto import KnownKey
from services.keys.service import KeyService
from services.languages import Language

_CER = "application/pkix-cert"
_PEM = "application/x-pem-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateView:
    """A certificate as the page shows it; dates in the reader's language, `invalid_since` empty for a good key."""

    name: str
    groups: str
    valid_until: str
    address: str
    invalid_since: str


class AuthorityPages:
    """The page and the files. `key` signs now; others come from the register."""

    def __init__(self, pages: Pages, keys: KeyService, key: SigningKeyInfo, dates: LocalDates) -> None:
        self._pages = pages
        self._keys = keys
        self._dates = dates
        self._fingerprint = key.fingerprint
        self._present = _to_trust(key)

    def add_routes(self, app: web.Application) -> None:
        """Add the page and the files."""
        app.router.add_get("/authority", self._show, name="authority")
        app.router.add_get("/authority.pem", self._pem, name="authority.pem")
        app.router.add_get("/authority.cer", self._cer, name="authority.cer")
        app.router.add_get("/authority/{fingerprint:[0-9a-f]{64}}.cer", self._other, name="authority.other")

    async def _show(self, request: web.Request) -> web.Response:
        known = await self._keys.list_known()
        invalid = {key.fingerprint: key.invalid_since for key in known}.get(self._fingerprint)
        with self._pages.reader(request) as reader:
            return self._pages.page(
                reader,
                "authority.html",
                present=[self._view(card, invalid, reader.language) for card in self._present],
                others=[self._view(card, since, reader.language) for card, since in self._others(known)],
            )

    async def _pem(self, _request: web.Request) -> web.Response:
        return _file("".join(card.pem for card in self._present).encode(), _PEM, "university.pem")

    async def _cer(self, _request: web.Request) -> web.Response:
        return _file(self._present[0].der if self._present else b"", _CER, "university.cer")

    async def _other(self, request: web.Request) -> web.Response:
        wanted = request.match_info["fingerprint"]
        cards = [*self._present, *(card for card, _since in self._others(await self._keys.list_known()))]
        found = next((card.der for card in cards if card.fingerprint == wanted), b"")
        return _file(found, _CER, f"university-{wanted[:8]}.cer")

    def _others(self, known: Sequence[KnownKey]) -> list[tuple[CertificateCard, datetime | None]]:
        """Return the certificates to trust for the papers of other keys, each once."""
        seen = {card.fingerprint for card in self._present}
        others = []
        for key in known:
            for card in filter(None, map(read_certificate, key.authority_pems)):
                if key.fingerprint != self._fingerprint and card.fingerprint not in seen:
                    seen.add(card.fingerprint)
                    others.append((card, key.invalid_since))
        return others

    def _view(self, card: CertificateCard, invalid_since: datetime | None, language: Language) -> CertificateView:
        return CertificateView(
            name=card.name,
            groups=card.groups,
            valid_until=self._dates.date(self._dates.today(card.valid_until), language),
            address=f"/authority/{card.fingerprint}.cer",
            invalid_since=self._dates.moment(invalid_since, language) if invalid_since else "",
        )


def _to_trust(key: SigningKeyInfo) -> tuple[CertificateCard, ...]:
    """Return the certificates that a reader needs, the one to trust first.

    That is the generated authority; with a key from outside, the chain from its root down to the signer.
    """
    pems = [*reversed(key.chain_pems), *(pem for pem in key.authority_pems if pem not in key.chain_pems)]
    return tuple(filter(None, map(read_certificate, pems)))


def _file(content: bytes, kind: str, name: str) -> web.Response:
    if not content:
        raise web.HTTPNotFound
    return web.Response(
        body=content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
