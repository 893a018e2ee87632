"""One row of the takes list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.model.take import Take
from app.ui import icons, theme
from app.ui.panels.fields import icon_button, label, row
from app.ui.panels.time_text import format_seconds
from app.ui.theme import SPACING
from engine.timebase import Seconds

ALMOST_SILENT_DB = -50.0


def take_tags(take: Take, *, is_stale: bool) -> tuple[tuple[str, str, bool], ...]:
    """What is worth knowing about a take: text, explanation, and whether it warns."""
    tags: list[tuple[str, str, bool]] = []
    if is_stale:
        tags.append(("stale", "The lanes changed after this take was made", True))
    if take.is_partial:
        tags.append(("partial", "The run was cancelled; this is what was finished", True))
    if take.level_db is not None and take.level_db < ALMOST_SILENT_DB:
        tags.append(("almost silent", f"Level {take.level_db:.0f} dB", True))
    if take.peak_db is not None and take.peak_db >= 0.0:
        tags.append(("clipped", "Some samples reach full scale", True))
    if take.is_unchanged:
        tags.append(("no audible change", "The result equals what was there before", True))
    if take.is_untouched_verified:
        tags.append(
            ("verified", "Unchanged outside: every sample around the mask was compared", False)
        )
    if take.adherence is not None and take.adherence.chords:
        n_asked = len(take.adherence.chords)
        text = f"chords {take.adherence.n_same}/{n_asked}"
        tags.append((text, "Chords heard as asked, an estimate", False))
    return tuple(tags)


class TakeRow(QWidget):
    """Number, seed, length, tags, and the buttons to star and keep.

    Signals:
        starred(), kept(): the buttons were pressed.
    """

    starred = Signal()
    kept = Signal()

    def __init__(self, take: Take, *, is_heard: bool, is_stale: bool, seconds: Seconds) -> None:
        super().__init__()
        palette = theme.current()
        name = take.name or f"Take {take.number}"
        self.setAccessibleName(f"{name}, seed {take.seed}" + (", being heard" if is_heard else ""))
        title = label(name)
        title.setStyleSheet(f"font-weight: {600 if is_heard else 400};")

        seed = QPushButton(f"seed {take.seed}")
        seed.setProperty("role", "link")
        seed.setToolTip("Copy the seed")
        seed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        seed.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(take.seed)))
        facts = row(seed, label(format_seconds(seconds), "caption"), gap=SPACING[2])
        headline = row(title, gap=SPACING[1])
        for text, tip, warns in take_tags(take, is_stale=is_stale):
            tag = label(text, "tag-warning" if warns else "tag")
            tag.setToolTip(tip)
            headline.addWidget(tag)
        facts.addStretch(1)
        headline.addStretch(1)

        star = icon_button(
            "star-filled" if take.is_starred else "star",
            "Take the star away" if take.is_starred else "Star: never tidied away",
            self.starred.emit,
        )
        if take.is_starred:
            star.setIcon(icons.icon("star-filled", palette.warning, 18))
        keep = icon_button("check", "Keep this take; the others go to the bin", self.kept.emit)
        for button in (star, keep):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        words = QVBoxLayout()
        words.setSpacing(2)
        for line in (headline, facts):
            # What does not fit is cut off at the row's end instead of widening the list.
            holder = QWidget()
            holder.setLayout(line)
            holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            words.addWidget(holder)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING[2], SPACING[1] + 2, SPACING[1], SPACING[1] + 2)
        layout.setSpacing(SPACING[2])
        layout.addWidget(key_badge(take.number if take.number <= 9 else None, is_heard))
        layout.addLayout(words, 1)
        layout.addWidget(star)
        layout.addWidget(keep)


class OriginalRow(QWidget):
    """What was there before any take."""

    def __init__(self, *, is_heard: bool) -> None:
        super().__init__()
        self.setAccessibleName("Original" + (", being heard" if is_heard else ""))
        title = label("Original", "" if is_heard else "secondary")
        title.setStyleSheet(f"font-weight: {600 if is_heard else 400};")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING[2], SPACING[1] + 2, SPACING[1], SPACING[1] + 2)
        layout.setSpacing(SPACING[2])
        layout.addWidget(key_badge(0, is_heard))
        layout.addWidget(title, 1)


def key_badge(key: int | None, is_heard: bool) -> QLabel:
    """The key that hears a take, or a loudspeaker on the one being heard."""
    palette = theme.current()
    badge = QLabel("" if key is None else str(key))
    badge.setFixedSize(22, 22)
    badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
    if is_heard:
        badge.setPixmap(icons.pixmap("hear", palette.text_on_accent, 14, badge.devicePixelRatioF()))
    fill = palette.accent if is_heard else palette.background
    badge.setStyleSheet(
        f"background: {fill}; color: {palette.text_secondary}; border-radius: 5px;"
        f"font-size: {theme.type_scale().caption}px;"
    )
    badge.setToolTip("Being heard" if is_heard else f"Press {key} to hear it")
    return badge
