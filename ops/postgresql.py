"""A PostgreSQL cluster of our own, for tests only: nothing in it has to survive a power cut, so fsync is off.

A killed server still loses no committed row, which is what the fault drills look at.
"""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from ops.place import EngineFailed, Place, as_account, environment

VARIABLE = "DATABASE_URL"
OLDEST = 15
NAME = "gandan"  # of the superuser and of the database


class PostgreSQL:
    title = "PostgreSQL"
    variable = VARIABLE

    def __init__(self) -> None:
        self.place = Place("postgresql", 55432)
        self.cluster = self.place.folder / "cluster"
        self.pid_file = self.cluster / "postmaster.pid"

    def missing(self) -> list[str]:
        return [] if programs() else [f"PostgreSQL {OLDEST} or newer (Debian: apt-get install postgresql-15)"]

    def is_running(self) -> bool:
        return self.place.pid(self.pid_file) is not None

    def launch(self) -> subprocess.Popen[bytes]:
        self.place.open()
        self._make_cluster()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.place.port),
            "unix_socket_directories": "",
            "fsync": "off",
        }
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return self.place.launch([str(folder_of_programs() / "postgres"), "-D", str(self.cluster), *words])

    def answers(self) -> bool:
        """Also makes our database, which a first start does not have."""
        if not self.is_running() or self._ask("postgres", "SELECT 1") is None:
            return False
        if NAME not in (self._ask("postgres", "SELECT datname FROM pg_database") or "").split():
            self._ask("postgres", f"CREATE DATABASE {NAME}")
        return self._ask(NAME, "SELECT 1") == "1"

    def url(self) -> str:
        return f"postgres://{NAME}:{self.place.password}@127.0.0.1:{self.place.port}/{NAME}"

    def stop(self) -> bool:
        return self.place.stop(self.pid_file, signal.SIGINT)  # "fast": does not wait for clients

    def _make_cluster(self) -> None:
        wanted = folder_of_programs().parent.name
        made = self.cluster / "PG_VERSION"
        if made.exists() and wanted.isdecimal() and made.read_text().strip() != wanted:
            shutil.rmtree(
                self.cluster
            )  # of another release, which this one cannot read; it held test rows only
        if made.exists():
            return
        shutil.rmtree(self.cluster, ignore_errors=True)
        self.place.writable("cluster").chmod(0o700)
        secret = self.place.writable("cluster").with_name("password")
        secret.write_text(self.place.password)
        secret.chmod(0o644)
        words = ["-U", NAME, "-E", "UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={secret}"]
        done = subprocess.run(
            [str(folder_of_programs() / "initdb"), "-D", str(self.cluster), "--no-sync", *words],
            cwd=self.place.folder,
            env=environment(self.place.folder, None),
            capture_output=True,
            check=False,
            **as_account(),
        )
        secret.unlink()
        if done.returncode:
            raise EngineFailed(f"initdb: {done.stderr.decode(errors='replace').strip()}")

    def _ask(self, database: str, question: str) -> str | None:
        """The answer as psql prints it, bare; None when there was none."""
        where = ["-h", "127.0.0.1", "-p", str(self.place.port), "-U", NAME, "-d", database]
        done = subprocess.run(
            [str(folder_of_programs() / "psql"), "-XAtq", *where, "-c", question],
            env={**os.environ, "PGPASSWORD": self.place.password, "PGCONNECT_TIMEOUT": "2"},
            capture_output=True,
            check=False,
        )
        return done.stdout.decode().strip() if done.returncode == 0 else None


def programs() -> Path | None:
    """The folder of the newest initdb that is new enough; Debian keeps it out of PATH."""
    found = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    found += Path("/usr/lib/postgresql").glob("*/bin")
    fit = [folder for folder in found if (folder / "initdb").exists() and release(folder) >= OLDEST]
    return max(fit, key=release, default=None)


def folder_of_programs() -> Path:
    folder = programs()
    if folder is None:
        raise EngineFailed("PostgreSQL is gone.")
    return folder


def release(folder: Path) -> int:
    shown = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, check=False)
    digits = shown.stdout.decode().split()[2:3]
    return int(digits[0].partition(".")[0]) if digits and digits[0][0].isdecimal() else 0
