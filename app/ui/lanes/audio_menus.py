"""The right-click menus of the audio lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog, QMenu

from app.model.adherence import ChordAgreement
from app.model.clip import Clip
from app.model.lane import MAX_GAIN_DB, MIN_GAIN_DB
from app.model.mask import MAX_FADE_MS, MIN_FADE_MS, MaskRegion, MaskStrength
from app.ui.lanes.menu_entries import add
from engine.timebase import Seconds, Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.audio_lane import AudioLaneCanvas


def clip_menu(lane: AudioLaneCanvas, clip: Clip) -> QMenu:
    """What one can do with a clip; whoever listens may add to it."""
    menu, stage = QMenu(lane), lane.stage
    audio = stage.arrange.audio
    span = clip.span(lane.project.tempo)
    add(menu, "Mask this clip\tI", lambda: audio.add_mask(span))
    add(menu, "Loop this clip\tCtrl+L", lambda: stage.workspace.set_loop(span, is_on=True))
    add(menu, "Zoom to clip\tZ", lambda: stage.axis.show_span(span))
    menu.addSeparator()
    playhead = stage.workspace.playhead
    add(menu, "Split at playhead\tCtrl+E", lambda: audio.split_clips(playhead, (clip.id,)))
    add(menu, "Duplicate\tCtrl+D", stage.arrange.duplicate_selection)
    add(menu, "Rename…\tF2", lambda: rename_clip(lane, clip))
    add(menu, "Level…", lambda: _ask_gain(lane, clip))
    add(
        menu,
        "Remove fades",
        lambda: audio.set_clip_fades(clip.id, Seconds(0.0), Seconds(0.0)),
    )
    menu.addSeparator()
    add(menu, "Delete\tDel", lambda: audio.remove_clips((clip.id,)))
    return menu


def mask_menu(lane: AudioLaneCanvas, mask: MaskRegion) -> QMenu:
    """What one can do with a mask."""
    menu, stage = QMenu(lane), lane.stage
    audio = stage.arrange.audio
    add(menu, "Prompt…", lambda: stage.mask_prompt_wanted.emit(mask.id))
    strengths = menu.addMenu("Strength")
    for strength in MaskStrength:
        action = strengths.addAction(strength.value.capitalize())
        action.setCheckable(True)
        action.setChecked(strength is mask.strength)
        action.triggered.connect(
            lambda _=False, strength=strength: audio.set_mask_strength(mask.id, strength)
        )
    add(menu, f"Fades… ({mask.fade_ms:.0f} ms)", lambda: _ask_fade(lane, mask))
    add(menu, "Rename…\tF2", lambda: rename_mask(lane, mask))
    words = "Freeze (keep what is there)" if mask.is_on else "Let it count again"
    add(menu, words, lambda: audio.switch_mask(mask.id, not mask.is_on))
    menu.addSeparator()
    add(menu, "Loop this mask", lambda: stage.workspace.set_loop(mask.span, is_on=True))
    length = mask.span.end - mask.span.start
    add(menu, "Duplicate", lambda: audio.duplicate_mask(mask.id, length))
    add(menu, "Delete\tDel", lambda: audio.remove_masks((mask.id,)))
    return menu


def range_menu(lane: AudioLaneCanvas, span: Span[Ticks] | None) -> QMenu:
    """What one can do with a selected range, or where there is nothing."""
    menu, stage = QMenu(lane), lane.stage
    audio = stage.arrange.audio
    if span is not None:
        add(menu, "Mask this\tI", lambda: audio.add_mask(span))
        add(menu, "Clear masks here\tShift+I", lambda: audio.clear_masks(span))
        add(menu, "Loop this\tCtrl+L", lambda: stage.workspace.set_loop(span, is_on=True))
        add(menu, "Zoom to this\tZ", lambda: stage.axis.show_span(span))
        menu.addSeparator()
        add(menu, "Delete\tDel", stage.arrange.delete_selection)
    else:
        add(menu, "Select all clips\tCtrl+A", lambda: stage.arrange.select_all(lane.lane))
    return menu


def missed_chord_menu(lane: AudioLaneCanvas, heard: ChordAgreement) -> QMenu:
    """What one can do about a chord in the adherence strip."""
    menu = QMenu(lane)
    title = menu.addAction(f"Asked {heard.asked}, heard {heard.heard} (estimate)")
    title.setEnabled(False)
    menu.addSeparator()
    add(menu, "Redo: mask this chord", lambda: lane.stage.arrange.audio.add_mask(heard.span))
    return menu


def rename_clip(lane: AudioLaneCanvas, clip: Clip) -> None:
    """Ask for a clip's name."""
    name, is_accepted = QInputDialog.getText(lane, "Rename clip", "Name", text=clip.name)
    if is_accepted:
        lane.stage.arrange.audio.rename_clip(clip.id, name.strip())


def rename_mask(lane: AudioLaneCanvas, mask: MaskRegion) -> None:
    """Ask for a mask's name."""
    name, is_accepted = QInputDialog.getText(lane, "Rename mask", "Name", text=mask.name)
    if is_accepted:
        lane.stage.arrange.audio.rename_mask(mask.id, name.strip())


def _ask_gain(lane: AudioLaneCanvas, clip: Clip) -> None:
    gain_db, is_accepted = QInputDialog.getDouble(
        lane, "Clip level", "Level (dB)", clip.gain_db, MIN_GAIN_DB, MAX_GAIN_DB, 1
    )
    if is_accepted:
        lane.stage.arrange.audio.set_clip_gain(clip.id, gain_db)


def _ask_fade(lane: AudioLaneCanvas, mask: MaskRegion) -> None:
    fade_ms, is_accepted = QInputDialog.getDouble(
        lane, "Mask fades", "Length (ms)", mask.fade_ms, MIN_FADE_MS, MAX_FADE_MS, 0
    )
    if is_accepted:
        lane.stage.arrange.audio.set_mask_fade(mask.id, fade_ms)
