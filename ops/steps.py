"""One printed line a step, with its seconds; a dot a second once a step takes longer than two."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO


class StepFailed(Exception):
    """A sentence for the person at the keyboard; the output that explains it was already printed."""


@contextmanager
def step(title: str, out: TextIO | None = None) -> Iterator[None]:
    out = out or sys.stdout
    begun = time.monotonic()
    ended = threading.Event()
    dots = threading.Thread(target=_dots, args=(ended, out), daemon=True)
    print(f"  {title} ", end="", file=out, flush=True)
    dots.start()
    word = "failed after "
    try:
        yield
        word = ""
    finally:
        ended.set()
        dots.join()
        print(f" {word}{time.monotonic() - begun:.1f} s", file=out, flush=True)


def _dots(ended: threading.Event, out: TextIO) -> None:
    wait = 2.0
    while not ended.wait(wait):
        print(".", end="", file=out, flush=True)
        wait = 1.0


def command(title: str, argv: Sequence[str], out: TextIO | None = None) -> None:
    """Run a program as a step. Its output is shown only when it fails, which raises StepFailed."""
    failed = None
    with step(title, out):
        done = subprocess.run(
            argv,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if done.returncode:
            failed = done
    if failed:
        print(failed.stdout.decode(errors="replace").strip(), file=sys.stderr)
        raise StepFailed(f"{title}: {argv[0]} ended with {failed.returncode}.")
