"""Where test engines live, as whom they run, and how one is started and stopped in the background.

PostgreSQL and Elasticsearch refuse root, so root hands them to an account without rights. A server is ours only
when its command line names our folder; nothing else is ever signalled.
"""

import json
import os
import pwd
import secrets
import signal
import socket
import subprocess
import tempfile
import time
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ACCOUNTS = ("postgres", "nobody")


class EngineFailed(Exception):
    """A sentence for the person at the keyboard."""


class Place:
    """The folder of one engine, with the port and password it keeps from start to start."""

    def __init__(self, name: str, preferred_port: int) -> None:
        self.name = name
        self.folder = base_folder() / name
        self.preferred_port = preferred_port
        self.record = self.folder.parent / f"{name}.json"
        self.log = self.folder.parent / f"{name}.log"

    def open(self) -> None:
        self.folder.mkdir(exist_ok=True)
        give_away(self.folder)
        kept = json.loads(self.record.read_text()) if self.record.exists() else {}
        kept.setdefault("password", secrets.token_hex(16))
        kept["port"] = free_port(kept.get("port", self.preferred_port))
        self.record.write_text(json.dumps(kept))
        self.record.chmod(0o600)

    @property
    def port(self) -> int:
        return int(json.loads(self.record.read_text())["port"])

    @property
    def password(self) -> str:
        return str(json.loads(self.record.read_text())["password"])

    def writable(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        give_away(folder)
        return folder

    def launch(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a program that outlives us; its words go to the engine's log."""
        with self.log.open("wb") as log:
            return subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=environment(self.folder, env),
                start_new_session=True,
                **as_account(),
            )

    def pid(self, pid_file: Path) -> int | None:
        """The process that the engine's own pid file names, if it lives and is ours."""
        try:
            pid = int(pid_file.read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        return pid if self._is_ours(pid) else None

    def _is_ours(self, pid: int) -> bool:
        return str(self.folder) in command_line(pid)

    def stop(self, pid_file: Path, politely: signal.Signals) -> bool:
        """True when a server of ours was running; waits until it is gone, which may be after its pid file."""
        pid = self.pid(pid_file)
        if pid is None:
            return False
        os.kill(pid, politely)
        until = time.monotonic() + 40
        while self._is_ours(pid):
            if time.monotonic() > until:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)
        return True


def base_folder() -> Path:
    """var/engines, or a folder of our own under /tmp where the account cannot reach the work tree."""
    folder = Path(os.environ.get("ENGINES_DIR", ROOT / "var" / "engines")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() or all(step.stat().st_mode & 0o001 for step in (folder, *folder.parents)):
        return folder
    other = Path(tempfile.gettempdir()) / f"gandan-engines-{zlib.crc32(bytes(ROOT)):08x}"
    other.mkdir(mode=0o755, exist_ok=True)
    if other.is_symlink() or other.stat().st_uid != os.geteuid():
        raise EngineFailed(
            f"{other} belongs to somebody else. Set ENGINES_DIR to a folder that all may enter."
        )
    return other


def account() -> pwd.struct_passwd | None:
    """Whom root hands the servers to; None when we are nobody special ourselves."""
    if os.geteuid():
        return None
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EngineFailed(f"As root an account without rights is needed, one of: {', '.join(ACCOUNTS)}.")


def as_account() -> dict[str, Any]:
    who = account()
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}


def give_away(path: Path) -> None:
    if who := account():
        os.chown(path, who.pw_uid, who.pw_gid)


def environment(home: Path, more: Mapping[str, str] | None) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "HOME": str(home), **(more or {})}


def free_port(first: int) -> int:
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise EngineFailed(f"No free port on 127.0.0.1 from {first} to {first + 99}.")


def command_line(pid: int) -> str:
    """Empty when there is no such process, or only its remains."""
    shown = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, check=False)
    return shown.stdout.decode(errors="replace")
