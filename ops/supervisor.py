"""Runs the programs of a Procfile side by side and ends them together.

They end when one of them ends, on Ctrl-C, TERM or HUP, and when the program that started us is gone; a kernel
that knows how also ends them when this supervisor itself is killed. honcho was tried first: its children outlive
it when it is killed, and it reports Ctrl-C as an error.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

LOOK_EVERY = 0.2  # seconds
GRACE = 25  # seconds; gunicorn takes up to 20 to finish its requests


def procfile(path: Path) -> dict[str, list[str]]:
    lines = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {name.strip(): shlex.split(command) for name, _, command in lines}


class Supervisor:
    """`started` is asked at every look until it returns True: the place to greet once the site answers."""

    def __init__(self, commands: dict[str, list[str]], started: Callable[[], bool]) -> None:
        self.commands = commands
        self.started = started
        self.asked_to_stop = False
        self.parent = os.getppid()

    def run(self) -> int:
        """0 after having been asked to stop, 1 when a program ended by itself."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._ask_to_stop)
        with _TerminalToOurselves():
            children = {name: _start(command) for name, command in self.commands.items()}
            try:
                ended = self._watch(children)
            finally:
                stop(children)
        if ended:
            print(
                f"\n{ended} ended by itself, so everything was stopped. Its last words are above.",
                file=sys.stderr,
            )
            return 1
        print("\nStopped.", flush=True)
        return 0

    def _ask_to_stop(self, *_: object) -> None:
        self.asked_to_stop = True

    def _watch(self, children: dict[str, subprocess.Popen[bytes]]) -> str | None:
        greeted = False
        while not self.asked_to_stop and not self._parent_is_leaving():
            for name, child in children.items():
                if child.poll() is not None and not self.asked_to_stop:
                    return f"{name} (exit {child.returncode})"
            greeted = greeted or self.started()
            time.sleep(LOOK_EVERY)
        return None

    def _parent_is_leaving(self) -> bool:
        """Our parent is make. It is gone, or was interrupted alone and waits for us without telling us."""
        return os.getppid() != self.parent or not _catches_interrupt(self.parent)


def stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        _signal_group(child, signal.SIGTERM)
    until = time.monotonic() + GRACE
    for child in children.values():
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal_group(child, signal.SIGKILL)
            child.wait()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    if shutil.which("setpriv"):  # Linux: the kernel ends the child when we are killed
        command = ["setpriv", "--pdeathsig", "TERM", "--", *command]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return


def _catches_interrupt(pid: int) -> bool:
    """False once GNU make, whose handler resets itself, has taken a SIGINT; True where that cannot be seen."""
    try:
        if not Path(f"/proc/{pid}/comm").read_text().startswith(("make", "gmake")):
            return True
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True
    masks = [
        int(line.split()[1], 16) for line in status.splitlines() if line.startswith(("SigCgt", "SigIgn"))
    ]
    return any(mask >> (signal.SIGINT - 1) & 1 for mask in masks)


class _TerminalToOurselves:
    """Takes Ctrl-C away from make, which would report it as an error, for as long as we run in its foreground."""

    def __enter__(self) -> None:
        self.terminal = None
        if not sys.stdin.isatty() or os.tcgetpgrp(0) != os.getpgrp() or os.getpgrp() == os.getpid():
            return
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        signal.signal(
            signal.SIGTSTP, signal.SIG_IGN
        )  # Ctrl-Z would leave a shell that waits for make for ever
        self.terminal = os.getpgrp()
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())

    def __exit__(self, *_: object) -> None:
        if self.terminal is not None:
            os.tcsetpgrp(0, self.terminal)
