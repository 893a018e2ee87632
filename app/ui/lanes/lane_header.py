"""The left end of a lane: its name, mute and solo, level, and how it steers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from app.model.drum_hit import SWING_PERCENT
from app.model.lane import CONDITION_LANES, MAX_GAIN_DB, MIN_GAIN_DB, LaneId
from app.model.project import Project
from app.ui import theme
from app.ui.lanes.stage import Stage
from app.ui.lanes.value_bar import ValueBar

HEADER_WIDTH_PX = 248
STEERING_LANES = (LaneId.SECTIONS, *CONDITION_LANES)
NAMES = {
    LaneId.SECTIONS: "Sections",
    LaneId.CHORDS: "Chords",
    LaneId.DRUMS: "Drums",
    LaneId.NOTES: "Notes",
    LaneId.AUDIO: "Audio",
}


class LetterButton(QAbstractButton):
    """A small square switch with one letter: M, S."""

    def __init__(self, letter: str, name: str, key: str, colour: str, parent: QWidget) -> None:
        """``colour`` names the field of the palette that shows "on"."""
        super().__init__(parent)
        self._colour = colour
        self.setText(letter)
        self.setCheckable(True)
        self.setFixedSize(QSize(24, 24))
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        on = QColor(getattr(palette, self._colour))
        hovered = palette.hover if self.underMouse() else palette.field
        painter.setBrush(on if self.isChecked() else QColor(hovered))
        ring = palette.focus_ring if self.hasFocus() else palette.border
        painter.setPen(QPen(QColor(ring), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(box, 4, 4)
        font = QFont(self.font())
        font.setPixelSize(theme.type_scale().caption)
        font.setBold(True)
        painter.setFont(font)
        colour = palette.text_on_chord if self.isChecked() else palette.text_secondary
        painter.setPen(QColor(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class PowerDot(QAbstractButton):
    """Whether a lane steers the next run: a filled or a hollow dot in the lane's colour."""

    def __init__(self, colour: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setCheckable(True)
        self.setFixedSize(QSize(24, 24))
        self.setAccessibleName(f"{name} steer the engine")
        self.setToolTip("Steer the engine with this lane, or not")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(getattr(palette, self._colour))
        centre = QRectF(self.rect()).center()
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.focus_ring), 2))
            painter.drawEllipse(centre, 9, 9)
        painter.setPen(QPen(colour if self.isChecked() else QColor(palette.text_disabled), 2))
        painter.setBrush(colour if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 5, 5)
        painter.end()


