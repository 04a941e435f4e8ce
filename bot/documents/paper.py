"""Puts an order into sentences: from facts to all that stands on a paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.documents import carried
from bot.documents.links import PublicLinks
from bot.documents.university_model import KindWording, Line, University
from bot.documents.values import write
from bot.documents.wording import Placeholder, fill, only_value, placeholders, segments
from bot.localtime import DateForm, format_date
from services.certificates.dto import Column, FactRule, FactType, Paper, PaperOrder, Requirement
from services.certificates.fields import rows_of
from services.certificates.rules import is_wanted
from services.codes import printed_code
from services.languages import Language

#: The fact that says to whom a paper is to be presented; it takes the place of the common issued-for line.
_RECIPIENT: Final = "recipient"

#: The value that is set in bold inside the opening sentence.
_STRONG: Final = "name"


class IncompleteOrderError(Exception):
    """A paper was ordered without facts that its kind requires."""

    def __init__(self, kind: str, missing: tuple[str, ...]) -> None:
        super().__init__(f"{kind}: {', '.join(missing)}")
        self.kind = kind
        self.missing = missing


class UnknownKindError(Exception):
    """The university does not issue this kind in this language."""


def compose(university: University, order: PaperOrder, links: PublicLinks) -> Paper:
    """Put an order into sentences.

    Returns:
        All that the template prints, as JSON-ready texts, lists and mappings.

    Raises:
        UnknownKindError: the kind is not in the university file or not issued in this language.
        IncompleteOrderError: a required fact is missing, or no opening fits the facts.
        ValueError: a date or a choice is not one.
    """
    return _Composer(university, order, links).paper()


@dataclass(frozen=True, slots=True)
class _Composer:
    university: University
    order: PaperOrder
    links: PublicLinks

    def paper(self) -> Paper:
        wording, language = self._wording(), self.order.language
        university = self.university
        signatory = wording.signatory or university.signatory
        return {
            "kind": self.order.kind,
            "language": str(language),
            "iso_date": self.order.issued_on.isoformat(),
            "number": self.order.number,
            "code": printed_code(self.order.code),
            "qr": self.links.qr_content(self.order.code),
            "university": university.name.get(language),
            "letterhead": [self._letterhead(wording, one) for one in self._letterhead_languages()],
            "title": wording.title.get(language),
            "subtitle": wording.subtitle.get(language),
            "number_line": self._sentence("number_line"),
            "opening": self._opening(wording),
            "lines": self._lines(wording.lines),
            "endings": [line["value"] for line in self._lines(wording.endings)],
            "closing": list(filter(None, self._closing())),
            "signatory": {
                "post": signatory.post.get(language),
                "name": signatory.name.get(language),
            },
            "executor": self._sentence("executor") if "executor" in self.order.facts else "",
            "seal": {"mark": self._sentence("seal_mark"), "note": self._sentence("seal_note")},
            "signature": {
                "title": self._sentence("signature_title"),
                "signer": _capitalised(university.name.get(language)),
                "date": self._sentence("signature_date"),
            },
            "notes": self._notes(),
            "code_line": self._sentence("code_line"),
            "order": carried.written(self.order),
            "page_line": university.sentences["page_line"].get(language),
        }

    def _wording(self) -> KindWording:
        wording = self.university.kinds.get(self.order.kind)
        if wording is None or self.order.language not in wording.kind.languages:
            raise UnknownKindError(f"{self.order.kind} in {self.order.language}")
        missing = tuple(
            fact.name
            for fact in wording.kind.facts
            if fact.requirement is Requirement.REQUIRED
            and is_wanted(fact, self.order.facts)
            and not self.order.facts.get(fact.name, "").strip()
        )
        if missing:
            raise IncompleteOrderError(self.order.kind, missing)
        return wording

    def _letterhead_languages(self) -> list[Language]:
        beside = self.university.kyrgyz_letterhead_beside and self.order.language is not Language.KY
        return [Language.KY, self.order.language] if beside else [self.order.language]

    def _letterhead(self, wording: KindWording, language: Language) -> dict[str, object]:
        university = self.university
        values = {
            "address": university.address.get(language),
            "phone": university.phone,
            "email": university.email,
            "site": university.site,
        }
        contacts = [fill(university.sentences[name].get(language), lambda it: values[it.name]) for name in values]
        return {
            "language": str(language),
            "ministry": university.ministry.get(language),
            "university": university.name.get(language).removeprefix("the "),
            "unit": wording.kind.desk_name.get(language),
            "contacts": contacts,
        }

    def _opening(self, wording: KindWording) -> list[dict[str, object]]:
        chosen = next(filter(self._is_printed, wording.openings), None)
        if chosen is None:
            raise IncompleteOrderError(self.order.kind, ("opening",))
        parts = segments(chosen.text.get(self.order.language), self._value)
        return [{"text": part.text, "strong": part.name == _STRONG} for part in parts]

    def _lines(self, lines: tuple[Line, ...]) -> list[dict[str, Any]]:
        return [self._line(line) for line in lines if self._is_printed(line)]

    def _line(self, line: Line) -> dict[str, Any]:
        language = self.order.language
        label, text = line.label.get(language), line.text.get(language)
        rule = self._rules().get(only_value(text))
        if rule is not None and rule.type is FactType.TABLE:
            return {"label": label, "value": "", "table": self._table(rule)}
        return {"label": label, "value": fill(text, self._value)}

    def _table(self, rule: FactRule) -> dict[str, Any]:
        """Return a table's columns, each with its head and whether it holds numbers, and the rows in words."""
        heads = self._wording().heads[rule.name]
        return {
            "columns": [
                {
                    "head": heads[column.name].get(self.order.language),
                    "number": column.type is FactType.NUMBER,
                    "wide": column.type is FactType.TEXT,
                }
                for column in rule.columns
            ],
            "rows": [
                [self._cell(column, cell) for column, cell in zip(rule.columns, row, strict=True)]
                for row in rows_of(self.order.facts[rule.name])
            ],
        }

    def _cell(self, column: Column, value: str) -> str:
        order = self.order
        return write(self.university, order.kind, column.name, column.type, value, order.language)

    def _is_printed(self, line: Line) -> bool:
        named = {value.name for value in placeholders(line.text.get(self.order.language))} & self._rules().keys()
        facts = self.order.facts
        return all(facts.get(name, "").strip() for name in named) and all(
            facts.get(name) in accepted for name, accepted in line.when.items()
        )

    def _closing(self) -> Iterator[str]:
        if self.order.replaces is not None:
            yield self._sentence("replaces")
        yield self._sentence("as_at")
        yield self._sentence("recipient" if self.order.facts.get(_RECIPIENT) else "issued_for")
        yield self._sentence("no_expiry" if self.order.valid_until is None else "valid_until")

    def _notes(self) -> list[str]:
        check = "check_on_page" if self.links.public_url else "check_in_bot"
        return [self._sentence(name) for name in ("signature_meaning", check, "paper_copy")]

    def _sentence(self, name: str) -> str:
        return fill(self.university.sentence(self.order.kind, name, self.order.language), self._value)

    def _value(self, wanted: Placeholder) -> str:
        """Return a value in the form a sentence wants it."""
        order, language = self.order, self.order.language
        if wanted.name == "univ":
            return self.university.name.get(language, wanted.form)
        if wanted.name == "date":
            return _in_words(order.issued_on, language, wanted.form)
        if wanted.name == "valid_until" and order.valid_until:
            return _in_words(order.valid_until, language, wanted.form)
        if wanted.name == "old_date" and order.replaces:
            return _in_words(order.replaces.issued_on, language, wanted.form)
        common = {
            "number": order.number,
            "code": printed_code(order.code),
            "old_number": order.replaces.number if order.replaces else "",
            "verify_url": self.links.check_page,
            "bot": self.links.bot,
        }
        return common[wanted.name] if wanted.name in common else self._fact(wanted)

    def _fact(self, wanted: Placeholder) -> str:
        order, name = self.order, wanted.name
        rule = self._rules().get(name)
        fact_type = rule.type if rule else FactType.TEXT
        return write(self.university, order.kind, name, fact_type, order.facts[name], order.language, wanted.form)

    def _rules(self) -> Mapping[str, FactRule]:
        return {rule.name: rule for rule in self._wording().kind.facts}


def _in_words(day: date, language: Language, form: str) -> str:
    return format_date(day, language, DateForm(form) if form else DateForm.POSS)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
