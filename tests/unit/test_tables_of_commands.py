"""Tables that commands print."""

import pytest

from bot.cli.output import print_table


@pytest.mark.parametrize("number", [3, 1_500])
def test_every_row_is_printed_also_of_a_long_table(capsys: pytest.CaptureFixture[str], number: int) -> None:
    print_table(("Row", "Name"), [(str(place), "Өмүрова [b]Гүл[/b]") for place in range(number)])
    lines = capsys.readouterr().out.splitlines()
    assert sum("Өмүрова [b]Гүл[/b]" in line for line in lines) == number
    assert any(line.split() == ["Row", "Name"] for line in lines)
