"""What happens between a press and a release on a canvas."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt

Modifiers = Qt.KeyboardModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the mouse is, and which modifier keys are held."""

    at: QPointF
    modifiers: Modifiers = NO_MODIFIER

    @property
    def x(self) -> float:
        """Pixels from the left edge of the canvas."""
        return self.at.x()

    @property
    def y(self) -> float:
        """Pixels from the top edge of the canvas."""
        return self.at.y()

    def has(self, modifier: Qt.KeyboardModifier) -> bool:
        """Whether a modifier key is held."""
        return bool(self.modifiers & modifier)


@dataclass(frozen=True, slots=True)
class KeyPress:
    """A key that came to a lane, with the letter it types."""

    key: Qt.Key
    modifiers: Modifiers = NO_MODIFIER
    text: str = ""

    @property
    def is_tab(self) -> bool:
        """Whether it goes to the next or, with Shift, the previous item."""
        return self.key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

    @property
    def is_up_or_down(self) -> bool:
        """Whether it is an arrow up or down."""
        return self.key in (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def has(self, modifier: Qt.KeyboardModifier) -> bool:
        """Whether a modifier key is held."""
        return bool(self.modifiers & modifier)


class Gesture:
    """One press. It ends in exactly one of ``click``, ``finish`` and ``abandon``.

    ``drag`` comes each time the pointer moves, once it has left the place of the press by a few
    pixels; ``finish`` comes instead of ``click`` when it has. Each does nothing unless overridden.
    """

    def drag(self, pointer: Pointer) -> None:
        """The pointer moved."""

    def click(self) -> None:
        """The button was released where it was pressed."""

    def finish(self) -> None:
        """The button was released after a drag."""

    def abandon(self) -> None:
        """Escape: everything is to be as before the press."""
