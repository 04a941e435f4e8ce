"""What free texts should not show: whom and what they name. Only suggestions: a person confirms each text.

Rather too much is marked than too little, but not what every text speaks of: courses, dates, prices, subjects.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.survey_reports.naming import KnownNames


class Kind(StrEnum):
    """What is removed."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    LINK = "link"
    NUMBER = "number"
    GROUP = "group"
    ROOM = "room"
    PLATE = "plate"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A part of a text, from one place up to another."""

    start: int
    end: int
    kind: Kind


_LETTER: Final = "A-Za-zА-Яа-яЁёӨөҮүҢң"
_CAPITAL: Final = "A-ZА-ЯЁӨҮҢ"
_MONEY: Final = (
    r"(?i:сом|som|руб|р\b|тенге|доллар|usd|kgs|\$|тыйын|тыс|миң|балл|упай|человек|адам|студент|киши|people|%)"
)
_DATES = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:20\d\d|\d\d)|20\d\d[./-](?:0[1-9]|1[0-2])[./-][0-3]\d"
    r"|20\d\d ?[-–/] ?20\d\d|[0-2]?\d[:.][0-5]\d ?[-–] ?[0-2]?\d[:.][0-5]\d)(?![\d./-]\d)"
)
_NUMERALS: Final = (
    "нол|ноль|нуль|один|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|(?:один|две|три|четыр|пят|шест|сем|восем|девят)"
    "надцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|четыреста|"
    "(?:пять|шесть|семь|восемь|девять)сот|нөл|бир|эки|үч|төрт|беш|алты|жети|сегиз|тогуз|он|жыйырма|отуз|кырк|элүү|алтымыш|"
    "жетимиш|сексен|токсон|жүз|zero|oh|one|two|three|four|five|six|seven|eight|nine|double"
)
_AT, _DOT = r"[\[(]?(?:собака|кучук|\bat\b)[\])]?", r"(?: ?[\[(]?(?:точка|чекит|dot)[\])]? ?|\.)"
_NETWORKS: Final = r"insta\w*|инста\w*|telegram|телеграм\w*|tg|тг|vk|вк|tik ?tok|тикток|whats ?app|ватсап"
_PAPERS: Final = (
    r"зач[её]тк\w*|сынак китепче\w*|(?:студенческ\w+|студенттик) билет\w*|student (?:id|card)|табель\w*|паспорт\w*|"
    "passport|инн|пин|pin|inn|id"
)
_CALLS: Final = r"тел|телефон\w*|phone|номер\w*|сот|чалыңыз\w*|звонить|звоните"
_GROUPS: Final = "групп[аеуы]|группой|тайпа|тайпасы|группасы|group"
_ROOMS: Final = r"каб|кабинет\w*|ауд|аудитори\w*|комнат\w*|ком|бөлмө\w*|room|office|lab|лаб|лаборатори\w*|корпус\w*"
_PATTERNS: Final = (
    (Kind.EMAIL, r"[\w.+-]+ ?@ ?[\w-]+(?: ?\.[\w-]+)+"),
    (
        Kind.EMAIL,
        rf"(?i:\b[\w.+-]+ ?{_AT} ?[\w-]+{_DOT}[a-z]{{2,4}}\b)",
    ),
    (Kind.LINK, r"(?i:\bhttps?://\S+|\bwww\.\S+|\b(?:t|wa|vk|fb)\.(?:me|com)/\S+)"),
    (Kind.LINK, r"(?i:\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|kg|ru|org|net|me|info|edu|io|kz)\b(?:/\S*)?)"),
    (Kind.ACCOUNT, r"(?<![\w])@[A-Za-z_]\w{2,}"),
    (
        Kind.ACCOUNT,
        rf"(?i:\b(?:{_NETWORKS}) ?[:=–-] ?)@?[A-Za-z][\w.]{{3,}}",
    ),
    (Kind.PLATE, rf"(?i:\b0[1-9] ?(?:kg|кг) ?\d{{3}} ?[{_LETTER}]{{2,3}}\b)"),
    (Kind.PLATE, rf"\b0[1-9] ?\d{{3}} ?[{_CAPITAL}]{{3}}\b|\b[{_CAPITAL}] ?\d{{4}} ?[{_CAPITAL}]{{1,2}}\b"),
    (Kind.PLATE, rf"\b[{_CAPITAL}] ?\d{{3}} ?[{_CAPITAL}]{{2}} ?\d{{2,3}}\b"),
    (Kind.NUMBER, r"(?i:\b(?:id|ид|an|ан|ac|ас|pe)) ?№? ?\d{6,8}\b"),
    (
        Kind.NUMBER,
        rf"(?i:\b(?:{_PAPERS})[ :,№#-]*(?:номер\w*|no\.?|number)?[ :№#-]*[a-zа-я]{{0,3}}[- ]?\d{{3,}})",
    ),
    (Kind.PHONE, r"(?<![\w+])(?:\+ ?\d{1,3}|00?996|996|[0оОoO](?=[ (-]*[2-9]))(?:[ ().–-]*\d){8,10}(?![\d])"),
    (Kind.PHONE, r"(?<![\w+])[78](?:[ ().–-]*\d){10}(?!\d)"),
    (Kind.PHONE, r"(?<![\w-])[2-9]\d{2}[ -]\d{2,3}[ -]\d{2,3}[ -]?\d{2}(?![\w-])|(?<![\w-])\d{2}-\d{2}-\d{2}(?![\w-])"),
    (Kind.PHONE, rf"(?i:\b(?:{_CALLS})[. :№]*)\+?\d(?:[ ().–-]*\d){{4,12}}"),
    (Kind.PHONE, rf"(?i:\b(?:{_NUMERALS})(?:[ ,.-]+(?:{_NUMERALS})){{4,}}\b)"),
    (Kind.GROUP, rf"(?<![\w-])[{_LETTER}]{{2,7}}(?: ?\([{_LETTER}]{{1,3}}\))?-\d{{1,2}}[-–/]\d{{2}}(?![\d-]|\.\d)"),
    (Kind.GROUP, rf"(?<![\w-])[{_CAPITAL}]{{2,7}} ?\d{{1,2}}[-–/]\d{{2}}(?![\d-]|\.\d)"),
    (Kind.GROUP, rf"(?<![\w-])[{_CAPITAL}]{{2,6}}[{_LETTER}]?(?:\([{_LETTER}]{{1,3}}\))?-\d{{1,3}}(?![\d-])"),
    (Kind.GROUP, rf"(?i:\b(?:{_GROUPS})[ №]+)[{_LETTER}]{{1,6}}[- ]?\d{{1,3}}(?:[-/]\d{{1,2}})?"),
    (
        Kind.ROOM,
        rf"(?i:\b(?:{_ROOMS})\.? ?(?:№|no\.?|n|номер\w*)? ?)(?:\d{{1,2}}[/-]\d{{1,3}}|\d{{3,4}})[а-яa-z]?(?!\w)",
    ),
    (
        Kind.ROOM,
        rf"(?i:(?<![\w/-])(?:\d{{1,2}}[/-]\d{{3}}|\d{{3}})[а-я]?[- –]{{0,3}}(?:{_ROOMS})\b)",
    ),
    (Kind.ROOM, r"(?<![\w/.-])\d{1,2}/\d{3}(?![\w/])"),
    (Kind.NUMBER, rf"(?<![\w.,-])\d{{6,16}}(?![\w-]|[.,]\d| ?{_MONEY})"),
)  # fmt: skip
_NO_GROUPS = re.compile(r"(?i:covid|ковид|гост|iso|usb|wi-?fi|ielts|toefl|ту|мп|pdf|ai|gpt|chatgpt|фз)\b")
_NEXT_TO = re.compile(r" ?-? ?")


class Redactor:
    """Suggests what to remove. `names`: of the university's people; they are prepared once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = KnownNames(names)
        self._patterns = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]

    def suggest(self, text: str) -> tuple[Span, ...]:
        """Return what to remove, in its order; no two parts overlap."""
        taken = [False] * len(text)
        spans: list[Span] = []
        for span in self._found(text):
            if not any(taken[span.start : span.end]):
                taken[span.start : span.end] = [True] * (span.end - span.start)
                spans.append(span)
        return tuple(_together(text, sorted(spans)))

    def _found(self, text: str) -> Iterator[Span]:
        """Return everything that looks like something, the surest first."""
        undated = _DATES.sub(lambda date: "~" * len(date.group()), text)
        for kind, pattern in self._patterns:
            for found in pattern.finditer(undated):
                if kind is not Kind.GROUP or not _NO_GROUPS.match(found.group()):
                    yield Span(start=found.start(), end=found.end(), kind=kind)
        names = sorted(self._names.find(text), key=lambda place: (place[0] - place[1], place))
        yield from (Span(start=start, end=end, kind=Kind.NAME) for start, end in names)


def redacted(text: str, spans: Iterable[Span], words: Mapping[Kind, str]) -> str:
    """Return a text with words for what is removed from it."""
    parts, place = [], 0
    for span in sorted(spans):
        parts += [text[place : span.start], words[span.kind]]
        place = max(place, span.end)
    return "".join([*parts, text[place:]])


def _together(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Join names that stand side by side: they are one person."""
    last: Span | None = None
    for span in spans:
        if last and last.kind is span.kind is Kind.NAME and _NEXT_TO.fullmatch(text, last.end, span.start):
            last = Span(start=last.start, end=span.end, kind=Kind.NAME)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
