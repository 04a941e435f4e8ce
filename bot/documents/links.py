"""Public addresses: the page that checks a paper and the bot's deep links."""

from dataclasses import dataclass


def bare_code(code: str) -> str:
    """Write a certificate code without hyphens, as it stands in addresses."""
    return code.replace("-", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLinks:
    """Where the outside world reaches the university's bot.

    `public_url` is the https address of the web pages, empty if there are none; `bot_username` stands without "@".
    """

    public_url: str
    bot_username: str

    @property
    def bot(self) -> str:
        """Return the bot's name as people type it."""
        return f"@{self.bot_username}"

    @property
    def check_page(self) -> str:
        """Return the address of the page that takes codes and files, without the scheme; empty without web pages."""
        return f"{self._base.partition('://')[2]}/verify" if self.public_url else ""

    def verify_page(self, code: str) -> str:
        """Return the web address that checks one code; empty without web pages."""
        return f"{self._base}/verify/{bare_code(code)}" if self.public_url else ""

    def ticket_page(self, code: str) -> str:
        """Return the web address that one ticket of a survey opens; empty without web pages."""
        return f"{self._base}/s/{code}" if self.public_url else ""

    @property
    def ticket_desk(self) -> str:
        """Return the address where the code of a ticket is typed, without the scheme; empty without web pages."""
        return f"{self._base.partition('://')[2]}/s" if self.public_url else ""

    def verify_in_bot(self, code: str) -> str:
        """Return the deep link that checks one code in the bot."""
        return self._start(f"v_{bare_code(code)}")

    def link_in_bot(self, payload: str) -> str:
        """Return the deep link that links an account; `payload` is that of a one-time code."""
        return self._start(payload)

    def qr_content(self, code: str) -> str:
        """Return what a paper's QR code holds: the page if there is one, else the bot."""
        return self.verify_page(code) or self.verify_in_bot(code)

    @property
    def _base(self) -> str:
        return self.public_url.rstrip("/")

    def _start(self, payload: str) -> str:
        return f"https://t.me/{self.bot_username}?start={payload}"
