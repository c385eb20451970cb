"""Numbers of people are never published for a hamlet when they are small, nor so that they can be worked out.

Hiding only the small ones would not do: whoever knows the total and the numbers shown beside it works out what is
hidden, and hiding the next smallest with them still gives some away (a test looks at every case). So the numbers
of all hamlets are shown, or of none.
"""

from collections.abc import Collection

LEAST = 5


def may_be_published(counts: Collection[int]) -> bool:
    """Whether these numbers may stand side by side; their sum may when it is not small itself."""
    return all(count >= LEAST for count in counts)
