"""How far the work is, for anything that takes longer than two seconds."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO, TypeVar

Item = TypeVar("Item")

SILENT_SECONDS = 2.0
BAR = 30  # characters


def with_progress(
    items: Iterable[Item], total: int, stream: TextIO, clock: Callable[[], float] = monotonic
) -> Iterator[Item]:
    """Passes the items on. On a terminal a bar is drawn; elsewhere a line "120/284" every two seconds."""
    is_terminal = stream.isatty()
    said_at = clock()
    for done, item in enumerate(items, start=1):
        yield item
        if is_terminal:
            stream.write(f"\r{_bar(done, total)}" + ("\n" if done == total else ""))
        elif clock() - said_at >= SILENT_SECONDS:
            said_at = clock()
            stream.write(f"{done}/{total}\n")
        stream.flush()


@contextmanager
def without_page_log() -> Iterator[None]:
    """Wagtail logs two lines a page, which would bury the progress; its history keeps them anyway."""
    logger = logging.getLogger("wagtail")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def _bar(done: int, total: int) -> str:
    filled = BAR * done // total
    return f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}"
