"""Prints, signs and inspects certificates away from the event loop. Light to import: the tools come with first use."""

import asyncio
import hashlib
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.documents.errors import UnprintableTextError
from bot.documents.inspection import DEFAULT_LIMIT, inspect
from bot.documents.signing import SigningKey
from services.certificates.dto import FileFinding, Paper, SignedPaper
from services.codes import printed_code

if TYPE_CHECKING:
    from bot.documents.pades import PadesSigner
    from bot.documents.render import CertificateRenderer

__all__ = ["CertificatePress", "FileInspector", "UnprintableTextError"]

_WORKERS: Final = 1  # a second would wait for the same interpreter, and each holds a compiler's memory


class CertificatePress:
    """Makes signed papers with one key in a thread of its own; close it at the end.

    The first paper costs half a second more, for the tools are loaded then; `warm_up` loads them beforehand.
    """

    def __init__(self, key: SigningKey, *, workers: int = _WORKERS) -> None:
        self._key = key
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="press")
        self._lock = threading.Lock()
        self._tools: tuple[CertificateRenderer, PadesSigner] | None = None

    async def produce(self, paper: Paper, *, code: str, signed_at: datetime) -> SignedPaper:
        """Draw and sign a paper.

        Args:
            paper: what `bot.documents.paper.compose` made.
            code: the certificate's code, which must be the one that is printed.
            signed_at: the moment that the signature claims, aware.

        Raises:
            ValueError: the paper carries another code, or the moment has no time zone.
            UnprintableTextError: a letter is not in the fonts.
            SigningKeyError: the key is not valid at that moment.
        """
        if printed_code(code) != paper["code"]:
            raise ValueError("the paper carries another code")
        if signed_at.utcoffset() is None:
            raise ValueError("a moment of signing without a time zone")
        loop = asyncio.get_running_loop()
        content = await loop.run_in_executor(self._threads, self._produce, paper, signed_at)
        return SignedPaper(content=content, sha256=hashlib.sha256(content).hexdigest(), signed_at=signed_at)

    async def preview(self, paper: Paper, *, dpi: int = 100) -> list[bytes]:
        """Draw a paper, unsigned, as PNG pictures; a letter that the fonts lack is an empty box in them."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: self._load()[0].preview(paper, dpi=dpi))

    async def warm_up(self) -> None:
        """Load the tools."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._load)

    def close(self) -> None:
        """Finish what is in hand and let the threads go."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _produce(self, paper: Paper, signed_at: datetime) -> bytes:
        renderer, signer = self._load()
        reason = f"{paper['title']} {paper['number_line']}"
        return signer.sign(renderer.render(paper), signed_at=signed_at, reason=reason, contact=paper["qr"])

    def _load(self) -> "tuple[CertificateRenderer, PadesSigner]":
        with self._lock:
            if self._tools is None:
                from bot.documents.pades import PadesSigner  # noqa: PLC0415 - pyHanko takes half a second
                from bot.documents.render import CertificateRenderer  # noqa: PLC0415 - Typst takes 0.15 s

                self._tools = CertificateRenderer(), PadesSigner(self._key)
            return self._tools


class FileInspector:
    """Inspects files against the university's authorities in a thread of its own; close it at the end."""

    def __init__(self, *, limit: int = DEFAULT_LIMIT, workers: int = _WORKERS) -> None:
        self._limit = limit
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="inspect")

    async def inspect(self, content: bytes, authorities: Sequence[bytes]) -> FileFinding:
        """Look at a file of unknown origin, as `bot.documents.inspection.inspect` does."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: inspect(content, authorities, limit=self._limit))

    def close(self) -> None:
        """Finish what is in hand and let the threads go."""
        self._threads.shutdown(wait=True, cancel_futures=True)
