"""A student for the tests, in the languages of her papers."""

import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from os import environ
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.documents.links import PublicLinks
from services.certificates.dto import PaperOrder
from services.languages import Language

CODE = "7K3QX9MVP2RTABCDE123"
SIGNED_AT = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)
LINKS = PublicLinks(public_url="https://papers.university.example", bot_username="kabarchy_bot")
NO_PAGES = PublicLinks(public_url="", bot_username="kabarchy_bot")

_OWN = {
    Language.KY: {
        "name": "Эсенова Айзада Бакытовна",
        "unit": "Маалыматтык технологиялар институту",
        "programme": "710200 – Маалыматтык системалар жана технологиялар",
    },
    Language.RU: {
        "name": "Эсенова Айзада Бакытовна",
        "unit": "Институт информационных технологий",
        "programme": "710200 – Информационные системы и технологии",
    },
    Language.EN: {
        "name": "Esenova Aizada",
        "unit": "Institute of Information Technologies",
        "programme": "710200 – Information Systems and Technologies",
    },
}
_COMMON = {
    "degree": "bachelor",
    "course": "3",
    "group": "ИСТ-1-23",
    "study_form": "full_time",
    "funding": "contract",
    "admission_date": "2023-08-21",
    "admission_order": "№ 123, 20.08.2023",
    "expected_graduation": "2027-06-30",
}


def order(
    language: Language,
    changed: Mapping[str, str] = MappingProxyType({}),
    *,
    without: tuple[str, ...] = (),
    day: date = date(2026, 11, 21),
) -> PaperOrder:
    """Return an order of the place-of-study paper; facts may be replaced or left out."""
    everything = {**_OWN[language], **_COMMON, **changed}
    return PaperOrder(
        kind="study",
        language=language,
        number="2026-000123",
        code=CODE,
        issued_on=day,
        valid_until=date(day.year, day.month, 28) if day.day < 28 else day,
        facts={name: value for name, value in everything.items() if name not in without},
    )


def run_tool(name: str, *arguments: str | Path) -> str:
    """Run a program of poppler, NSS or OpenSSL; without it, skip, except in CI, where it must be there."""
    if shutil.which(name) is None and not environ.get("CI"):
        pytest.skip(f"{name} is not on this machine (apt-get install poppler-utils libnss3-tools openssl)")
    done = subprocess.run([name, *arguments], check=True, capture_output=True, text=True)  # noqa: S603 - fixed programs
    return done.stdout
