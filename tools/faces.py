"""A text face as wide as those of phones and office computers.

A bare machine falls back to one that is a seventh wider, which says nothing about how much fits on a reader's screen
or paper. Nothing is checked for legibility in it; where none of these is installed the wide one stays.
"""

USUAL_FACES = ("Roboto", "Noto Sans", "Liberation Sans")
USUAL_FACE = f":root {{ --text: {', '.join(USUAL_FACES)}, sans-serif !important; }}"
