"""The right-click menus of the drum lane."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.actions.arrange_drums import pattern_title
from app.model.drum_hit import ACCENT, GHOST, MAX_NUDGE_MS, NORMAL, DrumHit, DrumRow
from app.model.drum_style import STYLE_GROUPS
from app.model.note_shaping import LARGEST_HUMANISE_MS
from app.model.region import bars_of, describe_bars
from app.ui.dialogs.amounts import Amount, AmountsDialog
from app.ui.lanes.menu_entries import add, add_switch
from app.ui.lanes.stage import Stage
from engine.timebase import TICKS_PER_QUARTER, Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.drum_lane import DrumLane

LEVEL_NAMES = (("Ghost", GHOST), ("Normal", NORMAL), ("Accent", ACCENT))
SWING_STEPS = (
    ("eighths", Ticks(TICKS_PER_QUARTER // 2)),
    ("sixteenths", Ticks(TICKS_PER_QUARTER // 4)),
)


def cell_menu(lane: DrumLane, hit: DrumHit | None, pitch: int | None) -> QMenu:
    """What one can do with a step, or with all selected ones, and with the lane."""
    menu, stage = QMenu(lane), lane.stage
    drums = stage.arrange.drums
    if hit is not None:
        meant = lane.selected_hits()
        if hit not in meant:
            meant = [hit]
        for name, velocity in LEVEL_NAMES:
            is_on = hit.velocity == velocity
            add_switch(
                menu, f"{name} ({velocity})", is_on, partial(drums.set_velocity, meant, velocity)
            )
        add(menu, "Velocity…", partial(ask_velocity, stage, meant, lane.window()))
        if len(meant) > 1:
            add(menu, "Velocity ramp…", partial(ask_ramp, stage, meant, lane.window()))
        add(menu, "Humanise…", partial(ask_humanise, stage, meant, lane.window()))
        add(menu, "Add flam", lambda: drums.add_flam(hit))
        add(menu, "Duplicate\tCtrl+D", stage.arrange.duplicate_selection)
        add(menu, "Delete\tDel", lambda: drums.remove(meant))
        menu.addSeparator()
    add_grooves(menu.addMenu(groove_title(lane.stage)), stage)
    add(menu, "Fill in the last bar", partial(add_fill, stage))
    swing = menu.addMenu("Swing of")
    for words, step in SWING_STEPS:
        is_on = stage.project.drums.swing_step == step
        percent = stage.project.drums.swing_percent
        add_switch(swing, words, is_on, partial(drums.set_swing, percent, step))
    menu.addSeparator()
    if pitch is not None:
        add(menu, "Select row", partial(select_row, stage, pitch))
        add(menu, "Clear row", partial(drums.clear_row, pitch))
    rows = menu.addAction("Show all rows")
    rows.setCheckable(True)
    rows.setChecked(lane.shows_all_rows)
    rows.toggled.connect(lane.set_shows_all_rows)
    return menu


def row_menu(stage: Stage, row: DrumRow, parent: QWidget) -> QMenu:
    """What one can do with a whole row."""
    drums, menu = stage.arrange.drums, QMenu(parent)
    muted = replace(row, is_muted=not row.is_muted)
    solo = replace(row, is_solo=not row.is_solo)
    add_switch(menu, "Mute row", row.is_muted, partial(drums.set_row, muted, "Mute row"))
    add_switch(menu, "Solo row", row.is_solo, partial(drums.set_row, solo, "Solo row"))
    add(menu, f"Nudge… ({row.nudge_ms:+.0f} ms)", partial(ask_nudge, stage, row, parent.window()))
    add(menu, "Rename…", partial(_rename_row, stage, row, parent))
    menu.addSeparator()
    rows = [each.pitch for each in stage.project.drums.rows]
    index = rows.index(row.pitch)
    if index > 0:
        add(menu, "Move up", partial(drums.move_row, row.pitch, rows[index - 1]))
    if index < len(rows) - 1:
        below = rows[index + 2] if index + 2 < len(rows) else None
        add(menu, "Move down", partial(drums.move_row, row.pitch, below))
    menu.addSeparator()
    add(menu, "Select row", partial(select_row, stage, row.pitch))
    add(menu, "Clear row", partial(drums.clear_row, row.pitch))
    return menu


def groove_span(stage: Stage) -> Span[Ticks]:
    """Where a groove is painted: the selected range, else the length of a run, else all."""
    return stage.workspace.selection.span or stage.whole_song


def groove_title(stage: Stage) -> str:
    """``Paint bars 1-8``."""
    return f"Paint {describe_bars(groove_span(stage), stage.project.tempo)}"


def add_grooves(menu: QMenu, stage: Stage) -> None:
    """The grooves by style; each paints where ``groove_span`` says."""
    span = groove_span(stage)
    for group, names in STYLE_GROUPS.items():
        styles = menu.addMenu(group)
        for name in names:
            paint = partial(stage.arrange.drums.paint_pattern, name, span)
            add(styles, pattern_title(name), paint)


def add_fill(stage: Stage) -> None:
    """Let the last bar of the selected range, else of what is drummed, end with a fill."""
    tempo, selection = stage.project.tempo, stage.workspace.selection.span
    last_hit = max((hit.time for hit in stage.project.drums.hits), default=Ticks(0))
    last = bars_of(selection or Span(last_hit, Ticks(last_hit + 1)), tempo)[1]
    stage.arrange.drums.add_fill(tempo.bars(last, last))


def select_row(stage: Stage, pitch: int) -> None:
    """Select every step of a row, inside the selected range if there is one."""
    span = stage.workspace.selection.span
    hits = stage.project.drums.hits if span is None else stage.project.drums.within(span)
    stage.arrange.select(frozenset(hit for hit in hits if hit.pitch == pitch))


def ask_velocity(stage: Stage, hits: list[DrumHit], window: QWidget) -> AmountsDialog:
    """One loudness for some steps."""
    amounts = (Amount("Velocity", 1, 127, hits[0].velocity),)
    act = partial(stage.arrange.drums.set_velocity, hits)
    return AmountsDialog("Velocity", amounts, stage.arrange, act, window)


def ask_ramp(stage: Stage, hits: list[DrumHit], window: QWidget) -> AmountsDialog:
    """Louder or softer from step to step."""
    amounts = (Amount("From", 1, 127, GHOST), Amount("To", 1, 127, ACCENT))
    act = partial(stage.arrange.drums.ramp, hits)
    return AmountsDialog("Velocity ramp", amounts, stage.arrange, act, window)


def ask_humanise(stage: Stage, hits: list[DrumHit], window: QWidget) -> AmountsDialog:
    """How far time and loudness may stray."""
    amounts = (
        Amount("Time", 0, LARGEST_HUMANISE_MS, 8, "ms"),
        Amount("Velocity", 0, 40, 10),
    )
    act = partial(stage.arrange.drums.humanise, hits)
    return AmountsDialog("Humanise", amounts, stage.arrange, act, window)


def ask_nudge(stage: Stage, row: DrumRow, window: QWidget) -> AmountsDialog:
    """How late a row is played."""
    amounts = (Amount("Later by", -MAX_NUDGE_MS, MAX_NUDGE_MS, row.nudge_ms, "ms"),)
    act = partial(stage.arrange.drums.nudge_row, row.pitch)
    return AmountsDialog(f"Nudge {row.name}", amounts, stage.arrange, act, window)


def _rename_row(stage: Stage, row: DrumRow, parent: QWidget) -> None:
    name, is_accepted = QInputDialog.getText(parent, "Rename row", "Name", text=row.name)
    if is_accepted and name.strip():
        stage.arrange.drums.set_row(replace(row, name=name.strip()), "Rename row")
