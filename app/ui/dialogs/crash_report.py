"""A bug of ours: say that the work is safe, and let the person copy what is needed to mend it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons, theme
from app.ui.panels.fields import column, label, row
from app.ui.theme import SPACING


class CrashReportDialog(QDialog):
    """Shown once per fault, never modal: the window stays usable."""

    def __init__(self, report: str, *, is_saved: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 380)
        picture = label("")
        picture.setPixmap(icons.pixmap("warning", theme.current().warning, 28))
        safety = (
            "Everything up to this moment is on disk. You can go on working."
            if is_saved
            else "The last action may not be on disk. Please save a copy now."
        )
        words = column(
            label("Inlay made a mistake", "title"),
            label(f"{safety} The report below helps to mend it.", "secondary", wraps=True),
        )
        head = row(picture, gap=SPACING[3])
        head.addLayout(words, 1)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Report")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING[4], SPACING[4], SPACING[4], SPACING[4])
        layout.setSpacing(SPACING[3])
        layout.addLayout(head)
        layout.addWidget(self.report, 1)
        layout.addWidget(buttons)
