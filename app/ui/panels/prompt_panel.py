"""What is wanted: words, length, takes, seed, what steers, and the button that does it."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.actions.generate import GenerateActions
from app.actions.prompt import PromptActions
from app.actions.steering import SteeringActions
from app.actions.takes import TakeActions
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.jobs.target import steers
from app.model.key import key_name
from app.model.lane import CONDITION_LANES, LaneId
from app.model.project import MAX_SEED, MAX_TAKES, Project
from app.model.region import bars_of
from app.ui import icons, theme
from app.ui.panels.chips import ChipRow
from app.ui.panels.expert_area import ExpertArea
from app.ui.panels.fields import NumberField, PromptText, column, icon_button, label, row
from app.ui.panels.length_field import LengthField
from app.ui.panels.prompt_history import PromptHistory
from app.ui.panels.prompt_reading import PromptReading
from app.ui.panels.steering_hint import SteeringHint
from app.ui.panels.time_text import Length
from app.ui.theme import SPACING

_BPM_IN_WORDS = re.compile(r"(\d{2,3}(?:\.\d+)?)\s*bpm", re.IGNORECASE)
_LANE_NAMES = {LaneId.CHORDS: "Chords", LaneId.DRUMS: "Drums", LaneId.NOTES: "Notes"}


class PromptPanel(QFrame):
    """Shows the project's prompt fields; the main button says what it will do."""

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        actions: PromptActions,
        generate: GenerateActions,
        steering: SteeringActions,
        takes: TakeActions,
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._document = document
        self._actions = actions
        self._generate = generate
        self._takes = takes
        self.steering_hint = SteeringHint(steering)
        self._build()
        document.changed.connect(self._on_document_changed)
        workspace.selection_changed.connect(self.refresh_action)
        workspace.loop_changed.connect(self.refresh_action)
        workspace.start_marker_changed.connect(self.refresh_action)
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew, as after a change of theme."""
        self._on_document_changed(None, self._document.project)

    def focus_prompt(self) -> None:
        """Put the caret into the prompt."""
        self.prompt.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def refresh_action(self) -> None:
        """Ask anew what the main button does."""
        self.main_button.setText(self._generate.label())
        hint = self._generate.hint()
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _build(self) -> None:
        actions = self._actions
        self.prompt = PromptText(
            "Prompt", "Describe the music, e.g. warm electric piano, dusty drums", 3
        )
        self.prompt.typed.connect(actions.set_prompt)
        self.prompt.left.connect(actions.leave_field)
        self.reading = PromptReading(self._generate.model.read)
        self.negative = PromptText("Negative prompt", "What to leave out", 1)
        self.negative.typed.connect(actions.set_negative)
        self.negative.left.connect(actions.leave_field)

        self.history = PromptHistory(self._takes, self)
        self.history_button = QPushButton("Earlier runs")
        self.history_button.setProperty("role", "link")
        self.history_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.history_button.setToolTip("Find the words of an earlier run and use them again")
        self.history_button.clicked.connect(
            lambda: self.history.open_at(self.history_button, self._document.project)
        )
        self.chips = ChipRow()

        self.length = LengthField()
        self.length.setMinimumWidth(84)
        self.length.bars_chosen.connect(self._on_bars_chosen)
        self.length.seconds_typed.connect(self._on_seconds_typed)
        self.takes = NumberField(1, MAX_TAKES, 1)
        self.takes.setFixedWidth(48)
        self.takes.setToolTip("How many takes one run makes, 1-9")
        self.takes.entered.connect(lambda value: actions.set_take_count(round(value)))
        self.seed = NumberField(0, MAX_SEED, 0)
        self.seed.setMinimumWidth(84)
        self.seed.setToolTip("The same seed and settings give the same take")
        self.seed.entered.connect(lambda value: actions.set_seed(round(value)))
        self._dice = icon_button("dice", "Another seed", actions.roll_seed)
        self._lock = icon_button("unlock", "Keep this seed for the next run", is_checkable=True)
        self._lock.clicked.connect(actions.lock_seed)

        self.main_button = QPushButton()
        self.main_button.setProperty("role", "primary")
        self.main_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.main_button.setToolTip("Ctrl+Enter; Ctrl+Shift+Enter makes three takes")
        self.main_button.clicked.connect(lambda: self._generate.run())
        self._hint = label("", "caption", wraps=True)
        self.expert = ExpertArea(actions, self._generate.model.defaults)

        numbers = QGridLayout()
        numbers.setHorizontalSpacing(SPACING[2])
        numbers.setVerticalSpacing(SPACING[1])
        for place, (caption, control, stretch) in enumerate(
            (("Length", self.length, 1), ("Takes", self.takes, 0), ("Seed", self.seed, 1))
        ):
            name = label(caption, "caption")
            name.setBuddy(control)
            control.setAccessibleName(caption)
            numbers.addWidget(name, 0, place)
            numbers.addWidget(control, 1, place)
            numbers.setColumnStretch(place, stretch)
        numbers.addLayout(row(self._dice, self._lock, gap=0), 1, 3)
        numbers.addWidget(self.length.note, 2, 0, 1, 4)

        head = row(label("Prompt", "title"))
        head.addStretch(1)
        head.addWidget(self.history_button)
        fields = QWidget()
        layout = QVBoxLayout(fields)
        layout.setContentsMargins(SPACING[4], SPACING[3], SPACING[4], SPACING[2])
        layout.setSpacing(SPACING[2])
        layout.addLayout(head)
        layout.addWidget(self.prompt)
        layout.addWidget(self.reading)
        layout.addWidget(self.negative)
        layout.addWidget(self.chips)
        layout.addSpacing(SPACING[1])
        layout.addLayout(numbers)
        layout.addWidget(self.length.offers)
        layout.addWidget(self.steering_hint)
        layout.addWidget(self.expert)
        layout.addStretch(1)

        # The fields may be scrolled; what the next key press does is always in sight.
        scrolled = QScrollArea()
        scrolled.setWidget(fields)
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = column(self.main_button, self._hint)
        foot.setContentsMargins(SPACING[4], SPACING[2], SPACING[4], SPACING[3])
        whole = column(scrolled, gap=0)
        whole.setStretch(0, 1)
        whole.addLayout(foot)
        self.setLayout(whole)

    @Slot(int)
    def _on_bars_chosen(self, bars: int) -> None:
        self._generate.use_bars()
        self._actions.set_length(bars)

    @Slot(object)
    def _on_seconds_typed(self, length: Length) -> None:
        self._generate.use_length(length.seconds)

    @Slot(object, object)
    def _on_document_changed(self, before: Project | None, after: Project) -> None:
        self.prompt.show_text(after.prompt)
        self.reading.show_prompt(after.prompt)
        self.history_button.setVisible(bool(after.recipes))
        self.negative.show_text(after.negative)
        self.length.show_length(after.length_bars, after.tempo)
        self.takes.show_value(after.n_takes)
        self.seed.show_value(after.seed)
        self._lock.setChecked(after.is_seed_locked)
        self._lock.setIcon(
            icons.icon("lock", theme.current().accent, 18)
            if after.is_seed_locked
            else icons.icon("unlock", size=18)
        )
        if before is None or before.expert is not after.expert:
            self.expert.show_expert(after.expert)
        self._show_chips(after)
        self.steering_hint.refresh()
        self.refresh_action()

    def _show_chips(self, project: Project) -> None:
        clash = tempo_clash(project)
        bpm = f"{project.tempo.tempo_bpm:g} BPM"
        self.chips.show_chip("key", key_name(project.key), "Key of the song")
        self.chips.show_chip(
            "tempo",
            bpm if clash is None else f"prompt says {clash:g} bpm; grid {bpm} wins",
            "Tempo of the grid; every run follows it",
            warns=clash is not None,
        )
        shown = {"key", "tempo"}
        for lane in CONDITION_LANES:
            is_free = project.settings(lane).is_on and not steers(project, lane)
            self.chips.show_chip(
                lane.value,
                _LANE_NAMES[lane] + (" (empty)" if is_free else ""),
                f"Let the {lane.value} lane steer the next run",
                project.settings(lane).is_on,
                partial(self._actions.set_lane_on, lane),
            )
            shown.add(lane.value)
        for mask in project.masks:
            first, last = bars_of(mask.span, project.tempo)
            name = mask.name or f"Mask {first}" + (f"-{last}" if last != first else "")
            self.chips.show_chip(
                f"mask {mask.id}",
                name,
                "Play these bars anew in the next run",
                mask.is_on,
                partial(self._generate.switch_mask, mask.id),
            )
            shown.add(f"mask {mask.id}")
        self.chips.keep_only(shown)


def tempo_clash(project: Project) -> float | None:
    """The tempo the prompt asks for, where the grid has another."""
    match = _BPM_IN_WORDS.search(project.prompt)
    if match is None or abs(float(match[1]) - project.tempo.tempo_bpm) < 0.5:
        return None
    return float(match[1])
