"""The shipped proxy configuration keeps nothing of who answers a survey."""

import re
from pathlib import Path

import pytest

CONFIGURATION = (Path(__file__).parents[2] / "docs" / "deploy" / "nginx.conf").read_text()
SURVEYS = re.compile(r"location ~ \^/s\(/\|\$\) \{(.*?)\n    \}", re.DOTALL)


def lines(block: str) -> set[str]:
    return {line.strip() for line in block.splitlines() if line.strip() and not line.strip().startswith("#")}


@pytest.fixture
def surveys() -> set[str]:
    found = SURVEYS.search(CONFIGURATION)
    assert found
    return lines(found[1])


def test_visits_to_surveys_are_in_no_log_of_the_proxy(surveys: set[str]) -> None:
    assert {"access_log off;", "error_log /dev/null crit;", "log_not_found off;"} <= surveys


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "User-Agent", "Referer", "Cookie"])
def test_the_bot_is_not_told_who_visits_a_survey(surveys: set[str], header: str) -> None:
    assert f'proxy_set_header {header} "";' in surveys


def test_nothing_of_a_visit_is_written_to_the_disk_and_no_form_is_sent_twice(surveys: set[str]) -> None:
    assert {"proxy_max_temp_file_size 0;", "proxy_cache off;", "proxy_next_upstream off;"} <= surveys
    sizes = dict(re.findall(r"(client_max_body_size|client_body_buffer_size) (\w+);", "\n".join(surveys)))
    assert sizes["client_max_body_size"] == sizes["client_body_buffer_size"]


def test_addresses_without_encryption_and_broken_requests_are_not_logged_either() -> None:
    plain = CONFIGURATION.split("listen 80;")[1].split("server {")[0]
    assert {"access_log off;", "error_log /dev/null crit;"} <= lines(plain)
    (never,) = re.findall(r'"~(.*)" 0;', CONFIGURATION)
    for request in (
        "GET /s HTTP/1.1",
        "GET /s/7K3QX9MVP2RTABCD\x01 HTTP/1.1",
        "POST //s/x/questions",
        "GET /s?lang=ky",
    ):
        assert re.search(never, request), request
    for request in ("GET /verify/7K3QX9MVP2RTABCDE123 HTTP/1.1", "GET /static/pages.css HTTP/1.1", "POST /telegram/x"):
        assert not re.search(never, request), request
    assert re.findall(r"access_log (?!off)(.*);", CONFIGURATION) == [
        "/var/log/nginx/kabarchy.access.log combined if=$kabarchy_logged"
    ]
