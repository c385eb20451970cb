"""`make run` from a fresh clone, as on a bare machine: it starts, keeps what was typed, and stops cleanly."""

import os
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
SECOND_START = 10  # seconds
LONGEST_STOP = 30  # seconds


class Run:
    def __init__(self, folder: Path) -> None:
        self.address = ""
        self.lines: list[str] = []
        begun = time.monotonic()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "PIP_CERT") if name in os.environ}
        self.program = subprocess.Popen(
            ["make", "run", f"PORT={free_port()}"],
            cwd=folder,
            env=kept,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        guard = threading.Timer(LONGEST_START, self.program.kill)
        guard.start()
        for line in self.program.stdout:
            self.lines.append(line)
            if "Gần Dân is ready" in line:
                self.address = line.split()[-1].rstrip("/")
                break
        guard.cancel()
        self.seconds = time.monotonic() - begun
        assert self.address, "".join(self.lines)

    def press_control_c(self) -> int:
        os.killpg(self.program.pid, signal.SIGINT)
        self.program.stdout.read()
        return self.program.wait(timeout=LONGEST_STOP)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone") / "gandan"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    yield folder
    shutil.rmtree(folder)


def test_make_run_serves_the_commune_stops_on_control_c_and_keeps_what_was_typed(clone):
    first = Run(clone)
    assert get(first.address + "/").status == 200
    slip = send_question(first.address)
    assert first.press_control_c() == 0

    second = Run(clone)
    assert second.seconds < SECOND_START
    kept = subprocess.run(
        [".venv/bin/python", "manage.py", "shell", "-v0", "-c", COUNT],
        cwd=clone,
        capture_output=True,
        text=True,
    )
    assert slip.code in kept.stdout
    assert second.press_control_c() == 0


COUNT = "from feedback.models import Case; print(*Case.objects.values_list('code', flat=True))"
