"""What a university file must keep so that every paper of every kind can be printed in every language."""

from collections.abc import Iterator

from bot.documents.kinds_rules import check_kind
from bot.documents.text_rules import choices, noun, plain, sentence
from bot.documents.university_model import University
from bot.documents.university_reader import SENTENCES


def check(university: University) -> list[str]:
    """Return the mistakes of a university file that was read, one readable line each."""
    return [
        *_common(university),
        *(problem for kind in university.kinds.values() for problem in check_kind(university, kind)),
    ]


def _common(university: University) -> Iterator[str]:
    yield from noun("university.name", university.name)
    texts = {
        "abbreviation": university.abbreviation,
        "ministry": university.ministry,
        "address": university.address,
        "group_word": university.group_word,
        "signatory.post": university.signatory.post,
        "signatory.name": university.signatory.name,
    }
    for where, text in texts.items():
        yield from plain(f"university.{where}", text)
    for name, contact in university.contacts.items():
        for part, text in {"name": contact.name, "place": contact.place, "hours": contact.hours}.items():
            yield from plain(f"contacts.{name}.{part}", text)
    line = university.hotlines.trust_phone
    for part, text in ({"hours": line.hours, "who": line.who} if line is not None else {}).items():
        yield from plain(f"hotlines.trust_phone.{part}", text)
    for name, text in university.labels.items():
        yield from plain(f"labels.{name}", text)
    yield from choices("choices", university.choices)
    for name, text in university.sentences.items():
        yield from sentence(f"paper.{name}", text, SENTENCES[name])
