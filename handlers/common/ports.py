"""What the conversation is given from outside besides the services."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol

from services.bulletin.figures import Chart
from services.certificates.dto import FactRule, PublicFact
from services.errors import Refusal
from services.languages import Language
from services.mydata.report_dto import Report
from services.plan_reminders.ahead import Letter
from services.questionnaires.dto import Questionnaire
from services.tables.dto import FormSheet, SheetText


class LocalDates(Protocol):
    """Dates as the university writes them."""

    def today(self, now: datetime) -> date:
        """Return the day in the university's zone."""
        ...

    def time_of_day(self, now: datetime) -> time:
        """Return the time that the university's clocks show."""
        ...

    def date(self, value: date, language: Language) -> str:
        """Return a calendar day; in Kyrgyz the form that follows a label."""
        ...

    def moment(self, value: datetime, language: Language) -> str:
        """Return a day and a time of day in the university's zone."""
        ...


class PaperWords(Protocol):
    """The words of the university's papers."""

    def label(self, kind: str, fact_name: str, language: Language) -> str:
        """Return what a fact is called."""
        ...

    def kind_name(self, kind: str, language: Language) -> str:
        """Return what a kind is called; its id where the university has it no more."""
        ...

    def desk_name(self, desk: str, language: Language) -> str:
        """Return what a desk is called; its code where no kind names it."""
        ...

    def hint(self, kind: str, fact_name: str, language: Language) -> str:
        """Return what to write where a fact is asked for; empty where the label says it all."""
        ...

    def head(self, kind: str, table: str, column: str, language: Language) -> str:
        """Return what stands above a column of a table."""
        ...

    def choice(self, kind: str, fact_name: str, key: str, language: Language) -> str:
        """Return the word for a choice of a fact or of a table's column; the key itself if it has none."""
        ...

    def value(self, kind: str, rule: FactRule, stored: str, language: Language) -> str:
        """Return a stored value as its owner and the desk read it; a table is told by the number of its rows."""
        ...

    def money(self, amount: Decimal, language: Language) -> str:
        """Return an amount in som."""
        ...

    def describe(self, kind: str, fact: PublicFact, language: Language) -> tuple[str, str]:
        """Return a fact's label and its value in the reader's language."""
        ...


class Reports(Protocol):
    """Draws reports for people."""

    async def draw(self, report: Report) -> bytes:
        """Return the report as a PDF."""
        ...


class SheetWriter(Protocol):
    """Spreadsheets as files."""

    def write(self, sheets: Sequence[SheetText]) -> bytes:
        """Return an XLSX file; takes a while for thousands of rows."""
        ...

    def write_csv(self, sheet: SheetText) -> bytes:
        """Return a CSV file."""
        ...


class Charts(Protocol):
    """Draws figures."""

    async def draw(self, chart: Chart) -> bytes:
        """Return a PNG picture."""
        ...


class PlanLetters(Protocol):
    """Draws letters to units that nobody hears for."""

    async def draw(self, letter: Letter) -> bytes:
        """Return the letter as a PDF."""
        ...


class QuestionnaireForms(Protocol):
    """Draws blank questionnaires."""

    async def draw(self, questionnaire: Questionnaire, day: date, languages: Sequence[Language] = ...) -> bytes:
        """Return a questionnaire as a PDF of a day, a part for each language."""
        ...


class FormWriter(Protocol):
    """Spreadsheets that people fill in and send back."""

    def write(self, sheets: Sequence[FormSheet]) -> bytes:
        """Return an XLSX file; takes a while for thousands of rows."""
        ...


class RefusalWords(Protocol):
    """Refusals of single rows, where many are told at once."""

    def plain(self, refusal: Refusal, language: Language) -> str:
        """Return the sentence of a refusal as plain text, in the language of the moment."""
        ...


class Links(Protocol):
    """Addresses that lead here from outside."""

    @property
    def bot(self) -> str:
        """The bot's name with the at sign."""
        ...

    def link_in_bot(self, payload: str) -> str:
        """Return the deep link that links an account; `payload` is that of a one-time code."""
        ...

    @property
    def check_page(self) -> str:
        """The page where a code can be typed; empty without web pages."""
        ...

    def verify_page(self, code: str) -> str:
        """Return the address that checks one code; empty without web pages."""
        ...
