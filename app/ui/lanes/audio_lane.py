"""The audio lane: clips with their waveforms, masks over them, and what was heard below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMenu, QWidget

from app.actions.arrange import clips_and_masks
from app.model.adherence import Adherence, Agreement, ChordAgreement
from app.model.clip import Clip
from app.model.ids import ClipId, MaskId
from app.model.lane import LaneId
from app.model.mask import MaskRegion
from app.model.project import Project
from app.model.region import describe_bars
from app.model.selection import Item, Selection
from app.model.stale import is_clip_stale
from app.playback.growing_sound import GrowingSound
from app.ui.lanes.adherence_painting import paint_strip
from app.ui.lanes.audio_gestures import FadeClip, MoveClips, ShapeMask, TrimClip
from app.ui.lanes.audio_menus import clip_menu, mask_menu, missed_chord_menu, range_menu
from app.ui.lanes.audio_painting import SPARK, AudioPainting
from app.ui.lanes.audio_places import CLIP_HEADER_PX, TOP_PX, AudioPlaces, Part
from app.ui.lanes.differing import differing
from app.ui.lanes.gesture import SHIFT, Gesture, KeyPress, Pointer
from app.ui.lanes.growing_painting import paint_growing
from app.ui.lanes.lane_canvas import LaneCanvas
from app.ui.lanes.mask_painting import paint_mask
from app.ui.lanes.range_gesture import SelectRange
from app.ui.lanes.span_index import SpanIndex
from app.ui.lanes.stage import Stage
from engine.timebase import Span, Ticks

HEADERS_PX = TOP_PX + CLIP_HEADER_PX + 2
STALE_AFTER_MS = 120
"""Comparing all lanes with what each take was made from can take long: after a pause."""
EMPTY_HINT = "Describe the music and press Ctrl+Enter, or drop a file"
CURSORS = {
    Part.HEADER: Qt.CursorShape.SizeAllCursor,
    Part.WAVEFORM: Qt.CursorShape.IBeamCursor,
    Part.LEFT_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.RIGHT_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.FADE_IN: Qt.CursorShape.SizeBDiagCursor,
    Part.FADE_OUT: Qt.CursorShape.SizeFDiagCursor,
    Part.MASK_BODY: Qt.CursorShape.SizeAllCursor,
    Part.MASK_LEFT: Qt.CursorShape.SizeHorCursor,
    Part.MASK_RIGHT: Qt.CursorShape.SizeHorCursor,
    Part.MASK_FADE: Qt.CursorShape.SizeHorCursor,
}
TIPS = {
    Part.HEADER: "Drag to move, Ctrl+drag to duplicate",
    Part.WAVEFORM: "Drag to select; I masks the selection",
    Part.LEFT_EDGE: "Drag to trim; the audio is kept",
    Part.RIGHT_EDGE: "Drag to trim; the audio is kept",
    Part.FADE_IN: "Drag to fade in",
    Part.FADE_OUT: "Drag to fade out",
    Part.MASK_BODY: "Drag to move, double-click for its prompt, Del removes it",
    Part.MASK_LEFT: "Drag to resize the mask",
    Part.MASK_RIGHT: "Drag to resize the mask",
    Part.MASK_FADE: "Drag to set the fades",
}


class AudioLaneCanvas(LaneCanvas):
    """Clips are moved by their header; dragging over a waveform selects time."""

    lane = LaneId.AUDIO
    selection_covers_items = True

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self._painting = AudioPainting()
        self._growing: GrowingSound | None = None
        self.setAccessibleName("Audio lane")
        self._describe()
        self._indexed: tuple[object, object] = (None, None)
        self._index = SpanIndex[Clip]((), lambda clip: clip.span(self.project.tempo))
        self._stale: frozenset[ClipId] = frozenset()
        self._stale_check = QTimer(self, interval=STALE_AFTER_MS, singleShot=True)
        self._stale_check.timeout.connect(self._check_staleness)
        stage.document.replaced.connect(self._check_staleness)
        stage.peaks.ready.connect(self._on_peaks_ready)
        self._check_staleness()

    @property
    def places(self) -> AudioPlaces:
        """Where things lie now."""
        return AudioPlaces(self.project, self.scale, self.height())

    def selected_clips(self) -> frozenset[ClipId]:
        """The clips among the selected items."""
        return clips_and_masks(self.stage.workspace.selection.items, self.project)[0]

    def words_for(self, clip: Clip) -> str:
        """What the header says: ``✦ Take 2`` for generated sound, the name for imported."""
        if clip.take_id is None:
            return clip.name or "Audio"
        try:
            take = self.project.take(clip.take_id)
        except KeyError:
            return f"{SPARK} {clip.name or 'Take'}"
        name = clip.name or take.name
        return f"{SPARK} Take {take.number}" + (f" · {name}" if name else "")

    @Slot(object)
    def show_growing(self, growing: GrowingSound | None) -> None:
        """Show what is ready of a take that is being played; None takes it away."""
        before, self._growing = self._growing, growing
        for sound in (before, growing):
            for region in () if sound is None else sound.regions:
                self.repaint_part(self.places.over_clips(region))

    # What a hand does.

    def press(self, pointer: Pointer) -> Gesture | None:
        heard = self._missed_chord_at(pointer)
        if heard is not None:
            self.open_menu(pointer.at, self.mapToGlobal(pointer.at.toPoint()))
            return None
        grip = self.places.grip_at(pointer.at)
        clip, mask = grip.clip, grip.mask
        if pointer.has(SHIFT) or grip.part is Part.NOTHING:
            return SelectRange(self, pointer, lambda: self._click_empty(pointer))
        if mask is not None:
            return ShapeMask(self, pointer, mask, grip.part)
        if clip is None or grip.part is Part.WAVEFORM:
            return SelectRange(self, pointer, lambda: self._click_clip(clip))
        if grip.part in (Part.LEFT_EDGE, Part.RIGHT_EDGE):
            return TrimClip(self, pointer, clip, is_left=grip.part is Part.LEFT_EDGE)
        if grip.part in (Part.FADE_IN, Part.FADE_OUT):
            return FadeClip(self, pointer, clip, is_in=grip.part is Part.FADE_IN)
        return MoveClips(self, pointer, clip)

    def double_press(self, pointer: Pointer) -> Gesture | None:
        grip = self.places.grip_at(pointer.at)
        if grip.mask is not None:
            chosen = Selection(grip.mask.span, frozenset((self.lane,)), frozenset((grip.mask.id,)))
            self.stage.workspace.set_selection(chosen)
            self.stage.mask_prompt_wanted.emit(grip.mask.id)
        elif grip.clip is not None and grip.part is Part.HEADER:
            self.stage.clip_details_wanted.emit(grip.clip.id)
        elif grip.clip is not None:
            span = grip.clip.span(self.project.tempo)
            self.stage.workspace.set_selection(Selection(span, frozenset((self.lane,))))
        return None

    def _click_empty(self, pointer: Pointer) -> None:
        self.stage.workspace.set_selection(Selection())
        if pointer.has(SHIFT):
            return
        landed = self.stage.snapped(self.scale.ticks_at(pointer.x))
        self.stage.workspace.set_start_marker(landed.position)

    def _click_clip(self, clip: Clip | None) -> None:
        self.stage.arrange.select(frozenset() if clip is None else frozenset((clip.id,)))

    def hover(self, pointer: Pointer) -> None:
        part = self.places.grip_at(pointer.at).part
        self.setCursor(CURSORS.get(part, Qt.CursorShape.ArrowCursor))

    def tip(self, pointer: Pointer) -> str:
        heard = self._missed_chord_at(pointer)
        if heard is not None:
            return f"Asked {heard.asked}, heard {heard.heard} (estimate). Click for what to do."
        grip = self.places.grip_at(pointer.at)
        words = TIPS.get(grip.part, "Drag to select, I masks the selection")
        if grip.clip is not None and is_clip_stale(self.project, grip.clip):
            words = f"Stale: the lanes changed after this was played. {words}"
        return words

    def menu(self, pointer: Pointer) -> QMenu | None:
        grip = self.places.grip_at(pointer.at)
        heard = self._missed_chord_at(pointer)
        if heard is not None:
            return missed_chord_menu(self, heard)
        if grip.mask is not None:
            return mask_menu(self, grip.mask)
        selection = self.stage.workspace.selection.span
        is_inside = selection is not None and selection.contains(self.scale.ticks_at(pointer.x))
        if grip.clip is not None and not is_inside:
            self.stage.arrange.select(frozenset((grip.clip.id,)))
            menu = clip_menu(self, grip.clip)
            self.stage.clip_menu_opening.emit(menu, grip.clip.id)
            return menu
        return range_menu(self, selection if is_inside else None)

    def _missed_chord_at(self, pointer: Pointer) -> ChordAgreement | None:
        ticks = self.scale.ticks_at(pointer.x)
        for clip, adherence in self._strips():
            if not clip.span(self.project.tempo).contains(ticks):
                continue
            for chord in adherence.chords:
                box = self.places.strip(chord.span)
                if box.contains(pointer.at) and chord.agreement is not Agreement.UNKNOWN:
                    return chord
        return None

    def key(self, press: KeyPress) -> bool:
        if press.is_tab:
            return self._select_next(forwards=press.key == Qt.Key.Key_Tab)
        return False

    def _select_next(self, *, forwards: bool) -> bool:
        tempo = self.project.tempo
        places: list[tuple[Ticks, ClipId | MaskId]] = []
        places += [(clip.position, clip.id) for clip in self.project.audio.clips]
        places += [(mask.span.start, mask.id) for mask in self.project.masks]
        places.sort(key=lambda place: place[0])
        if not places:
            return True
        items = self.stage.workspace.selection.items
        chosen = [index for index, (_, item) in enumerate(places) if item in items]
        if chosen:
            index = (chosen[-1] + 1 if forwards else chosen[0] - 1) % len(places)
        else:
            index = 0 if forwards else len(places) - 1
        start, item = places[index]
        self.stage.workspace.set_selection(Selection(items=frozenset((item,))))
        self.stage.axis.reveal(start)
        for clip in self.project.audio.clips:
            if clip.id == item:
                bars = describe_bars(clip.span(tempo), tempo)
                self.setAccessibleDescription(f"{self.words_for(clip)}, {bars}")
        for mask in self.project.masks:
            if mask.id == item:
                self.setAccessibleDescription(self._words_for_mask(mask))
        return True

    def _words_for_mask(self, mask: MaskRegion) -> str:
        words = f"Mask {mask.name}, {describe_bars(mask.span, self.project.tempo)}"
        return f"{words}, prompt {mask.prompt}" if mask.prompt else words

    # Pictures.

    def is_concerned(self, before: Project, after: Project) -> bool:
        if before.audio is not after.audio or before.masks is not after.masks:
            self._describe()
            return True
        # Lanes count too: changing them can make what is heard stale.
        return any(
            getattr(before, part) is not getattr(after, part)
            for part in ("take_groups", "chords", "drums", "notes")
        )

    def changed_places(self, before: Project, after: Project) -> Iterable[QRectF] | None:
        self._stale_check.start()
        old, new = before.audio, after.audio
        if before.take_groups is not after.take_groups or not old.clips or not new.clips:
            self._check_staleness()
            return None
        spans = [clip.span(after.tempo) for clip in differing(old.clips, new.clips)]
        spans += [mask.span for mask in differing(before.masks, after.masks)]
        return [self.column_of(span) for span in spans]

    def place_of(self, item: Item) -> QRectF | None:
        for clip in self.project.audio.clips:
            if clip.id == item:
                return self.column_of(clip.span(self.project.tempo))
        for mask in self.project.masks:
            if mask.id == item:
                return self.column_of(mask.span)
        return None

    def held_in_view(self, edge: Ticks) -> Iterable[QRectF]:
        point = Span(edge, Ticks(edge + 1))
        spans = [span for _, span in self._clips().within(point)]
        spans += [mask.span for mask in self.project.masks]
        spans += [] if self._growing is None else self._growing.regions
        for span in spans:
            if span.contains(edge):
                yield self.rect_of(span, 0, HEADERS_PX)

    def _clips(self) -> SpanIndex[Clip]:
        """The clips, with their spans reckoned once."""
        clips, tempo = self.project.audio.clips, self.project.tempo
        if clips is not self._indexed[0] or tempo is not self._indexed[1]:
            self._indexed = (clips, tempo)
            self._index = SpanIndex(clips, lambda clip: clip.span(tempo))
        return self._index

    def _check_staleness(self) -> None:
        """Find the clips that no longer match the lanes; those that changed are repainted."""
        clips = self.project.audio.clips
        stale = frozenset(clip.id for clip in clips if is_clip_stale(self.project, clip))
        changed, self._stale = stale ^ self._stale, stale
        for place in map(self.place_of, changed):
            if place is not None:
                self.repaint_part(place)

    def _describe(self) -> None:
        clips, masks = len(self.project.audio.clips), len(self.project.masks)
        words = f"{clips} clips, {masks} masks" if clips or masks else EMPTY_HINT
        self.setAccessibleDescription(words)

    def _strips(self) -> list[tuple[Clip, Adherence]]:
        takes = {take.id: take for group in self.project.take_groups for take in group.takes}
        strips = []
        for clip in self.project.audio.clips:
            take = None if clip.take_id is None else takes.get(clip.take_id)
            if take is not None and take.adherence is not None:
                strips.append((clip, take.adherence))
        return strips

    def paint_lane(self, painter: QPainter, area: QRect) -> None:
        project, places = self.project, self.places
        if not project.audio.clips and self._growing is None:
            self.paint_empty_hint(painter, EMPTY_HINT)
        visible = self.span_of(area)
        items = self.stage.workspace.selection.items
        for clip, span in self._clips().within(visible):
            self._painting.paint_clip(
                painter,
                area,
                places.over_clips(span),
                clip,
                self.stage.peaks.peaks_of(clip.asset),
                self.words_for(clip),
                view_width=self.width(),
                is_selected=clip.id in items,
                is_stale=clip.id in self._stale,
            )
        if self._growing is not None:
            paint_growing(painter, places, self._growing, self.width())
        takes = {take.id: take for group in project.take_groups for take in group.takes}
        for clip, span in self._clips().within(visible):
            take = None if clip.take_id is None else takes.get(clip.take_id)
            if take is not None and take.adherence is not None:
                paint_strip(painter, places, take.adherence, span, visible)
        for mask in project.masks:
            if mask.span.overlaps(visible):
                paint_mask(
                    painter,
                    places,
                    mask,
                    view_width=self.width(),
                    is_selected=mask.id in items,
                )

    def _on_peaks_ready(self, asset_id: str) -> None:
        for clip in self.project.audio.clips:
            if clip.asset.id == asset_id:
                self.repaint_part(self.column_of(clip.span(self.project.tempo)))
