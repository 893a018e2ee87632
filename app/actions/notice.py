"""What the studio has to tell a person, whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from engine.errors import EngineError


class Tone(StrEnum):
    """How serious a notice is; the value names its icon."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened, what to do, and what is safe.

    ``cause`` names the reason: a second notice of the same cause replaces the first.
    ``choices`` are button texts and what they do; ``details`` are for copying.
    """

    cause: str
    message: str
    hint: str = ""
    tone: Tone = Tone.WARNING
    choices: tuple[tuple[str, Callable[[], object]], ...] = ()
    details: str = ""


Tell = Callable[[Notice], object]


def notice_of(cause: str, error: EngineError, details: str = "") -> Notice:
    """A failure in the user's words."""
    return Notice(cause, error.message, error.hint, Tone.ERROR, details=details)
