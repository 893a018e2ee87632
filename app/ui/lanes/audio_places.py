"""Where things lie on the audio lane, and what a pointer is on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF

from app.model.clip import Clip
from app.model.mask import MaskRegion
from app.model.project import Project
from app.ui.timeline.tick_scale import TickScale
from engine.timebase import Seconds, Span, Ticks

TOP_PX = 4.0
CLIP_HEADER_PX = 18.0
STRIP_PX = 20.0
EDGE_PX = 8.0
HANDLE_PX = 10.0
TAG_PX = 18.0
MIN_TAG_WIDTH_PX = 34.0


class Part(Enum):
    """The parts of a clip or mask that a press can take hold of."""

    NOTHING = "nothing"
    HEADER = "header"
    WAVEFORM = "waveform"
    LEFT_EDGE = "left edge"
    RIGHT_EDGE = "right edge"
    FADE_IN = "fade in"
    FADE_OUT = "fade out"
    MASK_BODY = "mask body"
    MASK_LEFT = "mask left grip"
    MASK_RIGHT = "mask right grip"
    MASK_FADE = "mask fade"


@dataclass(frozen=True, slots=True)
class Grip:
    """What lies under a pointer: a part, and the clip or mask it belongs to."""

    part: Part
    clip: Clip | None = None
    mask: MaskRegion | None = None


@dataclass(frozen=True, slots=True)
class AudioPlaces:
    """Pixels of one project at one zoom, for a lane ``height`` pixels high."""

    project: Project
    scale: TickScale
    height: float

    @property
    def clip_height(self) -> float:
        """From the top of a clip's header to the bottom of its waveform."""
        return max(CLIP_HEADER_PX + 8, self.height - TOP_PX - STRIP_PX - 4)

    def clip(self, clip: Clip) -> QRectF:
        """A whole clip."""
        return self.over_clips(clip.span(self.project.tempo))

    def waveform(self, clip: Clip) -> QRectF:
        """The part of a clip below its header."""
        return self.clip(clip).adjusted(0, CLIP_HEADER_PX, 0, 0)

    def mask(self, mask: MaskRegion) -> QRectF:
        """A whole mask."""
        return self.over_clips(mask.span)

    def over_clips(self, span: Span[Ticks]) -> QRectF:
        """A stretch of time at the height of clips."""
        left = self.scale.x_at(span.start)
        return QRectF(left, TOP_PX, self.scale.x_at(span.end) - left, self.clip_height)

    def strip(self, span: Span[Ticks]) -> QRectF:
        """A stretch of the adherence strip below the clips."""
        top = TOP_PX + self.clip_height + 2
        left = self.scale.x_at(span.start)
        return QRectF(left, top, self.scale.x_at(span.end) - left, STRIP_PX)

    def px_of_seconds(self, seconds: Seconds) -> float:
        """Width of a short time such as a fade."""
        return self.scale.width_of(self.project.tempo.ticks_at(seconds))

    def fades(self, clip: Clip) -> tuple[float, float]:
        """Widths of a clip's fades in pixels."""
        return fades_of(clip, self.clip(clip))

    def mask_fade(self, mask: MaskRegion) -> float:
        """Width of a mask's fades in pixels, at most half of it."""
        width = self.px_of_seconds(Seconds(mask.fade_ms / 1000))
        return min(width, self.mask(mask).width() / 2)

    def grip_at(self, at: QPointF) -> Grip:
        """What a press there takes hold of; masks lie on top of clips."""
        for mask in reversed(self.project.masks):
            part = self._part_of_mask(mask, at)
            if part is not Part.NOTHING:
                return Grip(part, mask=mask)
        for clip in reversed(self.project.audio.clips):
            part = self._part_of_clip(clip, at)
            if part is not Part.NOTHING:
                return Grip(part, clip=clip)
        return Grip(Part.NOTHING)

    def _part_of_mask(self, mask: MaskRegion, at: QPointF) -> Part:
        box = self.mask(mask)
        # Grips reach a little outside, so that a narrow mask can still be taken hold of.
        if not box.adjusted(-EDGE_PX / 2, 0, EDGE_PX / 2, 0).contains(at):
            return Part.NOTHING
        fade = self.mask_fade(mask)
        if at.y() > box.bottom() - HANDLE_PX and abs(at.x() - box.left() - fade) <= HANDLE_PX / 2:
            return Part.MASK_FADE
        zone = min(EDGE_PX, box.width() / 3)
        if at.x() < box.left() + zone:
            return Part.MASK_LEFT
        return Part.MASK_RIGHT if at.x() > box.right() - zone else Part.MASK_BODY

    def _part_of_clip(self, clip: Clip, at: QPointF) -> Part:
        box = self.clip(clip)
        if not box.contains(at):
            return Part.NOTHING
        fade_in, fade_out = self.fades(clip)
        is_low = CLIP_HEADER_PX <= at.y() - box.top() <= CLIP_HEADER_PX + HANDLE_PX
        if is_low and abs(at.x() - (box.left() + fade_in + HANDLE_PX / 2)) <= HANDLE_PX:
            return Part.FADE_IN
        if is_low and abs(at.x() - (box.right() - fade_out - HANDLE_PX / 2)) <= HANDLE_PX:
            return Part.FADE_OUT
        zone = min(EDGE_PX, box.width() / 3)
        if at.x() < box.left() + zone:
            return Part.LEFT_EDGE
        if at.x() > box.right() - zone:
            return Part.RIGHT_EDGE
        return Part.HEADER if at.y() < box.top() + CLIP_HEADER_PX else Part.WAVEFORM


def fades_of(clip: Clip, box: QRectF) -> tuple[float, float]:
    """Widths of a clip's fades where it is drawn in ``box``."""
    rate = box.width() / clip.length
    return clip.fade_in * rate, clip.fade_out * rate
