"""All settings, from the environment or `.env`; the names are promised on the interfaces page."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from services.languages import Language

Network = IPv4Network | IPv6Network
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


class SettingsError(ValueError):
    """Settings that cannot be used; one readable line for each."""


class Settings(BaseSettings):
    """What the operator decides."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = ""
    migration_database_url: str = ""
    data_dir: Path = Path("./var")
    public_url: str = ""
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = ()
    metrics_allow: Annotated[tuple[Network, ...], NoDecode] = _LOOPBACK
    webhook_secret: SecretStr = SecretStr("")
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: str = "Asia/Bishkek"
    default_locale: Language = Language.KY
    university_file: Path | None = None
    signing_p12: Path | None = None
    signing_password: SecretStr = SecretStr("")
    operators_chat: int | None = None
    log_format: Annotated[str, Field(pattern="^(text|json)$")] = "text"
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _numbers(cls, value: Any) -> Any:  # noqa: ANN401 -- pydantic hands over whatever came
        return _split(value)

    @field_validator("trusted_proxies", "metrics_allow", mode="before")
    @classmethod
    def _networks(cls, value: Any) -> Any:  # noqa: ANN401 -- as above
        return tuple(_network(item) if isinstance(item, str) else item for item in _split(value))

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:  # noqa: ANN401 -- as above
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", "default_locale", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:  # noqa: ANN401 -- as above
        return value.lower() if isinstance(value, str) else value

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with https://")
        return value.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _without_path(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.path or parts.query or parts.fragment:
            raise ValueError("must not have a path")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _sendable(cls, value: SecretStr) -> SecretStr:
        if value and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("holds 1 to 256 of A-Z, a-z, 0-9, _ and - only")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not a time zone like Asia/Bishkek") from error
        return value

    @property
    def uses_webhook(self) -> bool:
        """Whether Telegram brings the updates; otherwise we fetch them."""
        return bool(self.public_url and self.webhook_secret.get_secret_value())


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 -- values of any setting
    """Read the settings; says in one line per setting what is wrong."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in item['loc']).upper()}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        ]
        raise SettingsError("; ".join(lines)) from error


def _split(value: Any) -> Any:  # noqa: ANN401 -- as above
    """Read a list written with commas or spaces."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _network(item: str) -> Network:
    try:
        return ip_network(item)
    except ValueError as error:
        raise ValueError(f"{item} is not a network like 10.0.0.0/8 or 192.168.1.5") from error
