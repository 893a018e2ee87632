"""The ruler: bars and beats above, minutes and seconds below, and the loop brace."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QMenu, QWidget

from app.model.project import Project
from app.ui import theme
from app.ui.lanes.gesture import Gesture, Pointer
from app.ui.lanes.gesture_area import GestureArea
from app.ui.lanes.lane_picture import LanePicture
from app.ui.lanes.stage import Stage
from app.ui.timeline.grid import bar_stride, positions
from app.ui.timeline.loop_gestures import DrawLoop, MoveLoop, ResizeLoop
from app.ui.timeline.selection_band import SelectTime
from engine.timebase import Seconds, Span, Ticks

RULER_HEIGHT_PX = 48
UPPER_PX = 26
BRACE_TOP_PX, BRACE_PX = 2, 8
GRIP_PX = 8.0
MIN_TIME_LABEL_PX = 70.0
BEAT_LABEL_PX = 44.0
BAR_TICK_PX = 5
LABEL_REACH_PX = 72
"""How far a label may reach to the right of its place."""
WIDEST_NUMBER = "9999"
_SECOND_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800)
DEFAULT_LOOP_BARS = 2


class Ruler(GestureArea):
    """The upper half is about the loop, the lower half about where playback starts."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self.loop_preview: Span[Ticks] | None = None
        self._picture = LanePicture(self._paint_part)
        self._shown_scale = self.scale
        self.setFixedHeight(RULER_HEIGHT_PX)
        self.setAccessibleName("Ruler")
        stage.axis.changed.connect(self._on_axis_changed)
        stage.workspace.loop_changed.connect(self._refresh)
        stage.workspace.start_marker_changed.connect(self._refresh)
        stage.workspace.selection_changed.connect(self._refresh)
        stage.document.changed.connect(self._on_changed)

    @property
    def loop(self) -> Span[Ticks] | None:
        """The brace as it is drawn: where a drag has it, else where it is."""
        return self.loop_preview or self.stage.workspace.loop

    def show_loop(self, loop: Span[Ticks] | None) -> None:
        """Draw the brace elsewhere while it is dragged; playback hears of it on release."""
        self.loop_preview = loop
        self._refresh()

    # What a hand does.

    def press(self, pointer: Pointer) -> Gesture | None:
        if pointer.y >= UPPER_PX:
            return SelectTime(self, pointer)
        part = self._brace_part(pointer)
        if part in ("left", "right"):
            return ResizeLoop(self, pointer, is_right=part == "right")
        return MoveLoop(self, pointer) if part == "body" else DrawLoop(self, pointer)

    def double_press(self, pointer: Pointer) -> Gesture | None:
        workspace, tempo = self.stage.workspace, self.project.tempo
        if pointer.y < UPPER_PX:
            bar = tempo.position_at(self.scale.ticks_at(pointer.x))[0]
            workspace.set_loop(tempo.bars(bar, bar), is_on=True)
        elif workspace.selection.span is not None:
            self.stage.axis.show_span(workspace.selection.span)
        else:
            self.stage.axis.show_span(self.stage.whole_song)
        return None

    def _brace_part(self, pointer: Pointer) -> str:
        loop = self.loop
        if loop is None:
            return ""
        left, right = self.scale.x_at(loop.start), self.scale.x_at(loop.end)
        zone = min(GRIP_PX, (right - left) / 3)
        if not left - 3 <= pointer.x <= right + 3:
            return ""
        if pointer.x <= left + zone:
            return "left"
        return "right" if pointer.x >= right - zone else "body"

    def hover(self, pointer: Pointer) -> None:
        part = self._brace_part(pointer) if pointer.y < UPPER_PX else ""
        if part in ("left", "right"):
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        elif part == "body":
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.setCursor(Qt.CursorShape.ArrowCursor)

    def tip(self, pointer: Pointer) -> str:
        if pointer.y >= UPPER_PX:
            return "Click: start here. Drag: select time. Double-click: zoom to it, or fit."
        if self._brace_part(pointer):
            return "Loop: click to switch (L), drag to move, drag the ends to resize"
        return "Drag to draw a loop; double-click loops this bar. Ctrl+L loops the selection."

    def menu(self, pointer: Pointer) -> QMenu | None:
        menu, workspace = QMenu(self), self.stage.workspace
        at = self.stage.snapped(self.scale.ticks_at(pointer.x)).position
        tempo = self.project.tempo
        bar = tempo.position_at(self.scale.ticks_at(pointer.x))[0]
        two_bars = tempo.bars(bar, bar + DEFAULT_LOOP_BARS - 1)
        if workspace.loop is not None:
            words = "Loop off\tL" if workspace.is_looping else "Loop on\tL"
            menu.addAction(words).triggered.connect(
                lambda: workspace.set_looping(not workspace.is_looping)
            )
        menu.addAction("Loop two bars from here").triggered.connect(
            lambda: workspace.set_loop(two_bars, is_on=True)
        )
        span = workspace.selection.span
        if span is not None:
            menu.addAction("Loop the selection\tCtrl+L").triggered.connect(
                lambda: workspace.set_loop(span, is_on=True)
            )
            menu.addAction("Zoom to the selection\tZ").triggered.connect(
                lambda: self.stage.axis.show_span(span)
            )
        menu.addSeparator()
        menu.addAction("Start here").triggered.connect(lambda: workspace.set_start_marker(at))
        menu.addAction("Fit the whole song\tShift+Z").triggered.connect(
            lambda: self.stage.axis.show_span(self.stage.whole_song)
        )
        return menu

    # Pictures.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._picture.show(painter, event.rect(), self.size())
        painter.end()

    def _paint_part(self, painter: QPainter, part: QRect) -> None:
        palette = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(part, QColor(palette.panel))
        self._paint_selection(painter)
        font = QFont(self.font())
        font.setPixelSize(theme.type_scale().caption)
        painter.setFont(font)
        start = self.scale.ticks_at(part.left() - LABEL_REACH_PX)
        shown = Span(start, Ticks(max(start, self.scale.ticks_at(part.right() + 2)) + 1))
        self._paint_bars(painter, shown)
        self._paint_seconds(painter, shown)
        for top in (UPPER_PX, self.height() - 1):
            painter.fillRect(part.left(), top, part.width(), 1, QColor(palette.border))
        self._paint_loop(painter)
        self._paint_start_marker(painter)

    def _paint_selection(self, painter: QPainter) -> None:
        span = self.stage.workspace.selection.span
        if span is not None:
            left = self.scale.x_at(span.start)
            band = QRectF(left, UPPER_PX, self.scale.x_at(span.end) - left, self.height())
            painter.fillRect(band, QColor(theme.current().selection))

    def _paint_bars(self, painter: QPainter, shown: Span[Ticks]) -> None:
        palette, tempo, scale = theme.current(), self.project.tempo, self.scale
        metrics = QFontMetricsF(painter.font())
        stride = bar_stride(scale, tempo.meter, metrics.horizontalAdvance(WIDEST_NUMBER) + 12)
        bar = tempo.meter.bar_ticks
        base = BRACE_TOP_PX + BRACE_PX
        tick = QColor(palette.bar_line)
        step = bar if scale.width_of(bar) >= BAR_TICK_PX else bar * stride
        for ticks in positions(shown, step):
            number = ticks // bar + 1
            x = scale.pixel_at(ticks)
            if (number - 1) % stride == 0:
                painter.fillRect(QRectF(x, base + 2, 1, UPPER_PX - base - 2), tick)
                painter.setPen(QColor(palette.text))
                painter.drawText(QPointF(x + 5, UPPER_PX - 5), str(number))
            else:
                painter.fillRect(QRectF(x, UPPER_PX - 5, 1, 5), tick)
        if scale.width_of(tempo.meter.beat_ticks) >= BEAT_LABEL_PX:
            painter.setPen(QColor(palette.text_secondary))
            for ticks in positions(shown, tempo.meter.beat_ticks):
                number, beat, _ = tempo.position_at(ticks)
                if beat > 1:
                    x = scale.pixel_at(ticks)
                    painter.fillRect(QRectF(x, UPPER_PX - 6, 1, 6), tick)
                    painter.drawText(QPointF(x + 4, UPPER_PX - 5), f"{number}.{beat}")

    def _paint_seconds(self, painter: QPainter, shown: Span[Ticks]) -> None:
        palette, tempo, scale = theme.current(), self.project.tempo, self.scale
        second_px = scale.width_of(tempo.ticks_at(Seconds(10.0))) / 10
        step = next((s for s in _SECOND_STEPS if s * second_px >= MIN_TIME_LABEL_PX), 3600)
        index = int(tempo.seconds_at(shown.start) // step)
        while True:
            seconds = Seconds(index * step)
            ticks = tempo.ticks_at(seconds)
            if ticks > shown.end:
                return
            x = scale.pixel_at(ticks)
            painter.fillRect(QRectF(x, UPPER_PX + 1, 1, 6), QColor(palette.beat_line))
            painter.setPen(QColor(palette.text_secondary))
            words = _clock(seconds, has_tenths=step < 1)
            painter.drawText(QPointF(x + 11, self.height() - 7), words)
            index += 1

    def _paint_loop(self, painter: QPainter) -> None:
        loop = self.loop
        if loop is None:
            return
        palette = theme.current()
        is_on = self.stage.workspace.is_looping
        colour = QColor(palette.loop_on if is_on else palette.loop_off)
        left, right = self.scale.x_at(loop.start), self.scale.x_at(loop.end)
        bar = QRectF(left, BRACE_TOP_PX, right - left, BRACE_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QColor(colour)
        fill.setAlphaF(0.55)
        painter.setBrush(fill)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(colour)
        for x, lean in ((left, 1), (right, -1)):
            grip = [QPointF(x, BRACE_TOP_PX), QPointF(x + lean * 8, BRACE_TOP_PX)]
            grip += [QPointF(x + lean * 4, BRACE_TOP_PX + BRACE_PX), QPointF(x, UPPER_PX - 2)]
            painter.drawPolygon(QPolygonF(grip))
        if right - left > 40:
            painter.setPen(QColor(palette.text))
            font = QFont(painter.font())
            font.setPixelSize(10)
            painter.setFont(font)
            painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, "↻" if is_on else "↻ off")

    def _paint_start_marker(self, painter: QPainter) -> None:
        palette = theme.current()
        x = self.scale.x_at(self.stage.workspace.start_marker) + 0.5
        bottom = self.height() - 2
        triangle = [QPointF(x, bottom), QPointF(x, bottom - 11), QPointF(x + 9, bottom - 5.5)]
        painter.setPen(QPen(QColor(palette.start_marker), 1.4))
        painter.setBrush(QColor(palette.panel))
        painter.drawPolygon(QPolygonF(triangle))

    def _refresh(self) -> None:
        self._picture.spoil_all()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._refresh()
        super().changeEvent(event)

    def _on_axis_changed(self) -> None:
        before, self._shown_scale = self._shown_scale, self.scale
        if before.px_per_quarter == self.scale.px_per_quarter:
            self._picture.shift(before.left - self.scale.left)
            self.update()
        else:
            self._refresh()

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.tempo is not after.tempo:
            self._refresh()


def _clock(seconds: float, *, has_tenths: bool) -> str:
    """``1:05`` or ``0:02.5``."""
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}:{rest:04.1f}" if has_tenths else f"{int(minutes)}:{round(rest):02d}"
