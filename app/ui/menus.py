"""Every command of the studio, menu by menu, with its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.model.lane import LaneId
from app.playback.voices import Listening
from app.ui import theme
from app.ui.commands import Command, CommandMenus, Entry
from app.ui.lane_menu import add_lane_menu, rename_selected
from app.ui.studio import Studio
from app.ui.timeline.view import TimelineView

PLAY_KEYS = ("Space", "Ctrl+Alt+Space")
FONT_SCALES = (0.8, 0.9, 1.0, 1.25, 1.5, 2.0)
_LANES = (
    ("Chords", LaneId.CHORDS),
    ("Drums", LaneId.DRUMS),
    ("Notes", LaneId.NOTES),
    ("Audio", LaneId.AUDIO),
)

_LANE_KEYS = (
    ("Nudge the selection, or the playhead by grid", "Left, Right"),
    ("Extend the selection by grid", "Shift+Left, Shift+Right"),
    ("Lane above or below, or transpose selected notes", "Up, Down"),
    ("Octave up or down", "Shift+Up, Shift+Down"),
    ("Next or previous item", "Tab, Shift+Tab"),
    ("Delete the selection", "Del, Backspace"),
    ("Back out one level", "Esc"),
    ("Ignore the grid while dragging", "Alt"),
    ("Duplicate while dragging", "Ctrl"),
)


@dataclass(frozen=True, slots=True)
class WindowVerbs:
    """What only the window can do."""

    import_audio: Callable[[], object]
    import_midi: Callable[[], object]
    import_chords: Callable[[], object]
    export_chords: Callable[[], object]
    export: Callable[[], object]
    close: Callable[[], object]
    find_device: Callable[[], object]
    focus_prompt: Callable[[], object]
    focus_takes: Callable[[], object]
    next_pane: Callable[[int], object]
    use_theme: Callable[[str], object]
    use_font_scale: Callable[[float], object]
    toggle_side: Callable[[], object]
    is_side_shown: Callable[[], bool]
    show_shortcuts: Callable[[], object]
    show_commands: Callable[[], object]
    use_screen_reader_mode: Callable[[bool], object]
    show_first_steps: Callable[[], object]
    show_about: Callable[[], object]


def build_menus(
    menus: CommandMenus, studio: Studio, timeline: TimelineView, window: WindowVerbs
) -> None:
    """Add all menus."""
    menus.add_menu("&File", _file(studio, window))
    menus.add_menu("&Edit", _edit(studio, timeline))
    add_lane_menu(menus, studio, timeline)
    menus.add_menu("&Play", _play(studio, timeline, window))
    menus.add_menu("&Generate", _generate(studio))
    view = menus.add_menu("&View", _view(timeline, window))
    view.addSeparator()
    menus.add_menu("Theme", _themes(studio, window), view)
    menus.add_menu("Text size", _text_sizes(studio, window), view)
    menus.add_menu("Go to", _panes(timeline, window), view)
    menus.add_menu("&Help", _help(studio, window))
    menus.list_only("Timeline, while a lane has the focus", _LANE_KEYS)


def _file(studio: Studio, window: WindowVerbs) -> list[Entry]:
    files = studio.files
    return [
        Command("&New", files.new, ("Ctrl+N",)),
        Command("&Open…", files.open, ("Ctrl+O",)),
        None,
        Command("&Save", files.save, ("Ctrl+S",)),
        Command("Save &As…", files.save_as, ("Ctrl+Shift+S",)),
        None,
        Command("Import audio…", window.import_audio),
        Command("Import MIDI…", window.import_midi),
        Command("Import chords…", window.import_chords),
        Command("Export chords…", window.export_chords),
        Command("&Export…", window.export, ("Ctrl+Shift+E",)),
        None,
        Command("&Quit", window.close, ("Ctrl+Q",)),
    ]


def _edit(studio: Studio, timeline: TimelineView) -> list[Entry]:
    lane, document = timeline.commands, studio.document
    return [
        Command("&Undo", studio.edit.undo, ("Ctrl+Z",), is_enabled=lambda: document.can_undo),
        Command(
            "&Redo",
            studio.edit.redo,
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            is_enabled=lambda: document.can_redo,
        ),
        None,
        Command("Cu&t", lane.cut, ("Ctrl+X",)),
        Command("&Copy", lane.copy, ("Ctrl+C",)),
        Command("&Paste at playhead", lane.paste, ("Ctrl+V",)),
        Command("&Duplicate after", lane.duplicate, ("Ctrl+D",)),
        Command("Select &all in lane", lane.select_all, ("Ctrl+A",)),
        None,
        Command("S&plit", lane.split, ("Ctrl+E",)),
        Command("&Join", studio.join.join_selection, ("Ctrl+J",)),
        Command("Rena&me…", partial(rename_selected, timeline), ("F2",)),
        Command("Make or toggle mask", lane.toggle_mask, ("I",)),
        Command("Clear masks in selection", lane.clear_masks, ("Shift+I",)),
        None,
        Command("Select tool", lane.use_select_tool, ("V",)),
        Command("Draw tool", lane.use_draw_tool, ("B",)),
        Command("Erase tool", lane.use_erase_tool, ("E",)),
    ]


def _play(studio: Studio, timeline: TimelineView, window: WindowVerbs) -> list[Entry]:
    play, sound, workspace = studio.playback, studio.sound, studio.workspace
    return [
        Command("&Play / stop", play.play_or_stop, PLAY_KEYS),
        Command("&Continue / pause", play.continue_or_pause, ("Shift+Space",)),
        Command("Play &selection once", play.play_selection, ("P",)),
        None,
        Command("To start", play.to_start, ("Home",)),
        Command("To end", play.to_end, ("End",)),
        Command("Previous bar", partial(play.step_bars, -1), ("Ctrl+Left",)),
        Command("Next bar", partial(play.step_bars, 1), ("Ctrl+Right",)),
        None,
        Command("&Loop", play.toggle_loop, ("L",), is_on=lambda: workspace.is_looping),
        Command("Loop the selection", play.loop_selection, ("Ctrl+L",)),
        Command(
            "&Metronome",
            play.toggle_metronome,
            ("K",),
            is_on=lambda: sound.transport.has_metronome,
        ),
        None,
        Command("Mute focused lane", timeline.commands.mute_lane, ("M",)),
        Command("Solo focused lane", timeline.commands.solo_lane, ("S",)),
        Command("Clear all solos", studio.edit.clear_solos, ("Shift+S",)),
        None,
        Command("Find sound device", window.find_device),
    ]


def _generate(studio: Studio) -> list[Entry]:
    generate, takes, sound = studio.generate, studio.takes, studio.sound
    entries: list[Entry] = [
        Command("&Run the main action", generate.run, ("Ctrl+Return", "Ctrl+Enter")),
        Command(
            "Run with &three takes",
            generate.run_three,
            ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        ),
        Command("Extend forward", studio.extend.forward),
        Command("Extend backward", studio.extend.backward),
        Command("Mask stale bars", studio.inpaint.mask_stale_bars),
        Command("Redo what missed its chord", studio.inpaint.mask_missed_chords),
        None,
        Command("&Cancel running job", generate.cancel, ("Ctrl+.",)),
        Command("Cancel &all jobs", generate.cancel_all, ("Ctrl+Shift+.",)),
        None,
        Command("&Keep take being heard", takes.keep_heard),
        Command("Hear the original", partial(takes.hear_number, 0), ("0",)),
    ]
    entries += [
        Command(f"Hear take {number}", partial(takes.hear_number, number), (str(number),))
        for number in range(1, 10)
    ]
    entries += [
        Command(
            f"Hear take {number} in the selection only",
            partial(takes.hear_number_within, number),
            (f"Alt+{number}",),
        )
        for number in range(1, 10)
    ]
    entries += [
        Command(
            "Compare takes at equal loudness",
            sound.toggle_level_match,
            is_on=lambda: sound.is_level_matched,
        ),
        None,
        Command(
            "Hold: hear only what changed", partial(sound.listen, Listening.DIFFERENCE), ("D",)
        ),
        Command(
            "Hold: hear the lanes as they steer", partial(sound.listen, Listening.CONDITION), ("H",)
        ),
        None,
        Command("Another seed", studio.prompt.roll_seed),
    ]
    return entries


def _view(timeline: TimelineView, window: WindowVerbs) -> list[Entry]:
    view = timeline.commands
    return [
        Command("Zoom in", view.zoom_in, ("+", "=")),
        Command("Zoom out", view.zoom_out, ("-",)),
        Command("Zoom to selection", view.zoom_to_selection, ("Z",)),
        Command("Zoom back", view.zoom_back, ("X",)),
        Command("Fit whole song", view.fit_song, ("Shift+Z",)),
        None,
        Command(
            "&Follow playhead",
            lambda: timeline.set_follows_playhead(not timeline.follows_playhead),
            ("F",),
            is_on=lambda: timeline.follows_playhead,
        ),
        Command("Snap", view.toggle_snap, ("N",)),
        Command("Coarser grid", view.coarser_grid, (",",)),
        Command("Finer grid", view.finer_grid, (".",)),
        None,
        Command("Prompt and takes", window.toggle_side, ("F9",), is_on=window.is_side_shown),
    ]


def _themes(studio: Studio, window: WindowVerbs) -> list[Entry]:
    return [
        Command(
            name.capitalize(),
            partial(window.use_theme, name),
            is_on=partial(lambda name: studio.settings.current.theme == name, name),
            group="theme",
        )
        for name in theme.PALETTES
    ]


def _text_sizes(studio: Studio, window: WindowVerbs) -> list[Entry]:
    return [
        Command(
            f"{scale:.0%}",
            partial(window.use_font_scale, scale),
            is_on=partial(lambda scale: studio.settings.current.font_scale == scale, scale),
            group="text size",
        )
        for scale in FONT_SCALES
    ]


def _panes(timeline: TimelineView, window: WindowVerbs) -> list[Entry]:
    entries: list[Entry] = [Command("Prompt", window.focus_prompt, ("Ctrl+1",))]
    for number, (name, lane) in enumerate(_LANES, start=2):
        entries.append(Command(name, partial(timeline.focus_lane, lane), (f"Ctrl+{number}",)))
    return [
        *entries,
        Command("Takes", window.focus_takes, ("Ctrl+6",)),
        None,
        Command("Next pane", partial(window.next_pane, 1), ("F6",)),
        Command("Previous pane", partial(window.next_pane, -1), ("Shift+F6",)),
    ]


def _help(studio: Studio, window: WindowVerbs) -> list[Entry]:
    settings = studio.settings
    return [
        Command("Keyboard &shortcuts", window.show_shortcuts, ("F1", "?")),
        Command("&Commands…", window.show_commands, ("Ctrl+K",)),
        Command(
            "Screen-reader mode (Space presses buttons)",
            lambda: window.use_screen_reader_mode(not settings.current.screen_reader_mode),
            is_on=lambda: settings.current.screen_reader_mode,
        ),
        Command("&First steps", window.show_first_steps),
        None,
        Command("&About Inlay", window.show_about),
    ]
