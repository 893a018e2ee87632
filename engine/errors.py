"""Failures that are told to the person: what happened, and what to do about it."""

from __future__ import annotations


class EngineError(Exception):
    """A failure in the user's words.

    ``message`` says what happened and what is safe; ``hint`` says what to do next.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class BadInput(EngineError):
    """Something the person gave cannot be used as it is."""


class WeightsUnusable(EngineError):
    """A model file is missing, damaged, or of another kind."""


class DeviceUnusable(EngineError):
    """The asked device is missing, out of memory, or has failed."""


class EngineStopped(EngineError):
    """The engine process ended by itself; the project is safe."""
