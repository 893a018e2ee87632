"""One row of the takes list, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.model.take import Take
from app.ui import icons, theme
from app.ui.panels.fields import ICON_PX, icon_button, label, row
from app.ui.panels.key_badge import KeyBadge
from app.ui.panels.time_text import format_seconds
from app.ui.theme import SPACING
from engine.timebase import Seconds

ALMOST_SILENT_DB = -50.0
HIGHEST_KEY = 9


@dataclass(frozen=True, slots=True)
class Tag:
    """A word about a take, its explanation, and whether it warns."""

    text: str
    tip: str
    warns: bool = True


@dataclass(frozen=True, slots=True)
class RowFacts:
    """All that a row shows: equal facts look the same, so an equal row is left alone.

    ``look`` is the theme it was drawn in.
    """

    title: str
    seed: int
    length: str
    tags: tuple[Tag, ...]
    key: int | None
    is_heard: bool
    is_starred: bool
    look: object


def row_facts(take: Take, *, is_heard: bool, is_stale: bool, seconds: Seconds) -> RowFacts:
    """What the row of a take says."""
    return RowFacts(
        title=take.name or f"Take {take.number}",
        seed=take.seed,
        length=format_seconds(seconds),
        tags=take_tags(take, is_stale=is_stale),
        key=take.number if take.number <= HIGHEST_KEY else None,
        is_heard=is_heard,
        is_starred=take.is_starred,
        look=(theme.current(), theme.type_scale()),
    )


def take_tags(take: Take, *, is_stale: bool) -> tuple[Tag, ...]:
    """What is worth knowing about a take."""
    tags: list[Tag] = []
    if is_stale:
        tags.append(Tag("stale", "The lanes changed after this take was made"))
    if take.is_partial:
        tags.append(Tag("partial", "The run was cancelled; this is what was finished"))
    if take.level_db is not None and take.level_db < ALMOST_SILENT_DB:
        tags.append(Tag("almost silent", f"Level {take.level_db:.0f} dB"))
    if take.peak_db is not None and take.peak_db >= 0.0:
        tags.append(Tag("clipped", "Some samples reach full scale"))
    if take.is_unchanged:
        tags.append(Tag("no audible change", "The result equals what was there before"))
    if take.is_untouched_verified:
        tip = "Unchanged outside: every sample around the mask was compared"
        tags.append(Tag("verified", tip, warns=False))
    if take.adherence is not None and take.adherence.chords:
        n_asked = len(take.adherence.chords)
        text = f"chords {take.adherence.n_same}/{n_asked}"
        tags.append(Tag(text, "Chords heard as asked, an estimate", warns=False))
    return tuple(tags)


def show_strong(words: QLabel, is_strong: bool) -> None:
    """Set words in heavier or in ordinary type."""
    font = words.font()
    font.setWeight(QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
    words.setFont(font)


class TakeRow(QWidget):
    """Number, seed, length, tags, and the buttons to star and keep.

    Signals:
        starred(), kept(): the buttons were pressed.
    """

    starred = Signal()
    kept = Signal()

    def __init__(self, facts: RowFacts) -> None:
        super().__init__()
        self._facts: RowFacts | None = None
        self._title = label("")
        self._seed = QPushButton()
        self._seed.setProperty("role", "link")
        self._seed.setToolTip("Copy the seed")
        self._seed.clicked.connect(self._copy_seed)
        self._length = label("", "caption")
        self._tags = row(gap=SPACING[1])
        self._tag_labels: list[QLabel] = []
        headline = row(self._title, gap=SPACING[1])
        headline.addLayout(self._tags)
        headline.addStretch(1)
        details = row(self._seed, self._length, gap=SPACING[2])
        details.addStretch(1)
        self._badge = KeyBadge()
        self._star = icon_button("star", "Star", self.starred.emit)
        keep = icon_button("check", "Keep this take; the others go to the bin", self.kept.emit)

        words = QVBoxLayout()
        words.setSpacing(2)
        for line in (headline, details):
            # What does not fit is cut off at the row's end instead of widening the list.
            holder = QWidget()
            holder.setLayout(line)
            holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            words.addWidget(holder)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING[2], SPACING[1] + 2, SPACING[1], SPACING[1] + 2)
        layout.setSpacing(SPACING[2])
        layout.addWidget(self._badge)
        layout.addLayout(words, 1)
        layout.addWidget(self._star)
        layout.addWidget(keep)
        self.show_facts(facts)

    def show_facts(self, facts: RowFacts) -> bool:
        """Show a take as it is now; False where it already looks like that."""
        before, self._facts = self._facts, facts
        if facts == before:
            return False
        self.setAccessibleName(
            f"{facts.title}, seed {facts.seed}" + (", being heard" if facts.is_heard else "")
        )
        self._title.setText(facts.title)
        show_strong(self._title, facts.is_heard)
        self._seed.setText(f"seed {facts.seed}")
        self._length.setText(facts.length)
        self._badge.show_key(facts.key, facts.is_heard)
        self._show_star(facts.is_starred)
        if before is None or facts.tags != before.tags:
            self._show_tags(facts.tags)
        return True

    def _show_star(self, is_starred: bool) -> None:
        name = "Take the star away" if is_starred else "Star: never tidied away"
        self._star.setToolTip(name)
        self._star.setAccessibleName(name)
        self._star.setIcon(
            icons.icon("star-filled", theme.current().warning, ICON_PX)
            if is_starred
            else icons.icon("star", size=ICON_PX)
        )

    def _show_tags(self, tags: tuple[Tag, ...]) -> None:
        for old in self._tag_labels:
            old.hide()
            old.deleteLater()
        self._tag_labels = [label(tag.text, "tag-warning" if tag.warns else "tag") for tag in tags]
        for tag, shown in zip(tags, self._tag_labels, strict=True):
            shown.setToolTip(tag.tip)
            self._tags.addWidget(shown)

    def _copy_seed(self) -> None:
        if self._facts is not None:
            QGuiApplication.clipboard().setText(str(self._facts.seed))


class OriginalRow(QWidget):
    """What was there before any take."""

    def __init__(self, *, is_heard: bool) -> None:
        super().__init__()
        self._shown: object = None
        self._title = label("Original")
        self._badge = KeyBadge()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING[2], SPACING[1] + 2, SPACING[1], SPACING[1] + 2)
        layout.setSpacing(SPACING[2])
        layout.addWidget(self._badge)
        layout.addWidget(self._title, 1)
        self.show_heard(is_heard)

    def show_heard(self, is_heard: bool) -> bool:
        """Show whether it is being heard; False where it already looks like that."""
        shown = (is_heard, theme.current(), theme.type_scale())
        if shown == self._shown:
            return False
        self._shown = shown
        self.setAccessibleName("Original" + (", being heard" if is_heard else ""))
        show_strong(self._title, is_heard)
        self._badge.show_key(0, is_heard)
        return True
