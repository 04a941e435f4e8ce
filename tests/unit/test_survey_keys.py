"""The keys of open surveys lie beside the database, for their owner alone."""

from pathlib import Path

import pytest

from bot.survey_keys import SurveyKeyFiles
from services.surveys.errors import SurveyKeyUnusable
from services.surveys.sealing import public_key_of


def test_a_key_is_kept_for_its_owner_alone_until_it_is_deleted(tmp_path: Path) -> None:
    keys = SurveyKeyFiles(tmp_path / "keys")
    public = keys.create(7)
    (file,) = (tmp_path / "keys").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    private = keys.find(7, public)
    assert private is not None
    assert public_key_of(private) == public
    keys.delete(7, public)
    assert keys.find(7, public) is None
    assert not list((tmp_path / "keys").iterdir())
    keys.delete(7, public)  # a second time there is nothing to do


def test_a_broken_or_foreign_file_is_no_key(tmp_path: Path) -> None:
    keys = SurveyKeyFiles(tmp_path)
    public, other = keys.create(1), keys.create(2)
    keys.path_of(1, public).write_bytes(keys.path_of(2, other).read_bytes())
    assert keys.find(1, public) is None
    keys.path_of(1, public).write_bytes(b"not base64!")
    assert keys.find(1, public) is None


def test_where_no_key_can_be_kept_none_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SurveyKeyUnusable):
        SurveyKeyFiles(tmp_path / "file").create(1)
