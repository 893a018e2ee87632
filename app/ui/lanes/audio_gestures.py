"""Moving, trimming and fading clips; moving and shaping masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.clip import Clip
from app.model.ids import ClipId
from app.model.mask import MaskRegion
from app.ui.lanes.audio_places import Part
from app.ui.lanes.gesture import CONTROL, Pointer
from app.ui.lanes.lane_drag import LaneDrag
from engine.timebase import Seconds, Span, Ticks, seconds_of

if TYPE_CHECKING:
    from app.ui.lanes.audio_lane import AudioLaneCanvas


class MoveClips(LaneDrag["AudioLaneCanvas"]):
    """Shifts the selected clips, Ctrl copies them; a click selects."""

    def __init__(self, lane: AudioLaneCanvas, pressed: Pointer, clip: Clip) -> None:
        super().__init__(lane, pressed)
        self._clip = clip
        items = lane.stage.workspace.selection.items
        self._clicked = items ^ {clip.id} if pressed.has(CONTROL) else frozenset((clip.id,))
        if clip.id not in items:
            self.arrange.select(self._clicked)
        self._ids = lane.selected_clips() or frozenset((clip.id,))

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        ticks = self.landed(self._clip.position, pointer) - self._clip.position
        if pointer.has(CONTROL):
            self.arrange.audio.duplicate_clips(self._ids, ticks)
        else:
            self.arrange.audio.move_clips(self._ids, ticks)
            self.arrange.select(frozenset(self._ids))

    def click(self) -> None:
        self.arrange.select(self._clicked)


class TrimClip(LaneDrag["AudioLaneCanvas"]):
    """Moves one end of a clip over its recording."""

    def __init__(
        self, lane: AudioLaneCanvas, pressed: Pointer, clip: Clip, *, is_left: bool
    ) -> None:
        super().__init__(lane, pressed)
        self._id: ClipId = clip.id
        self._span = clip.span(lane.project.tempo)
        self._is_left = is_left
        self.arrange.select(frozenset((clip.id,)))

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        edge = self.landed(self._span.start if self._is_left else self._span.end, pointer)
        if self._is_left:
            span = Span(Ticks(min(edge, self._span.end - 1)), self._span.end)
        else:
            span = Span(self._span.start, Ticks(max(edge, self._span.start + 1)))
        self.arrange.audio.trim_clip(self._id, span)


class FadeClip(LaneDrag["AudioLaneCanvas"]):
    """Sets the length of one fade of a clip."""

    def __init__(self, lane: AudioLaneCanvas, pressed: Pointer, clip: Clip, *, is_in: bool) -> None:
        super().__init__(lane, pressed)
        self._clip = clip
        self._is_in = is_in
        self.arrange.select(frozenset((clip.id,)))

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        tempo, rate = self.lane.project.tempo, self._clip.asset.sample_rate_hz
        away = pointer.x - self.pressed.x
        difference = tempo.seconds_at(Ticks(round(self.lane.scale.ticks_wide(away))))
        fade_in = seconds_of(self._clip.fade_in, rate)
        fade_out = seconds_of(self._clip.fade_out, rate)
        if self._is_in:
            fade_in = Seconds(max(0.0, fade_in + difference))
        else:
            fade_out = Seconds(max(0.0, fade_out - difference))
        self.arrange.audio.set_clip_fades(self._clip.id, fade_in, fade_out)
        shown = fade_in if self._is_in else fade_out
        self.lane.stage.said.emit(f"Fade {shown * 1000:.0f} ms")


class ShapeMask(LaneDrag["AudioLaneCanvas"]):
    """Moves a mask, one of its ends, or its fades; Ctrl copies; a click selects."""

    def __init__(
        self, lane: AudioLaneCanvas, pressed: Pointer, mask: MaskRegion, part: Part
    ) -> None:
        super().__init__(lane, pressed)
        self._mask = mask
        self._part = part
        self.arrange.select(frozenset((mask.id,)))

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        audio, mask = self.arrange.audio, self._mask
        if self._part is Part.MASK_LEFT:
            audio.resize_mask(mask.id, start=self.landed(mask.span.start, pointer))
        elif self._part is Part.MASK_RIGHT:
            audio.resize_mask(mask.id, end=self.landed(mask.span.end, pointer))
        elif self._part is Part.MASK_FADE:
            self._set_fade(pointer)
        else:
            ticks = self.landed(mask.span.start, pointer) - mask.span.start
            if pointer.has(CONTROL):
                audio.duplicate_mask(mask.id, ticks)
            else:
                audio.move_mask(mask.id, ticks)

    def _set_fade(self, pointer: Pointer) -> None:
        away = self.lane.scale.ticks_wide(pointer.x - self.pressed.x)
        more = self.lane.project.tempo.seconds_at(Ticks(round(away)))
        fade_ms = self._mask.fade_ms + more * 1000
        self.arrange.audio.set_mask_fade(self._mask.id, fade_ms)
        shown = self.lane.project.mask(self._mask.id).fade_ms
        self.lane.stage.said.emit(f"Fades {shown:.0f} ms")
