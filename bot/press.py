"""The press as the printing service sees it: one kind of failure, and the key as the register keeps it."""

from collections.abc import Sequence
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
        self.key = info_of(key)

    async def produce(self, paper: Paper, *, code: str, signed_at: datetime) -> SignedPaper:
        """Return the signed document.

        Raises:
            PaperSpoiled: the paper or the key is at fault. Not the machine: no memory, a full disk, threads that end.
        """
        try:
            return await self._press.produce(paper, code=code, signed_at=signed_at)
        except Exception as error:
            if not _is_of_the_paper(error):
                raise
            raise PaperSpoiled(type(error).__name__) from None  # Typst quotes the paper, and the paper names a person

    async def preview(self, paper: Paper) -> Sequence[bytes]:
        """Return the pages of a paper as PNG pictures, unsigned."""
        return await self._press.preview(paper)

    async def warm_up(self) -> None:
        """Load the tools before the first paper is asked for."""
        await self._press.warm_up()

    def close(self) -> None:
        """Finish what is in hand."""
        self._press.close()


def info_of(key: SigningKey) -> SigningKeyInfo:
    """Return what the register keeps of a key."""
    return SigningKeyInfo(
        fingerprint=key.fingerprint,
        certificate_pem=key.certificate_pem.decode(),
        authority_pems=tuple(pem.decode() for pem in key.authority_pems),
        chain_pems=tuple(pem.decode() for pem in key.chain_pems),
    )


def _is_of_the_paper(error: Exception) -> bool:
    """Tell whether the same paper would fail again. `ValueError` is also a QR code that cannot hold its content."""
    if isinstance(error, UnprintableTextError | SigningKeyError | LookupError | TypeError | ValueError):
        return True
    import typst  # noqa: PLC0415 -- loaded by whatever failed; a heavy tool

    return isinstance(error, typst.TypstError)
