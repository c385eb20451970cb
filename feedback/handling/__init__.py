"""The only writer of cases. Each step is one transaction: the state, its events and the mail it causes.

`receive` is idempotent: the nonce of the form's token is unique, so a double click, a retry a day later or a race
of two workers give the same case. States change by a conditional update whose rows are counted; whoever comes
second gets `MoveRefused`. What the facts of a step forbid raises `NotPossible` with a sentence for the reader.
Who may do what is asked before, in `feedback.access`.
"""

from feedback.handling.arranging import hand_over, merge, reassign, release, retopic
from feedback.handling.moving import (
    accept,
    answer,
    ask_more,
    close,
    extend,
    forward,
    refuse,
    resume,
    start_work,
)
from feedback.handling.receiving import Submission, receive
from feedback.handling.recording import (
    add_note,
    erase_contact,
    erase_words,
    give_title,
    hide_words,
    note_look,
    show_contact,
)
from feedback.handling.replying import rate, resident_replies, withdraw
from feedback.states import MoveRefused, NotPossible

__all__ = [
    "MoveRefused",
    "NotPossible",
    "Submission",
    "accept",
    "add_note",
    "answer",
    "ask_more",
    "close",
    "erase_contact",
    "erase_words",
    "extend",
    "forward",
    "give_title",
    "hand_over",
    "hide_words",
    "merge",
    "note_look",
    "rate",
    "reassign",
    "receive",
    "refuse",
    "release",
    "resident_replies",
    "resume",
    "retopic",
    "show_contact",
    "start_work",
    "withdraw",
]
