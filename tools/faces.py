"""A text face as wide as those of phones and office computers.

A bare machine falls back to one that is a seventh wider, which says nothing about how much fits on a reader's screen
or paper. Nothing is checked for legibility in it; where none of these is installed the wide one stays.
"""

import shutil
import subprocess

USUAL_FACES = ("Roboto", "Noto Sans", "Liberation Sans")
USUAL_FACE = f":root {{ --text: {', '.join(USUAL_FACES)}, sans-serif !important; }}"


def is_installed() -> bool:
    """Whether this machine draws text in a face of usual width; unknown counts as no."""
    if shutil.which("fc-list") is None:
        return False
    faces = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False).stdout
    return any(face in faces for face in USUAL_FACES)
