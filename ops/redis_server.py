"""A Redis of our own in memory only: a cache may be empty after a restart."""

import shutil
import signal
import socket
import subprocess

from ops.place import Place, give_away

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
pidfile {pid_file}
daemonize no
save ""
appendonly no
maxmemory 256mb
maxmemory-policy allkeys-lru
set-proc-title no
"""


class Redis:
    title = "Redis"
    variable = "CACHE_URL"

    def __init__(self) -> None:
        self.place = Place("redis", 56379)
        self.pid_file = self.place.folder / "redis.pid"

    def missing(self) -> list[str]:
        return [] if shutil.which("redis-server") else ["Redis (Debian: apt-get install redis-server)"]

    def is_running(self) -> bool:
        return self.place.pid(self.pid_file) is not None

    def launch(self) -> subprocess.Popen[bytes]:
        self.place.open()
        configuration = self.place.folder / "redis.conf"
        configuration.touch(mode=0o600)
        give_away(configuration)
        configuration.write_text(
            CONFIGURATION.format(
                port=self.place.port,
                password=self.place.password,
                folder=self.place.folder,
                pid_file=self.pid_file,
            )
        )
        return self.place.launch(["redis-server", str(configuration)])

    def answers(self) -> bool:
        if not self.is_running():
            return False
        try:
            with socket.create_connection(("127.0.0.1", self.place.port), timeout=2) as line:
                line.sendall(f"AUTH {self.place.password}\r\nPING\r\n".encode())
                replies = line.makefile("rb")
                return replies.readline() == b"+OK\r\n" and replies.readline() == b"+PONG\r\n"
        except OSError:
            return False

    def url(self) -> str:
        return f"redis://default:{self.place.password}@127.0.0.1:{self.place.port}/0"

    def stop(self) -> bool:
        return self.place.stop(self.pid_file, signal.SIGTERM)
