"""Rendering and signing one certificate: processor time."""

import statistics
import time
from datetime import UTC, date, datetime
from pathlib import Path

from bot.documents import university as university_file
from bot.documents.links import PublicLinks
from bot.documents.pades import PadesSigner
from bot.documents.paper import compose
from bot.documents.render import CertificateRenderer
from bot.documents.signing import SigningKey, open_key
from services.certificates.dto import PaperOrder
from services.codes import generate_code
from services.languages import Language

_PAPERS = 100


def measure(data_dir: Path) -> list[float]:
    """Return the processor seconds of each paper, languages in turn."""
    university, now = university_file.load(), datetime.now(UTC)
    renderer, signer = CertificateRenderer(), PadesSigner(key(data_dir))
    links = PublicLinks(public_url="https://bot.university.example", bot_username="university_bot")
    seconds = []
    for number in range(_PAPERS):
        paper = compose(university, order_of(number), links)
        begun = time.process_time()
        signer.sign(renderer.render(paper), signed_at=now, reason="bench", contact=paper["qr"])
        seconds.append(time.process_time() - begun)
    return seconds[3:]


def key(data_dir: Path) -> SigningKey:
    """Return the key that a bot finds in its folder."""
    return open_key(None, "", data_dir, university_file.load(), now=datetime.now(UTC))


def median(seconds: list[float]) -> float:
    """Return the median."""
    return statistics.median(seconds)


def order_of(number: int) -> PaperOrder:
    """Return an order, languages in turn."""
    language = list(Language)[number % 3]
    return PaperOrder(
        kind="study",
        language=language,
        number=f"2026-{number:05d}",
        code=generate_code(20),
        issued_on=date(2026, 11, 21),
        valid_until=date(2026, 12, 21),
        facts={
            "name": "Mamatova Aizada" if language is Language.EN else "Маматова Айзада Бакытовна",
            "unit": "Institute of Information Technologies",
            "programme": "Software Engineering",
            "degree": "bachelor",
            "course": "2",
            "study_form": "full_time",
            "admission_order": "№ 45, 20.08.2025",
            "expected_graduation": "2029-06-30",
        },
    )
