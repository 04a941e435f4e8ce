"""What most tests of documents need: the demonstration university, one renderer and one key for all of them."""

import pytest

from bot.documents.pades import PadesSigner
from bot.documents.paper import compose
from bot.documents.render import CertificateRenderer
from bot.documents.signing import SigningKey, open_key
from bot.documents.university import University, load
from services.languages import Language
from tests.unit.documents.samples import LINKS, SIGNED_AT, order


@pytest.fixture(scope="session")
def university() -> University:
    return load()


@pytest.fixture(scope="session")
def renderer() -> CertificateRenderer:
    return CertificateRenderer()


@pytest.fixture(scope="session")
def key(university: University, tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return open_key(None, "", tmp_path_factory.mktemp("data"), university, now=SIGNED_AT)


@pytest.fixture(scope="session")
def drawn(university: University, renderer: CertificateRenderer) -> bytes:
    """Return a paper in Kyrgyz, not signed."""
    return renderer.render(compose(university, order(Language.KY), LINKS))


@pytest.fixture(scope="session")
def signed(key: SigningKey, drawn: bytes) -> bytes:
    """Return that paper, signed."""
    return PadesSigner(key).sign(drawn, signed_at=SIGNED_AT, reason="test", contact="test")