class LaneHeader(QWidget):
    """Controls of one lane; ``gutter`` (row names, piano keys) stands beside the canvas."""

    def __init__(
        self,
        lane: LaneId,
        stage: Stage,
        gutter: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.lane = lane
        self._stage = stage
        self.setFixedWidth(HEADER_WIDTH_PX)
        self.setAccessibleName(f"{NAMES[lane]} lane header")
        self._controls = QVBoxLayout()
        self._name = QLabel(NAMES[lane], self)
        self._strip_label = QLabel("Heard (estimate)", self)
        self._strip_label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._strip_label.hide()
        self.mute = LetterButton("M", f"Mute {NAMES[lane]}", "M", "warning", self)
        self.solo = LetterButton("S", f"Solo {NAMES[lane]}", "S", "accent", self)
        self.gain = ValueBar(
            "Level",
            round(MIN_GAIN_DB * 10),
            round(MAX_GAIN_DB * 10),
            0,
            _shown_gain,
            _typed_gain,
            self,
        )
        self.gain.setToolTip("Drag; double-click to type; Ctrl+click: 0 dB")
        self.power: PowerDot | None = None
        self.strength: ValueBar | None = None
        if lane in STEERING_LANES:
            self.power = PowerDot(f"{_singular(lane)}_lane", NAMES[lane], self)
            self.power.clicked.connect(lambda: stage.arrange.switch_condition(lane))
        if lane in CONDITION_LANES:
            self.strength = ValueBar("Strength", 0, 100, 100, _shown_percent, _typed_percent)
            self.strength.setToolTip("How closely the engine follows this lane")
            self.strength.value_chosen.connect(self._on_strength)
        self.mute.clicked.connect(lambda: stage.arrange.mute(lane))
        self.solo.clicked.connect(lambda: stage.arrange.solo(lane))
        self.gain.value_chosen.connect(self._on_gain)
        for bar in (self.gain, self.strength):
            if bar is not None:
                bar.gesture_started.connect(stage.arrange.begin)
                bar.gesture_ended.connect(stage.arrange.finish)
        self._tools = QHBoxLayout()
        self.swing: ValueBar | None = None
        self._lay_out(gutter)
        if lane is LaneId.DRUMS:
            self._add_swing()
        stage.document.changed.connect(self._on_changed)
        stage.workspace.focused_lane_changed.connect(self._on_focus_changed)
        self._show_settings()
        if lane is LaneId.AUDIO:
            self._show_strip_label()

    def _lay_out(self, gutter: QWidget | None) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        if self.power is not None:
            top.addWidget(self.power)
        else:
            top.addSpacing(6)
        top.addWidget(self._name, 1)
        self._has_sound = self.lane is not LaneId.SECTIONS
        for control in (self.mute, self.solo, self.gain):
            control.setVisible(self._has_sound)
        top.addWidget(self.mute)
        top.addWidget(self.solo)
        controls = self._controls
        controls.setContentsMargins(8, 5, 6, 4)
        controls.setSpacing(1)
        controls.addLayout(top)
        if self._has_sound:
            controls.addWidget(self.gain)
        if self.strength is not None and self.lane is not LaneId.CHORDS:
            controls.addWidget(self.strength)
        elif self.strength is not None:
            # The chord lane is low: both bars share one line.
            controls.removeWidget(self.gain)
            line = QHBoxLayout()
            line.setSpacing(4)
            line.addWidget(self.gain)
            line.addWidget(self.strength)
            controls.addLayout(line)
        self._tools.setSpacing(4)
        controls.addLayout(self._tools)
        controls.addStretch(1)
        if self.lane is LaneId.AUDIO:
            controls.addWidget(self._strip_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 1)
        row.setSpacing(0)
        row.addLayout(controls, 1)
        if gutter is not None:
            row.addWidget(gutter)

    def add_tool(self, tool: QWidget) -> None:
        """Put a control of the lane's own in front of the others below the strength."""
        self._tools.insertWidget(0, tool)

    def _add_swing(self) -> None:
        low, high = round(SWING_PERCENT[0]), round(SWING_PERCENT[1])
        self.swing = ValueBar("", low, high, low, _shown_percent, _typed_percent)
        self.swing.setAccessibleName("Swing")
        self.swing.setToolTip("Swing: play every second step later, 50 % is straight")
        arrange = self._stage.arrange
        self.swing.value_chosen.connect(arrange.drums.set_swing)
        self.swing.gesture_started.connect(arrange.begin)
        self.swing.gesture_ended.connect(arrange.finish)
        self._tools.addWidget(self.swing, 1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._stage.workspace.set_focused_lane(self.lane)
        arrange, lane = self._stage.arrange, self.lane
        settings = self._stage.project.settings(lane)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        switches = []
        if self._has_sound:
            switches.append(("Mute\tM", settings.is_muted, arrange.mute))
            switches.append(("Solo\tS", settings.is_solo, arrange.solo))
        if lane in STEERING_LANES:
            switches.append(("Steer the engine", settings.is_on, arrange.switch_condition))
        for words, is_on, switch in switches:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(is_on)
            action.triggered.connect(lambda _=False, switch=switch: switch(lane))
        menu.addSeparator()
        if self._has_sound:
            menu.addAction(f"Pan… ({_shown_pan(settings.pan)})").triggered.connect(self._ask_pan)
        menu.addAction("Select all\tCtrl+A").triggered.connect(lambda: arrange.select_all(lane))
        menu.popup(event.globalPos())

    def _ask_pan(self) -> None:
        settings = self._stage.project.settings(self.lane)
        percent, is_given = QInputDialog.getInt(
            self,
            f"Pan of {NAMES[self.lane]}",
            "From -100 (left) over 0 (centre) to 100 (right)",
            round(settings.pan * 100),
            -100,
            100,
            10,
        )
        if is_given:
            panned = replace(settings, pan=percent / 100)
            self._stage.arrange.set_lane(self.lane, panned, "Set lane pan")

    def _on_gain(self, tenths: int) -> None:
        settings = replace(self._stage.arrange.base.settings(self.lane), gain_db=tenths / 10)
        self._stage.arrange.set_lane(self.lane, settings, "Set lane level")

    def _on_strength(self, percent: int) -> None:
        settings = replace(self._stage.arrange.base.settings(self.lane), strength=percent / 100)
        self._stage.arrange.set_lane(self.lane, settings, "Set lane strength")

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.settings(self.lane) is not after.settings(self.lane):
            self._show_settings()
        if self.swing is not None and before.drums is not after.drums:
            self.swing.show_value(round(after.drums.swing_percent))
        if self.lane is LaneId.AUDIO and before.take_groups is not after.take_groups:
            self._show_strip_label()

    def _show_strip_label(self) -> None:
        """Name the row of what was heard, once there is one."""
        takes = [take for group in self._stage.project.take_groups for take in group.takes]
        self._strip_label.setVisible(any(take.adherence is not None for take in takes))
        colour, size = theme.current().text_secondary, theme.type_scale().caption
        self._strip_label.setStyleSheet(
            f"color: {colour}; font-size: {size}px; background: transparent;"
        )

    def _on_focus_changed(self, _lane: LaneId) -> None:
        self.update()

    def _show_settings(self) -> None:
        settings = self._stage.project.settings(self.lane)
        self.mute.setChecked(settings.is_muted)
        self.solo.setChecked(settings.is_solo)
        self.gain.show_value(round(settings.gain_db * 10))
        font = self._name.font()
        font.setBold(True)
        font.setStrikeOut(settings.is_muted)
        self._name.setFont(font)
        palette = theme.current()
        colour = palette.text_disabled if settings.is_muted else palette.text
        self._name.setStyleSheet(f"color: {colour}; background: transparent;")
        self._name.setText(f"{NAMES[self.lane]} •" if settings.is_solo else NAMES[self.lane])
        if self.power is not None:
            self.power.setChecked(settings.is_on)
        if self.strength is not None:
            self.strength.setEnabled(settings.is_on)
            self.strength.show_value(round(settings.strength * 100))
        if self.swing is not None:
            self.swing.show_value(round(self._stage.project.drums.swing_percent))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._stage.workspace.set_focused_lane(self.lane)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = theme.current()
        painter = QPainter(self)
        is_focused = self._stage.workspace.focused_lane is self.lane
        painter.fillRect(self.rect(), QColor(palette.raised if is_focused else palette.lane_header))
        colour = QColor(getattr(palette, f"{_singular(self.lane)}_lane"))
        painter.fillRect(QRectF(0, 0, 4 if is_focused else 3, self.height()), colour)
        painter.end()


def _singular(lane: LaneId) -> str:
    return lane.value.removesuffix("s")


def _shown_gain(tenths: int) -> str:
    return f"{tenths / 10:+.1f} dB" if tenths else "0 dB"


def _typed_gain(text: str) -> int:
    return round(float(text.lower().replace("db", "").replace(",", ".")) * 10)


def _shown_pan(pan: float) -> str:
    if pan == 0.0:
        return "centre"
    return f"{abs(pan) * 100:.0f} % {'left' if pan < 0 else 'right'}"


def _shown_percent(percent: int) -> str:
    return f"{percent} %"


def _typed_percent(text: str) -> int:
    return round(float(text.replace("%", "").replace(",", ".")))
