"""The press as the printing service sees it: one kind of failure, and the key as the register keeps it."""

from datetime import datetime

from bot.documents.certificates import CertificatePress
from bot.documents.errors import UnprintableTextError
from bot.documents.signing import SigningKey, SigningKeyError
from services.certificates.dto import Paper, SignedPaper
from services.certificates.ports import PaperSpoiled, SigningKeyInfo


class Press:
    """Renders and signs with the university's key (`services.certificates.ports.PaperPress`)."""

    def __init__(self, key: SigningKey) -> None:
        self._press = CertificatePress(key)
        self.key = SigningKeyInfo(
            fingerprint=key.fingerprint,
            certificate_pem=key.certificate_pem.decode(),
            authority_pems=tuple(pem.decode() for pem in key.authority_pems),
        )

    async def produce(self, paper: Paper, *, code: str, signed_at: datetime) -> SignedPaper:
        """Return the signed document."""
        try:
            return await self._press.produce(paper, code=code, signed_at=signed_at)
        except (UnprintableTextError, SigningKeyError) as error:
            raise PaperSpoiled(type(error).__name__) from error

    async def warm_up(self) -> None:
        """Load the tools before the first paper is asked for."""
        await self._press.warm_up()

    def close(self) -> None:
        """Finish what is in hand."""
        self._press.close()
