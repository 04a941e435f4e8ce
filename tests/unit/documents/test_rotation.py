"""One generated key follows another, in one step."""

import stat
from pathlib import Path

import pytest
from cryptography import x509

from bot.documents import authority
from bot.documents.inspection import inspect
from bot.documents.pades import PadesSigner
from bot.documents.signing import SigningKey, SigningKeyError, generated_key, open_generated, open_key
from bot.documents.university import University
from tests.unit.documents.samples import SIGNED_AT


@pytest.fixture
def former(university: University, tmp_path: Path) -> SigningKey:
    return open_key(None, "", tmp_path, university, now=SIGNED_AT)


def rotated(university: University, folder: Path, former: SigningKey) -> tuple[authority.AuthorityFiles, Path]:
    """Let a new set follow; return it and where the former one is kept."""
    made = authority.generate(university, SIGNED_AT)
    return made, authority.replace(folder, made, former=former.fingerprint)


def test_new_set_takes_the_place_and_the_former_one_is_kept_whole(
    university: University, tmp_path: Path, former: SigningKey
) -> None:
    folder = tmp_path / "signing"
    before = authority.read(folder)
    made, kept = rotated(university, folder, former)
    assert open_key(None, "", tmp_path, university, now=SIGNED_AT).fingerprint == generated_key(made).fingerprint
    assert kept == folder / "earlier" / former.fingerprint[:16]
    assert authority.read(kept) == before
    assert {path.name for path in folder.iterdir()} == {"signer.p12", "ca.pem", "earlier"}
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (*kept.iterdir(), *folder.glob("*.p12"))}
    assert modes == {0o600}
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_authorities_of_all_sets_stand_in_one_file_the_newest_first(
    university: University, tmp_path: Path, former: SigningKey
) -> None:
    made, _kept = rotated(university, tmp_path / "signing", former)
    found = x509.load_pem_x509_certificates((tmp_path / "signing" / "ca.pem").read_bytes())
    assert found == [*generated_key(made).authorities, *former.authorities]


def test_papers_of_both_keys_are_ours(university: University, tmp_path: Path, former: SigningKey, drawn: bytes) -> None:
    made, _kept = rotated(university, tmp_path / "signing", former)
    following = generated_key(made)
    authorities = [*former.authority_pems, *following.authority_pems]
    for key, other in ((former, following), (following, former)):
        paper = PadesSigner(key).sign(drawn, signed_at=SIGNED_AT, reason="r", contact="c")
        assert inspect(paper, authorities).unchanged
        assert not inspect(paper, other.authority_pems).signed_by_us


def test_kill_before_the_last_step_leaves_the_former_key_in_its_place(
    university: University, tmp_path: Path, former: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = authority._put

    def killed(path: Path, content: bytes) -> None:
        if path == tmp_path / "signing" / "signer.p12":
            raise KeyboardInterrupt
        put(path, content)

    monkeypatch.setattr(authority, "_put", killed)
    with pytest.raises(KeyboardInterrupt):
        rotated(university, tmp_path / "signing", former)
    assert open_key(None, "", tmp_path, university, now=SIGNED_AT).fingerprint == former.fingerprint
    monkeypatch.undo()
    made, _kept = rotated(university, tmp_path / "signing", former)
    present = open_generated(tmp_path)
    assert present is not None
    assert present.fingerprint == generated_key(made).fingerprint


def test_second_rotation_at_the_same_time_is_refused(tmp_path: Path, former: SigningKey) -> None:
    assert former.fingerprint
    folder = tmp_path / "signing"
    with authority.exclusively(folder), pytest.raises(BlockingIOError), authority.exclusively(folder):
        pass
    with authority.exclusively(tmp_path / "signing"):
        pass


def test_where_no_key_was_made_there_is_none_to_follow(tmp_path: Path) -> None:
    assert open_generated(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_damaged_set_is_not_followed(tmp_path: Path, former: SigningKey) -> None:
    assert former.fingerprint
    (tmp_path / "signing" / "signer.p12").write_bytes(b"damaged")
    with pytest.raises(SigningKeyError, match="restore it from a copy"):
        open_generated(tmp_path)
