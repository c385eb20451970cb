import os
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Whole or not at all, so that an interrupted export leaves no broken file."""
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.write_bytes(content)
    os.replace(unfinished, file)
