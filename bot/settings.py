"""All settings, from the environment or `.env`; the names are promised on the interfaces page."""

import re
from datetime import time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from services.delivery.quiet_hours import NO_QUIET_HOURS, QuietHours, read_quiet_hours
from services.languages import Language

Network = IPv4Network | IPv6Network
_CHAT = re.compile(r"-?[0-9]{1,19}|@[A-Za-z][A-Za-z0-9_]{3,31}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
#: Settings whose empty variable is not the default.
_EMPTY_SAYS_SOMETHING = ("quiet_hours",)
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
    tsa_url: str = ""
    survey_key_dir: Path | None = None
    quiet_hours: Annotated[QuietHours, NoDecode] = QuietHours(start=time(22), until=time(7))
    messages_per_second: Annotated[int, Field(ge=1, le=30)] = 28
    daily_messages: Annotated[int, Field(ge=0)] = 5
    approval_above: Annotated[int, Field(ge=0)] = 1000
    operators_chat: int | None = None
    register_channel: str = ""
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

    @field_validator("quiet_hours", mode="before")
    @classmethod
    def _span(cls, value: Any) -> Any:  # noqa: ANN401 -- as above
        if not isinstance(value, str):
            return value
        span = read_quiet_hours(value) if value.strip() else NO_QUIET_HOURS
        if span is None:
            raise ValueError("is not a span of the day like 22:00-07:00")
        return span

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

    @field_validator("tsa_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and (not value.startswith(("http://", "https://")) or not urlsplit(value).netloc):
            raise ValueError("is not an address like http://timestamp.example/tsa")
        return value

    @field_validator("public_url")
    @classmethod
    def _without_path(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.path or parts.query or parts.fragment:
            raise ValueError("must not have a path")
        return value

    @field_validator("register_channel")
    @classmethod
    def _addressable(cls, value: str) -> str:
        if value and not _CHAT.fullmatch(value):
            raise ValueError("is not a channel's @name or Telegram id")
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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Hear what an empty variable says where it does not stand for the default."""
        environment = EnvSettingsSource(settings_cls, env_ignore_empty=False)
        sources = [init_settings, env_settings, _emptied(environment)]
        if isinstance(dotenv_settings, DotEnvSettingsSource):
            file = DotEnvSettingsSource(settings_cls, env_file=dotenv_settings.env_file, env_ignore_empty=False)
            sources += [dotenv_settings, _emptied(file)]
        return (*sources, file_secret_settings)

    @property
    def survey_keys(self) -> Path:
        """Where the private keys of open surveys lie."""
        return self.survey_key_dir or self.data_dir / "survey-keys"

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


def _emptied(source: EnvSettingsSource) -> InitSettingsSource:
    """Return of a source what says something by being empty."""
    values = source()
    return InitSettingsSource(
        source.settings_cls, {name: "" for name in _EMPTY_SAYS_SOMETHING if values.get(name) == ""}
    )


def _split(value: Any) -> Any:  # noqa: ANN401 -- as above
    """Read a list written with commas or spaces."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _network(item: str) -> Network:
    try:
        return ip_network(item)
    except ValueError as error:
        raise ValueError(f"{item} is not a network like 10.0.0.0/8 or 192.168.1.5") from error
