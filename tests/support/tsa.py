"""A time-stamp authority on this machine, and everything that can be wrong with one."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

Answer = Callable[[tsp.TimeStampReq], bytes]

_BEGINS = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class TimeAuthority:
    """Says the time under its own root; `root_pem` is what `openssl ts -verify` is given."""

    def __init__(self, *, usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING) -> None:
        root_key = ec.generate_private_key(ec.SECP256R1())
        key = rsa.generate_private_key(65537, 2048)
        root = _builder("Time Root", "Time Root", root_key.public_key(), ca=True).sign(root_key, SHA256())
        own = _builder("Time Authority", "Time Root", key.public_key(), ca=False)
        own = own.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._stamper = DummyTimeStamper(
            asn1_x509.Certificate.load(own.sign(root_key, SHA256()).public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(der),
            fixed_dt=dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC),
        )
        self.root_pem = root.public_bytes(Encoding.PEM)

    def answer(self, question: tsp.TimeStampReq) -> bytes:
        """Return a good answer."""
        return bytes(self._stamper.request_tsa_response(question).dump())


class LocalTsa:
    """The authority as a web server; `answer` may be exchanged for a bad one, `status` and `delay` too."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.status = 200
        self.delay = 0.0
        self.asked = 0
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        """Answer a question."""
        self.asked += 1
        question = tsp.TimeStampReq.load(await request.read())
        await asyncio.sleep(self.delay)
        body = self.answer(question)
        return web.Response(status=self.status, body=body, content_type="application/timestamp-reply")


@asynccontextmanager
async def local_tsa(answer: Answer) -> AsyncIterator[LocalTsa]:
    """Serve while the block lasts."""
    tsa = LocalTsa(answer)
    app = web.Application()
    app.router.add_post("/tsa", tsa.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    tsa.url = f"http://127.0.0.1:{runner.addresses[0][1]}/tsa"
    try:
        yield tsa
    finally:
        await runner.cleanup()


def _builder(
    subject: str, issuer: str, key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, *, ca: bool
) -> x509.CertificateBuilder:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in (issuer, subject)]
    builder = x509.CertificateBuilder(names[0], names[1], key, x509.random_serial_number())
    builder = builder.not_valid_before(_BEGINS).not_valid_after(_BEGINS + dt.timedelta(days=20_000))
    return builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
