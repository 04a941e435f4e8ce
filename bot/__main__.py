"""The `kabarchy` command, the same as `python -m bot`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

import sys


def main() -> None:
    """Run a command; what can be foreseen ends with one line on stderr and exit code 1."""
    from bot.cli.app import create_app
    from bot.cli.failures import explain

    try:
        create_app()()
    except Exception as error:
        line = explain(error)
        if line is None:
            raise
        sys.stderr.write(f"kabarchy: {line}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
