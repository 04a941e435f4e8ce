"""Settings as they are written by hand."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings
from services.languages import Language


def test_empty_variables_mean_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    monkeypatch.delenv("QUIET_HOURS")
    assert load_settings(_env_file=None) == Settings.model_construct()


def test_empty_quiet_hours_mean_none_wherever_they_are_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written = tmp_path / "settings"
    written.write_text("QUIET_HOURS=\nLOG_LEVEL=\n")
    assert not load_settings(_env_file=written).quiet_hours.any
    monkeypatch.setenv("QUIET_HOURS", "23:30-6")
    assert str(load_settings(_env_file=written).quiet_hours) == "23:30–06:00"
    monkeypatch.setenv("QUIET_HOURS", "")
    assert not load_settings(_env_file=None).quiet_hours.any
    monkeypatch.delenv("QUIET_HOURS")
    assert str(load_settings(_env_file=None).quiet_hours) == "22:00–07:00"


def test_case_of_words_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LOG_LEVEL": "debug", "LOG_FORMAT": "JSON", "DEFAULT_LOCALE": "RU"}.items():
        monkeypatch.setenv(name, value)
    settings = load_settings(_env_file=None)
    assert (settings.log_level, settings.log_format, settings.default_locale) == ("DEBUG", "json", Language.RU)


def test_networks_are_written_with_commas_or_spaces() -> None:
    settings = load_settings(_env_file=None, trusted_proxies="10.0.0.0/8, 192.168.1.5 ::1")
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("192.168.1.5"), ip_network("::1"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("trusted_proxies", "10.0.0.0/8,proxy", "proxy is not a network like 10.0.0.0/8 or 192.168.1.5"),
        ("metrics_allow", "10.0.0.1/8", "10.0.0.1/8 is not a network like 10.0.0.0/8 or 192.168.1.5"),
        ("public_url", "https://kabarchy.example/bot", "must not have a path"),
        ("register_channel", "https://t.me/register", "is not a channel's @name or Telegram id"),
        ("public_url", "https://kabarchy.example?a", "must not have a path"),
        ("public_url", "kabarchy.example", "must begin with https://"),
        ("tsa_url", "timestamp.example", "is not an address like http://timestamp.example/tsa"),
        ("tsa_url", "https://", "is not an address like http://timestamp.example/tsa"),
        ("webhook_secret", "two words", "holds 1 to 256 of A-Z, a-z, 0-9, _ and - only"),
        ("webhook_secret", "a" * 257, "holds 1 to 256 of A-Z, a-z, 0-9, _ and - only"),
        ("quiet_hours", "22:00", "is not a span of the day like 22:00-07:00"),
        ("quiet_hours", "22:00-25:00", "is not a span of the day like 22:00-07:00"),
        ("quiet_hours", "07:00-07:00", "is not a span of the day like 22:00-07:00"),
        ("messages_per_second", "0", "Input should be greater than or equal to 1"),
        ("messages_per_second", "31", "Input should be less than or equal to 30"),
        ("daily_messages", "-1", "Input should be greater than or equal to 0"),
        ("approval_above", "-1", "Input should be greater than or equal to 0"),
        ("timezone", "Bishkek", "is not a time zone like Asia/Bishkek"),
    ],
)
def test_what_cannot_be_used_is_said_in_words(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(_env_file=None, **{name: value})
    assert str(refused.value) == f"{name.upper()}: {said}"
