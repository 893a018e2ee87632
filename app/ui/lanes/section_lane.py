"""The sections lane: the form of the song, with words for each part."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QMenu, QWidget

from app.model.ids import SectionId
from app.model.lane import LaneId
from app.model.project import Project
from app.model.region import describe_bars
from app.model.section import ENERGY_WORDS, SECTION_NAMES, Section
from app.model.selection import Item, Selection
from app.model.snapping import snap_down
from app.ui import theme
from app.ui.dialogs.section import SectionDialog
from app.ui.lanes.gesture import ALT, CONTROL, Gesture, KeyPress, Pointer
from app.ui.lanes.lane_canvas import LaneCanvas
from app.ui.lanes.menu_entries import add, add_switch
from app.ui.lanes.section_gestures import MoveSections, PaintSection, ResizeSection
from app.ui.lanes.stage import Stage
from engine.timebase import Span, Ticks

EDGE_ZONE_PX = 8.0
MARGIN_PX = 4
DEFAULT_BARS = 4
EDIT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
EMPTY_HINT = "Drag over bars to add a section with words of its own"


class SectionLaneCanvas(LaneCanvas):
    """``draft`` is the stretch that a drag is about to make a section."""

    lane = LaneId.SECTIONS

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self.draft: Span[Ticks] | None = None
        self.setAccessibleName("Sections lane")
        self._describe()

    # Places.

    def section_at(self, pointer: Pointer) -> Section | None:
        """The section under the pointer."""
        return self.project.sections.at(self.scale.ticks_at(pointer.x))

    def selected_ids(self) -> frozenset[SectionId]:
        """The selected sections."""
        items = self.stage.workspace.selection.items
        return frozenset(s.id for s in self.project.sections.sections if s.id in items)

    def on_bar(self, position: Ticks, pointer: Pointer) -> Ticks:
        """Sections begin and end on bar lines, unless Alt says otherwise."""
        if pointer.has(ALT):
            return position
        bar = self.project.tempo.meter.bar_ticks
        return Ticks(round(position / bar) * bar)

    def _edge_at(self, pointer: Pointer, section: Section) -> str:
        box = self.rect_of(section.span, 0, self.height())
        zone = min(EDGE_ZONE_PX, box.width() / 3)
        if pointer.x >= box.right() - zone:
            return "right"
        return "left" if pointer.x < box.left() + zone else ""

    # What a hand does.

    def press(self, pointer: Pointer) -> Gesture | None:
        section = self.section_at(pointer)
        if section is None:
            return PaintSection(self, pointer)
        edge = "" if pointer.has(CONTROL) else self._edge_at(pointer, section)
        if edge:
            return ResizeSection(self, pointer, section, is_right=edge == "right")
        return MoveSections(self, pointer, section)

    def double_press(self, pointer: Pointer) -> Gesture | None:
        self.edit(self.section_at(pointer) or self._add_at(self.scale.ticks_at(pointer.x)))
        return None

    def _add_at(self, position: Ticks) -> Section:
        """A section of four bars, or as many as fit, from the bar line before."""
        bar = self.project.tempo.meter.bar_ticks
        start = snap_down(position, bar)
        following = [s.span.start for s in self.project.sections.sections if s.span.start > start]
        end = min([*following, Ticks(start + DEFAULT_BARS * bar)])
        return self.stage.arrange.sections.add(Span(start, end))

    def edit(self, section: Section) -> SectionDialog:
        """Ask for a section's name, words and energy."""
        dialog = SectionDialog(self.stage, section, self.window())
        dialog.show()
        dialog.prompt.setFocus()
        return dialog

    def show_draft(self, span: Span[Ticks] | None) -> None:
        """Show where a new section would be, or nothing."""
        if span != self.draft:
            self.draft = span
            self.repaint_all()

    def hover(self, pointer: Pointer) -> None:
        section = self.section_at(pointer)
        if section is None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._edge_at(pointer, section):
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.setCursor(Qt.CursorShape.SizeAllCursor)

    def tip(self, pointer: Pointer) -> str:
        section = self.section_at(pointer)
        if section is None:
            return "Drag to add a section, double-click to add one of four bars"
        return f"{self.words_for(section)}. Double-click to change its words."

    def words_for(self, section: Section) -> str:
        """``Section Verse, bars 5-12, prompt soft drums, energy 3``."""
        prompt = f", prompt {section.prompt}" if section.prompt else ""
        bars = describe_bars(section.span, self.project.tempo)
        return f"Section {section.name}, {bars}{prompt}, energy {section.energy}"

    def menu(self, pointer: Pointer) -> QMenu | None:
        menu, stage, sections = QMenu(self), self.stage, self.stage.arrange.sections
        section = self.section_at(pointer)
        at = self.on_bar(self.scale.ticks_at(pointer.x), pointer)

        if section is None:
            add_here = partial(self._add_at, self.scale.ticks_at(pointer.x))
            add(menu, "Add section here", lambda: self.edit(add_here()))
        else:
            if section.id not in stage.workspace.selection.items:
                stage.arrange.select(frozenset((section.id,)))
            add(menu, "Name, words, energy…\tEnter", partial(self.edit, section))
            names = menu.addMenu("Name")
            for name in SECTION_NAMES:
                do = partial(sections.rename, section.id, name)
                add_switch(names, name, name == section.name, do)
            energies = menu.addMenu("Energy")
            for energy, words in ENERGY_WORDS.items():
                label = f"{energy}  {words or 'neither calm nor energetic'}"
                do = partial(sections.set_energy, section.id, energy)
                add_switch(energies, label, energy == section.energy, do)
            menu.addSeparator()
            add(menu, "Select its bars", partial(self._select_bars, section.span))
            whole = Span(
                self.project.sections.sections[0].span.start,
                self.project.sections.sections[-1].span.end,
            )
            add(menu, "Select the bars of all sections", partial(self._select_bars, whole))
            add(menu, "Loop it", partial(stage.workspace.set_loop, section.span, True))
            add(menu, "Split here", partial(sections.split, section.id, at))
            add(menu, "Duplicate\tCtrl+D", stage.arrange.duplicate_selection)
            add(menu, "Delete\tDel", stage.arrange.delete_selection)
        menu.addSeparator()
        along = "Moving takes the lanes along"
        add_switch(menu, along, sections.carries_lanes, self._toggle_carrying)
        return menu

    def _select_bars(self, span: Span[Ticks]) -> None:
        self.stage.workspace.set_selection(Selection(span))

    def _toggle_carrying(self) -> None:
        sections = self.stage.arrange.sections
        sections.carries_lanes = not sections.carries_lanes

    # Keys.

    def claims(self, press: KeyPress) -> bool:
        return press.key in EDIT_KEYS and not press.has(CONTROL) and bool(self.selected_ids())

    def key(self, press: KeyPress) -> bool:
        if press.is_tab:
            return self._select_next(1 if press.key == Qt.Key.Key_Tab else -1)
        chosen = self.selected_ids()
        if press.key in EDIT_KEYS and not press.has(CONTROL) and chosen:
            self.edit(self.project.sections.section(min(chosen)))
            return True
        if press.key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not press.modifiers and chosen:
            bar = self.project.tempo.meter.bar_ticks
            self.stage.arrange.sections.move(chosen, bar if press.key == Qt.Key.Key_Right else -bar)
            return True
        return False

    def _select_next(self, direction: int) -> bool:
        sections = self.project.sections.sections
        if sections:
            chosen = [i for i, each in enumerate(sections) if each.id in self.selected_ids()]
            last = chosen[-1 if direction > 0 else 0] if chosen else -direction
            section = sections[(last + direction) % len(sections)]
            self.stage.workspace.set_selection(Selection(items=frozenset((section.id,))))
            self.stage.axis.reveal(section.span.start)
            self.setAccessibleDescription(self.words_for(section))
        return True

    # Pictures.

    def is_concerned(self, before: Project, after: Project) -> bool:
        if before.sections is not after.sections:
            self._describe()
            return True
        return False

    def place_of(self, item: Item) -> QRectF | None:
        spans = (each.span for each in self.project.sections.sections if each.id == item)
        return next((self._box(span) for span in spans), None)

    def held_in_view(self, edge: Ticks) -> Iterable[QRectF]:
        section = self.project.sections.at(edge)
        return () if section is None else (self._box(section.span),)

    def _describe(self) -> None:
        names = ", ".join(section.name for section in self.project.sections.sections)
        self.setAccessibleDescription(names or EMPTY_HINT)

    def paint_lane(self, painter: QPainter, area: QRect) -> None:
        lane = self.project.sections
        if not lane.sections and self.draft is None:
            self.paint_empty_hint(painter, EMPTY_HINT)
        painter.setOpacity(1.0 if lane.settings.is_on else 0.4)
        items = self.stage.workspace.selection.items
        for section in lane.within(self.span_of(area)):
            self._paint_section(painter, section, section.id in items)
        painter.setOpacity(1.0)
        if self.draft is not None:
            palette = theme.current()
            painter.setBrush(QColor(palette.selection))
            painter.setPen(QPen(QColor(palette.accent), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self._box(self.draft), 4, 4)

    def _box(self, span: Span[Ticks]) -> QRectF:
        return self.rect_of(span, MARGIN_PX, self.height() - 2 * MARGIN_PX).adjusted(1, 0, -1, 0)

    def _paint_section(self, painter: QPainter, section: Section, is_selected: bool) -> None:
        palette, sizes = theme.current(), theme.type_scale()
        box = self._box(section.span)
        fill = QColor(palette.section_lane)
        fill.setAlphaF(0.16 + 0.09 * section.energy)
        painter.setBrush(fill)
        edge = QColor(palette.focus_ring if is_selected else palette.section_lane)
        painter.setPen(QPen(edge, 2 if is_selected else 1))
        painter.drawRoundedRect(box, 4, 4)
        # A section that begins left of the view keeps its name in sight.
        left = max(box.left(), 0.0) + 7
        room = QRectF(left, box.top(), box.right() - left - 4, box.height())
        if room.width() < 10:
            return
        name, words = QFont(painter.font()), QFont(painter.font())
        name.setPixelSize(sizes.body)
        name.setWeight(QFont.Weight.DemiBold)
        words.setPixelSize(sizes.caption)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        right = Qt.TextElideMode.ElideRight
        painter.setFont(name)
        painter.setPen(QColor(palette.text))
        shown = QFontMetricsF(name).elidedText(section.name, right, room.width())
        painter.drawText(room, align, shown)
        room.setLeft(room.left() + QFontMetricsF(name).horizontalAdvance(shown) + 8)
        if section.prompt and room.width() > 24:
            painter.setFont(words)
            painter.setPen(QColor(palette.text_secondary))
            shown = QFontMetricsF(words).elidedText(section.prompt, right, room.width())
            painter.drawText(room, align, shown)
