"""The Lanes menu: what the right-click menus of the lanes offer, with keys, for the selection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from app.model.chord_block import ChordBlock
from app.model.drum_hit import DrumHit
from app.model.ids import ClipId, MaskId
from app.model.lane import LaneId
from app.model.note import Note
from app.ui.commands import Command, CommandMenus, Entry
from app.ui.dialogs.chord_palette import show_chord_palette
from app.ui.dialogs.chord_text import ChordTextDialog
from app.ui.dialogs.lane_list import LaneList
from app.ui.lanes import drum_menus, note_menus
from app.ui.lanes.audio_menus import rename_clip, rename_mask
from app.ui.studio import Studio
from app.ui.timeline.view import TimelineView

STEP_ENTRY_KEY = "Ctrl+Alt+I"


def add_lane_menu(menus: CommandMenus, studio: Studio, timeline: TimelineView) -> None:
    """Add the menu and a submenu for each lane."""
    lanes = menus.add_menu(
        "&Lanes",
        [
            Command("&List view of the lane", partial(show_list, timeline), ("Ctrl+T",)),
            Command("&Quantise", timeline.commands.quantise, ("Q",)),
            Command(
                "Quantise with &strength…", partial(quantise_with_strength, timeline), ("Shift+Q",)
            ),
            None,
        ],
    )
    menus.add_menu("&Chords", _chords(studio, timeline), lanes)
    menus.add_menu("&Drums", _drums(timeline), lanes)
    menus.add_menu("&Notes", _notes(studio, timeline), lanes)


def show_list(timeline: TimelineView) -> LaneList:
    """The focused lane as a table."""
    lane = timeline.stage.workspace.focused_lane
    return LaneList(lane, timeline.stage, timeline.window())


def quantise_with_strength(timeline: TimelineView) -> None:
    """Ask how strongly the selected notes or steps, else all of the lane, are pulled."""
    stage = timeline.stage
    items: Sequence[Note] | Sequence[DrumHit] = _notes_meant(timeline)
    if not items or stage.workspace.focused_lane is LaneId.DRUMS:
        items = _hits_meant(timeline)
    if items:
        note_menus.ask_quantise(stage, items, timeline.window())
    else:
        stage.said.emit("There are no notes or drum steps to quantise")


def rename_selected(timeline: TimelineView) -> None:
    """Open the text of the selected chord, section, clip or mask."""
    stage, project = timeline.stage, timeline.stage.project
    for item in stage.arrange.selected():
        if isinstance(item, ChordBlock):
            timeline.chord_lane.open_editor(item)
            return
        if not isinstance(item, str):
            continue
        for section in project.sections.sections:
            if section.id == item:
                timeline.section_lane.edit(section)
                return
        if any(clip.id == item for clip in project.audio.clips):
            rename_clip(timeline.audio_lane, project.audio.clip(ClipId(item)))
            return
        rename_mask(timeline.audio_lane, project.mask(MaskId(item)))
        return
    stage.said.emit("Select a chord, section, clip or mask to rename it")


def _chords(studio: Studio, timeline: TimelineView) -> list[Entry]:
    stage, lane, chords = timeline.stage, timeline.chord_lane, studio.arrange.chords
    return [
        Command("Edit as &text…", lambda: ChordTextDialog(stage, timeline.window()).show()),
        Command("&Suggestions…", lambda: show_chord_palette(stage, timeline.window())),
        Command("Detect chords in the notes", partial(studio.detection.detect, LaneId.NOTES)),
        Command("Detect chords in the audio", partial(studio.detection.detect, LaneId.AUDIO)),
        None,
        Command(
            "Show Roman &numerals",
            lambda: lane.set_shows_numerals(not lane.shows_numerals),
            is_on=lambda: lane.shows_numerals,
        ),
        Command(
            "&Hear chords when touched",
            lambda: lane.set_heard_when_touched(not lane.is_heard_when_touched),
            is_on=lambda: lane.is_heard_when_touched,
        ),
        Command(
            "&German names (H and B)",
            lambda: chords.set_german_names(not stage.project.chords.has_german_names),
            is_on=lambda: stage.project.chords.has_german_names,
        ),
    ]


def _drums(timeline: TimelineView) -> list[Entry]:
    stage, window = timeline.stage, timeline.window

    def shape(ask: Callable[..., object]) -> Callable[[], object]:
        return lambda: _shape(timeline, _hits_meant(timeline), partial(ask, stage), window())

    return [
        Command("&Fill in the last bar", partial(drum_menus.add_fill, stage)),
        Command("Set &velocity of steps…", shape(drum_menus.ask_velocity)),
        Command("Velocity &ramp over steps…", shape(drum_menus.ask_ramp)),
        Command("&Humanise steps…", shape(drum_menus.ask_humanise)),
        None,
        Command(
            "Show all ro&ws",
            lambda: timeline.drum_lane.set_shows_all_rows(not timeline.drum_lane.shows_all_rows),
            is_on=lambda: timeline.drum_lane.shows_all_rows,
        ),
    ]


def _notes(studio: Studio, timeline: TimelineView) -> list[Entry]:
    stage, lane, notes = timeline.stage, timeline.note_lane, studio.arrange.notes

    def shape(ask: Callable[..., object]) -> Callable[[], object]:
        ask_here = partial(ask, stage)
        return lambda: _shape(timeline, _notes_meant(timeline), ask_here, timeline.window())

    def act(do: Callable[..., object], *more: object) -> Callable[[], object]:
        return lambda: do(_notes_meant(timeline), *more)

    return [
        Command(
            "&Step entry",
            lambda: lane.steps.switch(not lane.steps.is_on),
            (STEP_ENTRY_KEY,),
            is_on=lambda: lane.steps.is_on,
        ),
        Command("Voice the chords, &close", notes.voice_chords),
        Command("Voice the chords, &open", partial(notes.voice_chords, is_open=True)),
        None,
        Command("&Legato", act(notes.play_legato)),
        Command("Up a scale step", act(notes.transpose_in_scale, 1)),
        Command("Down a scale step", act(notes.transpose_in_scale, -1)),
        Command("&Invert", act(notes.invert)),
        Command("Set &velocity of notes…", shape(note_menus.ask_velocity)),
        Command("Velocity &ramp over notes…", shape(note_menus.ask_ramp)),
        Command("&Humanise notes…", shape(note_menus.ask_humanise)),
        None,
        Command("Select notes of the scale", partial(note_menus.select_scale, stage, is_in=True)),
        Command(
            "Select notes outside the scale", partial(note_menus.select_scale, stage, is_in=False)
        ),
        Command(
            "Show the chords as &ghost notes",
            lambda: lane.set_shows_ghosts(not lane.shows_ghosts),
            is_on=lambda: lane.shows_ghosts,
        ),
        Command("&Fit rows", lane.fit_rows),
    ]


def _notes_meant(timeline: TimelineView) -> list[Note]:
    """The selected notes, else all of them."""
    return timeline.note_lane.selected_notes() or list(timeline.stage.project.notes.notes)


def _hits_meant(timeline: TimelineView) -> list[DrumHit]:
    """The selected drum steps, else all of them."""
    return timeline.drum_lane.selected_hits() or list(timeline.stage.project.drums.hits)


def _shape(
    timeline: TimelineView,
    items: Sequence[object],
    ask: Callable[..., object],
    window: object,
) -> None:
    if items:
        ask(items, window)
    else:
        timeline.stage.said.emit("There is nothing to change yet")
