"""What the demonstration says: in the terminal to the operator, on the chat page about its people."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from bot.demonstration.persona import Persona
from bot.demonstration.personas import PERSONAS
from bot.demonstration.university import ROSTER
from services.codes import printed_code
from services.languages import Language
from services.linking.dto import IssuedLinkCode

_CODE_WORDS = {Language.KY: "бир жолку коду", Language.RU: "одноразовый код", Language.EN: "one-time code"}


def about_lines(persona: Persona, code: IssuedLinkCode | None) -> dict[str, str]:
    """Return the line about somebody on the chat page, by language; with the code they got on paper, so to say."""
    lines = {language: persona.about.get(language) for language in Language}
    if code is not None:
        printed = printed_code(code.code)
        lines = {language: f"{line} · {_CODE_WORDS[language]}: {printed}" for language, line in lines.items()}
    return {language.value: line for language, line in lines.items()}


def show_guide(url: str, data_dir: Path, codes: Mapping[int, IssuedLinkCode], tickets: Sequence[str]) -> None:
    """Print where to go and what to try; `tickets`: addresses as the QR codes of paper tickets have them."""
    console = Console(highlight=False)
    console.print(f"\nOpen [bold]{url}/[/bold]\n", soft_wrap=True)
    table = Table("Who", "One-time code", "What to try", box=SIMPLE, pad_edge=False)
    for persona in PERSONAS:
        code = codes.get(persona.telegram_id)
        name = f"{persona.first_name} {persona.last_name}"
        table.add_row(name, printed_code(code.code) if code else "–", persona.advice)
    console.print(table)
    if tickets:
        console.print("Anonymous survey of employees: each of these paper tickets takes one reply, and nobody's name:")
        for address in tickets:
            console.print(f"  {address}", soft_wrap=True)
        console.print()
    command = f"PUBLIC_URL={url} DATA_DIR={data_dir} .venv/bin/kabarchy"
    console.print("The command line on the same data, in another terminal:")
    for line in ("roster code S-2001", f"roster import {data_dir / ROSTER} --dry-run", "survey list", "doctor"):
        console.print(f"  {command} {line}", soft_wrap=True)
    console.print("\nCtrl-C ends it; the register, links and languages are kept, the chats begin anew.")
