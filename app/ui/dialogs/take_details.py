"""Everything about one take: how it was made, and what is known about the result."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.model.key import key_name
from app.model.project import Project
from app.model.region import describe_bars
from app.model.take import Take
from app.ui.panels.fields import label
from app.ui.panels.time_text import format_seconds
from app.ui.theme import SPACING
from engine.timebase import Seconds


def take_facts(project: Project, take: Take) -> tuple[tuple[str, str], ...]:
    """Name and value of all that is known about a take, ready to be read and copied."""
    recipe = project.recipe(take.recipe_id)
    region = project.group_of(take.id).region
    seconds = recipe.tempo.seconds_span(region)
    facts = [
        (
            "Region",
            f"{describe_bars(region, recipe.tempo)}, "
            f"{format_seconds(Seconds(seconds.end - seconds.start))}",
        ),
        ("Act", recipe.act),
        ("Prompt", recipe.prompt or "none"),
        ("Leave out", recipe.negative or "nothing"),
        ("Seed", str(take.seed)),
        (
            "Tempo, key",
            f"{recipe.tempo.tempo_bpm:g} BPM, {recipe.tempo.meter}, {key_name(recipe.key)}",
        ),
    ]
    facts += [(name, f"{value:g}") for name, value in recipe.sampling.items() if value is not None]
    if take.level_db is not None and take.peak_db is not None:
        facts.append(("Level", f"{take.level_db:.1f} dB, peak {take.peak_db:.1f} dB"))
    if recipe.act != "generate":
        facts.append(("Unchanged outside", _untouched(take)))
    if take.is_unchanged:
        facts.append(("Inside", "no audible change"))
    if take.is_partial:
        facts.append(("Complete", "no, the run was cancelled"))
    if take.adherence is not None and take.adherence.chords:
        n_asked = len(take.adherence.chords)
        facts.append(("Chords heard as asked", f"{take.adherence.n_same} of {n_asked} (estimate)"))
    facts.append(("Made", recipe.started_at))
    facts += [(name.replace("_", " "), _value(value)) for name, value in recipe.engine.items()]
    return tuple(facts)


class TakeDetailsDialog(QDialog):
    """Facts in two columns; one button copies them all."""

    def __init__(self, project: Project, take: Take, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = take.name or f"Take {take.number}"
        self.setWindowTitle(f"{name}: details")
        self.setMinimumWidth(440)
        self.facts = take_facts(project, take)
        form = QFormLayout()
        form.setHorizontalSpacing(SPACING[4])
        form.setVerticalSpacing(SPACING[1])
        for fact, value in self.facts:
            shown = QLabel(value)
            shown.setWordWrap(True)
            shown.setAccessibleName(f"{fact}: {value}")
            form.addRow(label(fact, "secondary"), shown)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[4], SPACING[4], SPACING[4], SPACING[4])
        layout.setSpacing(SPACING[3])
        layout.addWidget(label(name, "title"))
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _copy(self) -> None:
        text = "\n".join(f"{fact}: {value}" for fact, value in self.facts)
        QGuiApplication.clipboard().setText(text)


def _untouched(take: Take) -> str:
    if not take.is_untouched_verified:
        return "not verified"
    return f"verified: {take.n_untouched:,} samples outside unchanged"


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
