"""The window: transport bar on top, timeline, prompt and takes beside it, status below."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.model.ids import TakeId
from app.model.lane import LaneId
from app.resources import ICONS
from app.settings import from_text, to_text
from app.ui import theme
from app.ui.commands import CommandMenus
from app.ui.dialogs.command_palette import CommandPalette
from app.ui.dialogs.questions import WindowQuestions
from app.ui.menus import PLAY_KEYS, WindowVerbs, build_menus
from app.ui.notices import NoticeBar
from app.ui.panels.fields import tint_again
from app.ui.panels.first_steps import FirstSteps
from app.ui.panels.jobs_panel import JobLine, StatusLine
from app.ui.panels.prompt_panel import PromptPanel
from app.ui.panels.takes_panel import FileOfTake, TakesPanel
from app.ui.panels.transport_bar import TransportBar
from app.ui.studio import Studio
from app.ui.stylesheet import dress
from app.ui.theme import SPACING
from app.ui.timeline.view import TimelineView
from app.ui.window_dialogs import WindowDialogs

SIDE_WIDTH_PX = 348
DEFAULT_SIZE = (1440, 900)
METER_INTERVAL_MS = 33
_CLOSE_PATIENCE_MS = 200


class MainWindow(QMainWindow):
    """Places panels and menus; what they do is done by the verbs of ``Studio``.

    Signals:
        shown(): the window was shown for the first time.
        closing(): nothing holds the window any longer; give everything back.
        device_wanted(): look for a sound device again.
    """

    shown = Signal()
    closing = Signal()
    device_wanted = Signal()

    def __init__(
        self,
        studio: Studio,
        notices: NoticeBar,
        questions: WindowQuestions,
        file_of_take: FileOfTake,
    ) -> None:
        super().__init__()
        self._studio = studio
        questions.parent = self
        self._has_been_shown = False
        self._leaves_when_idle = False
        self.setWindowIcon(QIcon(str(ICONS / "inlay.svg")))
        self.setAcceptDrops(True)

        self.notices = notices
        self.transport_bar = TransportBar(
            studio.document,
            studio.workspace,
            studio.sound.transport,
            studio.playback,
            studio.song,
            studio.edit,
        )
        self.timeline = TimelineView(
            studio.document, studio.workspace, studio.arrange, studio.waveforms
        )
        self.prompt_panel = PromptPanel(
            studio.document,
            studio.workspace,
            studio.prompt,
            studio.generate,
            studio.steering,
            studio.takes,
        )
        self.takes_panel = TakesPanel(studio.document, studio.workspace, studio.takes, file_of_take)
        self.status = StatusLine(JobLine(studio.queue, studio.generate))
        self.dialogs = WindowDialogs(studio, questions, self, self.status.say)
        self._lay_out()
        self.menus = CommandMenus(self)
        build_menus(self.menus, studio, self.timeline, self._verbs())
        self._add_recent_menu()

        self._meter_timer = QTimer(self, interval=METER_INTERVAL_MS)
        self._meter_timer.timeout.connect(
            lambda: self.transport_bar.meter.show_levels(*studio.sound.levels())
        )
        self._meter_timer.start()
        stage = self.timeline.stage
        stage.mask_prompt_wanted.connect(self.dialogs.ask_mask_prompt)
        stage.clip_details_wanted.connect(self.dialogs.show_clip_details)
        stage.clip_menu_opening.connect(self.dialogs.add_to_clip_menu)
        stage.chord_detection_wanted.connect(studio.detection.detect)
        studio.detection.found.connect(self.timeline.chord_lane.ghosts.show)
        stage.files_dropped.connect(self.dialogs.take_dropped)
        self.takes_panel.list.details_wanted.connect(self.dialogs.show_take_details)
        self.takes_panel.list.variations_wanted.connect(self._on_variations_wanted)
        studio.document.history_changed.connect(self._show_title)
        studio.document.changed.connect(self._show_title)
        studio.queue.changed.connect(self._on_queue_changed)
        self._show_title()
        self._restore()

    # Laying out.

    def _lay_out(self) -> None:
        self.first_steps = FirstSteps()
        self.first_steps.setVisible(not self._studio.settings.current.has_seen_first_steps)
        self.side = QSplitter(Qt.Orientation.Vertical)
        self.side.addWidget(self.prompt_panel)
        self.side.addWidget(self.takes_panel)
        self.side.setStretchFactor(0, 3)
        self.side.setStretchFactor(1, 2)
        self.middle = QSplitter(Qt.Orientation.Horizontal)
        self.middle.addWidget(self.timeline)
        self.middle.addWidget(self.side)
        self.middle.setStretchFactor(0, 1)
        self.middle.setStretchFactor(1, 0)
        for splitter in (self.side, self.middle):
            splitter.setHandleWidth(4)
            splitter.setChildrenCollapsible(False)
        self.side.setMinimumWidth(300)
        self.middle.setSizes([DEFAULT_SIZE[0] - SIDE_WIDTH_PX, SIDE_WIDTH_PX])
        self.side.setSizes([570, 230])

        steps = QVBoxLayout()
        steps.setContentsMargins(SPACING[2], SPACING[2], SPACING[2], 0)
        steps.addWidget(self.first_steps)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport_bar)
        layout.addLayout(steps)
        layout.addWidget(self.notices)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)
        self._panes: tuple[QWidget, ...] = (
            self.timeline.canvases[LaneId.CHORDS],
            self.prompt_panel.prompt,
            self.takes_panel.list,
            self.transport_bar,
        )

    def _verbs(self) -> WindowVerbs:
        return WindowVerbs(
            import_audio=self.dialogs.ask_audio,
            import_midi=self.dialogs.ask_midi,
            import_chords=self.dialogs.ask_chords,
            export_chords=self.dialogs.ask_chords_export,
            export=self.dialogs.show_export,
            close=self.close,
            find_device=self.device_wanted.emit,
            focus_prompt=self.prompt_panel.focus_prompt,
            focus_takes=lambda: self.takes_panel.list.setFocus(Qt.FocusReason.ShortcutFocusReason),
            next_pane=self.next_pane,
            use_theme=self.use_theme,
            use_font_scale=self.use_font_scale,
            toggle_side=lambda: self.side.setVisible(self.side.isHidden()),
            is_side_shown=lambda: not self.side.isHidden(),
            show_shortcuts=lambda: self.dialogs.show_shortcuts(self.menus.listed),
            show_commands=lambda: CommandPalette(self.menus.entries, self),
            use_screen_reader_mode=self.use_screen_reader_mode,
            show_first_steps=self.show_first_steps,
            show_about=self.dialogs.show_about,
        )

    def _add_recent_menu(self) -> None:
        files = self.menus.menu("File")
        recent = QMenu("Open recent", files)
        files.insertMenu(self.menus.action("&Save"), recent)
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for name in self._studio.settings.current.recent_projects:
            path = Path(name)
            menu.addAction(path.stem, partial(self._studio.files.open_path, path))
        if menu.isEmpty():
            menu.addAction("Nothing yet").setEnabled(False)

    # What the window does itself.

    def next_pane(self, direction: int) -> None:
        """Move the focus to the next or previous pane."""
        focused = QApplication.focusWidget()
        here = next(
            (
                index
                for index, pane in enumerate(self._panes)
                if focused is not None and (focused is pane or pane.isAncestorOf(focused))
            ),
            0 if focused is not None and self.timeline.isAncestorOf(focused) else -1,
        )
        pane = self._panes[(here + direction) % len(self._panes)]
        if pane is self.transport_bar:
            self.transport_bar.focus_first()
        else:
            pane.setFocus(Qt.FocusReason.TabFocusReason)

    def come_forward(self) -> None:
        """Show this window before all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def use_theme(self, name: str) -> None:
        """Show another theme, now and at the next start."""
        self._studio.settings.change(theme=name)
        self._dress()

    def use_screen_reader_mode(self, is_on: bool) -> None:
        """Give Space back to the focused button, or take it for playing."""
        self._studio.settings.change(screen_reader_mode=is_on)
        keys = PLAY_KEYS[1:] if is_on else PLAY_KEYS
        self.menus.action("&Play / stop").setShortcuts([QKeySequence(key) for key in keys])

    def show_first_steps(self) -> None:
        """Bring the line back."""
        self.first_steps.show()

    def use_font_scale(self, scale: float) -> None:
        """Show text larger or smaller, now and at the next start."""
        self._studio.settings.change(font_scale=scale)
        self._dress()

    def _dress(self) -> None:
        settings = self._studio.settings.current
        theme.choose(settings.theme, settings.font_scale)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        dress(app)
        tint_again(self)
        self.transport_bar.refresh()
        self.prompt_panel.refresh()
        self.takes_panel.refresh()
        for widget in self.findChildren(QWidget):
            widget.update()

    def _show_title(self) -> None:
        document = self._studio.document
        self.setWindowTitle(f"{document.project.title}[*] - Inlay")
        self.setWindowModified(document.is_modified)

    # Dropping files, opening and closing.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files let go beside the lanes land at the start marker."""
        self.dialogs.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls()])
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell once that there is something to see."""
        super().showEvent(event)
        if not self._has_been_shown:
            self._has_been_shown = True
            self.timeline.canvases[LaneId.CHORDS].setFocus()
            QTimer.singleShot(0, self, self.shown.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about running jobs and unsaved changes; then let everything go."""
        if self._studio.queue.running is not None and not self._may_leave_jobs():
            event.ignore()
            return
        if not self._studio.files.close():
            event.ignore()
            return
        self._remember()
        self.closing.emit()
        event.accept()

    def _may_leave_jobs(self) -> bool:
        box = QMessageBox(self)
        box.setWindowTitle("The engine is working")
        box.setText("A job is running. What shall become of it?")
        finish = box.addButton("Finish in background", QMessageBox.ButtonRole.ActionRole)
        cancel = box.addButton("Cancel job and close", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is finish:
            self._leaves_when_idle = True
            self.hide()
            return False
        if box.clickedButton() is cancel:
            self._studio.generate.cancel_all()
            return True
        return False

    def _on_variations_wanted(self, take_id: TakeId) -> None:
        self._studio.generate.vary(self._studio.document.project.take(take_id))

    def _on_queue_changed(self) -> None:
        queue = self._studio.queue
        self.status.engine.setText(
            "Engine working" if queue.running is not None else "Engine ready"
        )
        if self._leaves_when_idle and queue.running is None and not queue.n_waiting:
            self._leaves_when_idle = False
            self.show()  # should there be something to ask, it must be seen
            self.close()

    def _remember(self) -> None:
        self._studio.settings.change(
            window_geometry=to_text(self.saveGeometry()),
            splitters={
                "side": to_text(self.side.saveState()),
                "middle": to_text(self.middle.saveState()),
            },
            panels={
                "expert": self.prompt_panel.expert.fold.isChecked(),
                "side": not self.side.isHidden(),
            },
            view=self.timeline.view_state(),
            follows_playhead=self.timeline.follows_playhead,
        )

    def _restore(self) -> None:
        kept = self._studio.settings.current
        if not kept.window_geometry or not self.restoreGeometry(from_text(kept.window_geometry)):
            self.resize(*DEFAULT_SIZE)
        for name, splitter in (("side", self.side), ("middle", self.middle)):
            if name in kept.splitters:
                splitter.restoreState(from_text(kept.splitters[name]))
        self.prompt_panel.expert.fold.setChecked(kept.panels.get("expert", False))
        self.side.setVisible(kept.panels.get("side", True))
        self.timeline.restore_view_state(kept.view)
        self.timeline.set_follows_playhead(kept.follows_playhead)
        self.use_screen_reader_mode(kept.screen_reader_mode)
