"""`make run` and `make dev` from a fresh clone, as on a bare machine: they start, keep what was typed, stop cleanly."""

import contextlib
import os
import pty
import re
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.browser.crawl import get
from tools.demo_case import send_question
from tools.demo_site import ROOT, free_port

pytestmark = pytest.mark.drill

LONGEST_START = 300  # seconds, with the downloads of a new machine
SECOND_START = 10  # seconds on a usual machine
SECOND_START_IN_COMMANDS = 4  # the same on a slow one: so many times what a command that does nothing takes
COUNT = "from feedback.models import Case; print(*Case.objects.values_list('code', flat=True))"


def bare_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "PIP_CERT") if name in os.environ}


running: list[int] = []


class Run:
    """`make run` or another target in a terminal of its own, since Ctrl-C is a key of a terminal."""

    def __init__(self, folder: Path, target: str = "run") -> None:
        begun = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe("make", ["make", target, f"PORT={free_port()}"], bare_environment())
        running.append(self.pid)
        guard = threading.Timer(LONGEST_START, os.kill, (self.pid, signal.SIGKILL))
        guard.start()
        said = self.read_until("Gần Dân is ready")
        guard.cancel()
        self.seconds = time.monotonic() - begun
        address = re.search(r"http://127\.0\.0\.1:\d+", said.rpartition("is ready")[2])
        assert address, said
        self.address = address.group()

    def read_until(self, words: str) -> str:
        """What the terminal shows up to the end of the line with these words, or to its end."""
        said = ""
        with contextlib.suppress(OSError):  # a terminal whose programs have ended
            while words not in said or not said.endswith("\n"):
                said += os.read(self.terminal, 4096).decode(errors="replace").replace("\r\n", "\n")
        return said

    def press_control_c(self) -> int:
        """The exit code of make."""
        os.write(self.terminal, b"\x03")
        self.read_until("nothing ever says this")
        running.remove(self.pid)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone") / "gandan"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    yield folder
    for pid in running:
        os.kill(pid, signal.SIGTERM)
    shutil.rmtree(folder)


def seconds_of_a_command(folder: Path) -> float:
    begun = time.monotonic()
    subprocess.run(
        [".venv/bin/python", "manage.py", "showmigrations", "home"],
        cwd=folder,
        env=bare_environment(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - begun


def test_make_run_serves_the_commune_stops_on_control_c_and_keeps_what_was_typed(clone):
    first = Run(clone)
    assert get(first.address + "/").status == 200
    slip = send_question(first)
    assert first.press_control_c() == 0

    second = Run(clone)
    assert second.seconds < max(SECOND_START, SECOND_START_IN_COMMANDS * seconds_of_a_command(clone))
    kept = subprocess.run(
        [".venv/bin/python", "manage.py", "shell", "-v0", "-c", COUNT],
        cwd=clone,
        env=bare_environment(),
        capture_output=True,
        text=True,
    )
    assert slip.code in kept.stdout
    assert second.press_control_c() == 0


def test_make_dev_serves_the_same_commune_with_debugging_and_stops_on_control_c(clone):
    site = Run(clone, "dev")
    assert "Đăng ký khai sinh" in get(site.address + "/tim-kiem/?q=dang+ky+khai+sinh").html.text
    assert "DEBUG = True" in get(site.address + "/khong-co-trang-nay/").html.text
    assert site.press_control_c() == 0
