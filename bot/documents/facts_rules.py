"""What the facts of a kind must keep: where each comes from, what it may be, and what the others need of it."""

from collections.abc import Iterator
from typing import Final

from bot.documents.text_rules import plain
from bot.documents.university_model import KindWording, University
from bot.documents.wording import placeholders
from services.certificates.dto import FactRule, FactType, Publicity, Requirement, Source
from services.certificates.roster_facts import ROSTER_FACTS

#: Values that any sentence of a kind may name besides its own facts.
COMMON_VALUES: Final = frozenset({"univ", "number", "date", "valid_until"})

#: Facts that the common sentences print, wherever a kind has them.
_PRINTED_ANYWAY: Final = frozenset({"recipient", "executor", "executor_phone"})

_GIVEN: Final = frozenset({Source.ASKED, Source.DESK})
_COLUMN_TYPES: Final = (FactType.TEXT, FactType.NUMBER, FactType.CHOICE)
_MOST_DECIMALS: Final = 6


def check_facts(university: University, wording: KindWording) -> Iterator[str]:
    """Yield the mistakes in the facts of a kind, each beginning with the fact's place: `[paid]: ...`."""
    names = [fact.name for fact in wording.kind.facts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"[{name}]: is given twice"
    for rule in wording.kind.facts:
        checker = _Fact(university, wording, rule)
        for problem in (*checker.source(), *checker.type(), *checker.conditions(), *checker.words()):
            yield f"[{rule.name}]{problem}"


class _Fact:
    """Looks at one fact; problems begin with what follows the fact's place."""

    def __init__(self, university: University, wording: KindWording, rule: FactRule) -> None:
        self._university = university
        self._wording = wording
        self._kind = wording.kind
        self._rule = rule

    def source(self) -> Iterator[str]:
        rule = self._rule
        if rule.name in COMMON_VALUES:
            yield ": is the name of a common value"
        if rule.source is Source.ROSTER:
            allowed = ROSTER_FACTS.get(rule.name)
            if allowed is None:
                yield ': the roster has no such fact; write source = "asked" or "desk"'
            elif rule.type not in allowed:
                yield f".type: the roster has it as {' or '.join(sorted(allowed))}"
        elif rule.requirement is Requirement.IF_IN_ROSTER:
            yield ".requirement: if_in_roster is for facts of the roster"
        yield from self._days()

    def _days(self) -> Iterator[str]:
        rule = self._rule
        if rule.source is Source.COMPUTED and rule.days_between is None:
            yield ": is computed, but days_between does not say how"
        if rule.source is not Source.COMPUTED and rule.days_between is not None:
            yield '.days_between: is for a fact with source = "computed"'
        if rule.days_between is not None:
            if rule.type is not FactType.NUMBER:
                yield ".type: days are a number"
            for name in rule.days_between:
                yield from self._date_of_kind("days_between", name)

    def type(self) -> Iterator[str]:
        rule = self._rule
        if rule.type is FactType.CHOICE and not rule.choices:
            yield f": a choice needs its words under choices.{rule.name}"
        if rule.least is not None and rule.most is not None and rule.least > rule.most:
            yield ".least: is above most"
        if rule.decimals > _MOST_DECIMALS:
            yield f".decimals: at most {_MOST_DECIMALS}"
        if rule.type is not FactType.DATE and (rule.past or rule.not_before):
            yield ": past and not_before are for dates"
        if rule.not_before:
            yield from self._date_of_kind("not_before", rule.not_before)
        if rule.type is FactType.TABLE and not rule.columns:
            yield ".columns: is missing"
        if rule.type is not FactType.TABLE and rule.columns:
            yield '.columns: is for a fact with type = "table"'
        yield from self._columns()

    def _columns(self) -> Iterator[str]:
        names = [column.name for column in self._rule.columns]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f".columns[{name}]: is given twice"
        for column in self._rule.columns:
            place = f".columns[{column.name}]"
            if column.type not in _COLUMN_TYPES:
                yield f"{place}.type: should be one of {', '.join(_COLUMN_TYPES)}"
            if column.type is FactType.CHOICE and not column.choices:
                yield f"{place}: a choice needs its words under choices.{column.name}"
            yield from plain(f"{place}.label", self._wording.heads[self._rule.name][column.name])

    def conditions(self) -> Iterator[str]:
        for name, keys in self._rule.needed_when.items():
            other = self._kind.fact(name)
            if other is None or other.type is not FactType.CHOICE or name == self._rule.name:
                yield f".needed_when: {name} is no other choice of this kind"
                continue
            if not keys:
                yield f".needed_when: {name} has no values listed"
            for key in keys:
                if key not in other.choices:
                    yield f".needed_when: “{key}” is no choice of {name}"

    def words(self) -> Iterator[str]:
        rule, wording = self._rule, self._wording
        label, hint = wording.labels.get(rule.name), wording.hints.get(rule.name)
        if label:
            yield from plain(".label", label)
        if hint:
            yield from plain(".hint", hint)
            if rule.source not in _GIVEN:
                yield ".hint: nobody is asked for it"
        named = bool(self._university.label(self._kind.id, rule.name))
        if rule.source in _GIVEN:
            if not named:
                yield ": needs a label, by which people are asked for it"
            if not self._is_used():
                yield ": is asked for, but nothing on the paper needs it"
        elif rule.public is not Publicity.NO and not named:
            yield ": needs a label, for the page that checks the paper"
        if rule.public is not Publicity.NO and not (self._is_printed() or self._decides_a_line()):
            yield ": is public but the paper does not print it"

    def _is_printed(self) -> bool:
        wording = self._wording
        lines = (*wording.openings, *wording.lines, *wording.endings)
        printed = {value.name for line in lines for value in placeholders(line.text.ky)}
        return self._rule.name in printed | _PRINTED_ANYWAY

    def _is_used(self) -> bool:
        """Tell whether a fact is printed or something else depends on it."""
        kind = self._kind
        needed = {kind.valid_until_fact}
        for rule in kind.facts:
            needed |= {*rule.needed_when, *(rule.days_between or ())}
        return self._is_printed() or self._decides_a_line() or self._rule.name in needed

    def _decides_a_line(self) -> bool:
        """Tell whether which sentence is printed depends on a fact, so that the paper says it in other words."""
        wording = self._wording
        lines = (*wording.openings, *wording.lines, *wording.endings)
        return any(self._rule.name in line.when for line in lines)

    def _date_of_kind(self, where: str, name: str) -> Iterator[str]:
        rule = self._kind.fact(name)
        if rule is None or rule.type is not FactType.DATE or rule is self._rule:
            yield f".{where}: {name} is no other date of this kind"
