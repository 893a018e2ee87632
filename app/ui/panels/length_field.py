"""The length of a run: typed in bars or seconds, with whole bars offered beside odd seconds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.ui.panels.chips import FlowLayout
from app.ui.panels.fields import label
from app.ui.panels.time_text import Length, format_seconds, parse_length
from engine.timebase import TempoMap


class LengthField(QLineEdit):
    """``8 bars``; ``note`` and ``offers`` are labels and buttons to be placed below it.

    Signals:
        bars_chosen(int): a whole number of bars was typed, or an offer taken.
        seconds_typed(Length): a length that is no whole number of bars was typed.
    """

    bars_chosen = Signal(int)
    seconds_typed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tempo = TempoMap()
        self._bars = 8
        self.setToolTip("Length of a run: 8 bars, 16 s or 0:16")
        self.setAccessibleName("Length")
        self.editingFinished.connect(self._on_entered)
        self.note = label("", "caption")
        self.offers = LengthOffers()
        self.offers.taken.connect(self._on_offer_taken)

    def show_length(self, bars: int, tempo: TempoMap) -> None:
        """Show a length of whole bars, unless it is the one shown."""
        if (bars, tempo) == (self._bars, self._tempo) and self.text():
            return
        self._bars, self._tempo = bars, tempo
        self.offers.clear()
        self._show()

    def _show(self) -> None:
        seconds = self._tempo.seconds_at(self._tempo.bar_start(self._bars + 1))
        self.setText(f"{self._bars} {'bar' if self._bars == 1 else 'bars'}")
        self.note.setText(f"= {format_seconds(seconds)}")

    def _on_entered(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        length = parse_length(self.text(), self._tempo)
        if length is None:
            self._show()
            self.note.setText("Type 8 bars, 16 s or 0:16")
        elif length.whole_bars is not None:
            self._on_offer_taken(length.whole_bars)
        else:
            self.note.setText(f"= {length.bars:.1f} bars")
            self.offers.offer(length, self._tempo)
            self.seconds_typed.emit(length)

    def _on_offer_taken(self, bars: int) -> None:
        self._bars = bars
        self.offers.clear()
        self._show()
        self.bars_chosen.emit(bars)


class LengthOffers(QWidget):
    """One button per whole number of bars near the typed seconds; hidden while there are none."""

    taken = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._layout = FlowLayout()
        self.setLayout(self._layout)
        self.hide()

    def offer(self, length: Length, tempo: TempoMap) -> None:
        """Show the offers of a length."""
        self.clear()
        for bars in length.offers:
            seconds = tempo.seconds_at(tempo.bar_start(bars + 1))
            button = QPushButton(
                f"{bars} {'bar' if bars == 1 else 'bars'} = {format_seconds(seconds)}"
            )
            button.setProperty("role", "small")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, bars=bars: self.taken.emit(bars))
            self._layout.addWidget(button)
        self.show()

    def clear(self) -> None:
        """Take all offers away."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.hide()
