"""The look of every widget, written from the tokens of ``theme``.

Widgets choose a variant by the dynamic property ``role``: buttons ``primary``, ``quiet``,
``small``, ``link`` and ``chip``; labels ``secondary``, ``caption``, ``title``, ``display``,
``error``, ``warning`` and ``tag``; frames ``panel``, ``card``, ``bar``, ``footer`` and ``notice``.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.resources import ICONS
from app.ui import theme
from app.ui.theme import CONTROL_HEIGHT, RADIUS, Palette, TypeScale

_INNER = CONTROL_HEIGHT - 2  # height inside a 1 px border


def dress(app: QApplication) -> None:
    """Show the current palette and type scale in the whole application."""
    palette, scale = theme.current(), theme.type_scale()
    app.setStyle(QStyleFactory.create("Fusion"))
    font = app.font()
    font.setPixelSize(scale.body)
    app.setFont(font)
    app.setPalette(_qt_palette(palette))
    app.setStyleSheet(_stylesheet(palette, scale))


def _qt_palette(palette: Palette) -> QPalette:
    colours = {
        QPalette.ColorRole.Window: palette.panel,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.field,
        QPalette.ColorRole.AlternateBase: palette.panel,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.text_secondary,
        QPalette.ColorRole.Button: palette.raised,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.text_on_accent,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.Accent: palette.accent,
    }
    result = QPalette()
    for role, colour in colours.items():
        result.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.text_disabled))
    return result


def _stylesheet(palette: Palette, scale: TypeScale) -> str:
    return "\n".join(
        part(palette, scale) for part in (_surfaces, _labels, _buttons, _fields, _lists, _bars)
    )


def _surfaces(palette: Palette, scale: TypeScale) -> str:
    return f"""
    QMainWindow, QDialog {{ background: {palette.background}; }}
    QFrame[role="panel"] {{ background: {palette.panel}; border: none; }}
    QFrame[role="bar"] {{
        background: {palette.panel}; border: none; border-bottom: 1px solid {palette.border};
    }}
    QFrame[role="footer"] {{
        background: {palette.panel}; border: none; border-top: 1px solid {palette.border};
    }}
    QFrame[role="card"] {{
        background: {palette.raised}; border: 1px solid {palette.border};
        border-radius: {RADIUS}px;
    }}
    QFrame[role="notice"] {{
        background: {palette.raised}; border: 1px solid {palette.border};
        border-left: 3px solid {palette.accent}; border-radius: {RADIUS}px;
    }}
    QFrame[role="notice-warning"] {{
        background: {palette.raised}; border: 1px solid {palette.border};
        border-left: 3px solid {palette.warning}; border-radius: {RADIUS}px;
    }}
    QFrame[role="notice-error"] {{
        background: {palette.raised}; border: 1px solid {palette.border};
        border-left: 3px solid {palette.error}; border-radius: {RADIUS}px;
    }}
    QFrame[role="divider"] {{ background: {palette.border}; border: none; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QSplitter::handle {{ background: {palette.background}; }}
    QSplitter::handle:hover {{ background: {palette.accent}; }}
    QToolTip {{
        background: {palette.raised}; color: {palette.text}; border: 1px solid {palette.border};
        padding: 4px 6px; font-size: {scale.caption}px;
    }}
    """


def _labels(palette: Palette, scale: TypeScale) -> str:
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[role="secondary"] {{ color: {palette.text_secondary}; }}
    QLabel[role="caption"] {{ color: {palette.text_secondary}; font-size: {scale.caption}px; }}
    QLabel[role="title"] {{ font-size: {scale.title}px; font-weight: 600; }}
    QLabel[role="display"] {{ font-size: {scale.display}px; font-weight: 600; }}
    QLabel[role="error"] {{ color: {palette.error}; font-size: {scale.caption}px; }}
    QLabel[role="warning"] {{ color: {palette.warning}; font-size: {scale.caption}px; }}
    QLabel[role="tag"] {{
        color: {palette.text_secondary}; font-size: {scale.caption}px;
        background: {palette.background}; border-radius: 4px; padding: 1px 5px;
    }}
    QLabel[role="tag-warning"] {{
        color: {palette.warning}; font-size: {scale.caption}px;
        background: {palette.background}; border-radius: 4px; padding: 1px 5px;
    }}
    """


def _buttons(palette: Palette, scale: TypeScale) -> str:
    is_dark_on_accent = palette.text_on_accent != "#FFFFFF"
    check = (ICONS / f"field-check{'' if is_dark_on_accent else '-light'}.svg").as_posix()
    ring = f"border: 2px solid {palette.focus_ring};"
    return f"""
    QPushButton {{
        background: {palette.raised}; color: {palette.text}; border: 1px solid {palette.border};
        border-radius: {RADIUS}px; padding: 0 12px; min-height: {_INNER}px;
    }}
    QPushButton:hover {{ background: {palette.hover}; }}
    QPushButton:pressed {{ background: {palette.pressed}; }}
    QPushButton:disabled {{ color: {palette.text_disabled}; }}
    QPushButton:focus {{ {ring} padding: 0 11px; min-height: {_INNER - 2}px; }}
    QPushButton[role="primary"] {{
        background: {palette.accent}; color: {palette.text_on_accent}; border: none;
        font-weight: 600; min-height: 38px; padding: 0 16px;
    }}
    QPushButton[role="primary"]:hover {{ background: {palette.accent_hover}; }}
    QPushButton[role="primary"]:pressed {{ background: {palette.accent_pressed}; }}
    QPushButton[role="primary"]:disabled {{
        background: {palette.raised}; color: {palette.text_disabled};
    }}
    QPushButton[role="primary"]:focus {{ {ring} min-height: 34px; padding: 0 14px; }}
    QPushButton[role="quiet"] {{
        background: transparent; border: 1px solid transparent; color: {palette.text_secondary};
        padding: 0 8px; text-align: left;
    }}
    QPushButton[role="quiet"]:hover {{ background: {palette.hover}; color: {palette.text}; }}
    QPushButton[role="quiet"]:focus {{ {ring} padding: 0 7px; }}
    QPushButton[role="link"] {{
        background: transparent; border: none; padding: 0; min-height: 18px;
        color: {palette.text_secondary}; font-size: {scale.caption}px;
    }}
    QPushButton[role="link"]:hover {{ color: {palette.accent}; text-decoration: underline; }}
    QPushButton[role="small"] {{
        min-height: 22px; padding: 0 8px; font-size: {scale.caption}px;
    }}
    QPushButton[role="small"]:focus {{ {ring} min-height: 20px; padding: 0 7px; }}

    QToolButton {{
        background: transparent; border: 1px solid transparent; border-radius: {RADIUS}px;
        padding: 3px; color: {palette.text};
    }}
    QToolButton:hover {{ background: {palette.hover}; }}
    QToolButton:pressed {{ background: {palette.pressed}; }}
    QToolButton:checked {{ background: {palette.hover}; border-color: {palette.border}; }}
    QToolButton:focus {{ {ring} padding: 2px; }}
    QToolButton::menu-indicator {{ image: none; }}
    QToolButton[role="chip"] {{
        border: 1px solid {palette.border}; border-radius: 12px; padding: 0 9px;
        min-height: 22px; color: {palette.text_secondary}; font-size: {scale.caption}px;
    }}
    QToolButton[role="chip"]:hover {{ border-color: {palette.text_secondary}; }}
    QToolButton[role="chip"]:checked {{
        background: {palette.hover}; color: {palette.text}; border-color: {palette.accent};
    }}
    QToolButton[role="chip-warning"] {{
        border: 1px solid {palette.warning}; border-radius: 12px; padding: 0 9px;
        min-height: 22px; color: {palette.warning}; font-size: {scale.caption}px;
    }}
    QToolButton[role="chip"]:focus, QToolButton[role="chip-warning"]:focus {{
        {ring} padding: 0 8px; min-height: 20px;
    }}

    QCheckBox, QRadioButton {{ spacing: 8px; min-height: 24px; }}
    QCheckBox::indicator, QRadioButton::indicator {{
        width: 16px; height: 16px; border: 1px solid {palette.bar_line}; border-radius: 4px;
        background: {palette.field};
    }}
    QCheckBox::indicator:checked, QRadioButton::indicator:checked {{
        background: {palette.accent}; border-color: {palette.accent}; image: url("{check}");
    }}
    QCheckBox::indicator:disabled {{ border-color: {palette.border}; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {palette.focus_ring}; }}
    """


def _fields(palette: Palette, scale: TypeScale) -> str:
    chevron = (ICONS / "field-arrow.svg").as_posix()
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
        background: {palette.field}; color: {palette.text}; border: 1px solid {palette.border};
        border-radius: {RADIUS}px; padding: 0 8px; selection-background-color: {palette.accent};
        selection-color: {palette.text_on_accent};
    }}
    QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ min-height: {_INNER}px; }}
    QPlainTextEdit, QTextEdit {{ padding: 4px 4px; }}
    QLineEdit:hover, QPlainTextEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover {{
        border-color: {palette.beat_line};
    }}
    QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{
        border: 2px solid {palette.focus_ring}; padding: 0 7px; min-height: {_INNER - 2}px;
    }}
    QPlainTextEdit:focus, QTextEdit:focus {{
        border: 2px solid {palette.focus_ring}; padding: 3px 3px;
    }}
    QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
        color: {palette.text_disabled};
    }}
    QSpinBox QLineEdit, QDoubleSpinBox QLineEdit, QComboBox QLineEdit {{
        background: transparent; border: none; padding: 0; min-height: 0;
    }}
    /* Hidden here: with NoButtons the style leaves the text one pixel wide. */
    QSpinBox::up-button, QDoubleSpinBox::up-button,
    QSpinBox::down-button, QDoubleSpinBox::down-button {{ width: 0; border: none; }}
    QLineEdit[role="readout"] {{
        background: transparent; border: 1px solid transparent; padding: 0 4px;
        font-size: {scale.title}px; font-weight: 600;
    }}
    QLineEdit[role="readout"]:hover {{ border-color: {palette.border}; }}
    QLineEdit[role="readout"]:focus {{
        background: {palette.field}; border: 2px solid {palette.focus_ring}; padding: 0 3px;
    }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url("{chevron}"); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{
        background: {palette.raised}; border: 1px solid {palette.border}; outline: none;
        selection-background-color: {palette.hover}; selection-color: {palette.text};
        padding: 4px;
    }}
    QSlider::groove:horizontal {{ height: 4px; background: {palette.border}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {palette.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{
        background: {palette.text}; width: 12px; height: 12px; margin: -4px 0; border-radius: 6px;
    }}
    QSlider:focus::handle:horizontal {{ background: {palette.focus_ring}; }}
    """


def _lists(palette: Palette, scale: TypeScale) -> str:
    return f"""
    QAbstractItemView {{
        background: {palette.panel}; border: none; outline: none;
        alternate-background-color: {palette.raised};
        selection-background-color: {palette.hover}; selection-color: {palette.text};
    }}
    QDialog QListView::item {{ padding: 2px 6px; }}
    QDialog QTreeView::item {{ padding: 3px 4px; }}
    QTableView, QTreeView {{ gridline-color: {palette.border}; }}
    QHeaderView::section {{
        background: {palette.raised}; color: {palette.text_secondary}; border: none;
        border-bottom: 1px solid {palette.border}; padding: 4px 8px;
        font-size: {scale.caption}px;
    }}
    QMenu {{
        background: {palette.raised}; border: 1px solid {palette.border}; padding: 4px;
    }}
    QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {palette.hover}; }}
    QMenu::item:disabled {{ color: {palette.text_disabled}; }}
    QMenu::separator {{ height: 1px; background: {palette.border}; margin: 4px 8px; }}
    QMenu::icon {{ padding-left: 6px; }}
    """


def _bars(palette: Palette, scale: TypeScale) -> str:
    return f"""
    QMenuBar {{ background: {palette.panel}; padding: 2px 6px; }}
    QMenuBar::item {{ padding: 4px 9px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {palette.hover}; }}
    QProgressBar {{
        background: {palette.background}; border: none; border-radius: 3px;
        min-height: 6px; max-height: 6px; font-size: {scale.caption}px;
    }}
    QProgressBar::chunk {{ background: {palette.accent}; border-radius: 3px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{
        background: {palette.beat_line}; border-radius: 4px; margin: 2px;
        min-height: 24px; min-width: 24px;
    }}
    QScrollBar::handle:hover {{ background: {palette.bar_line}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QTabBar::tab {{
        background: transparent; color: {palette.text_secondary}; padding: 6px 12px;
        border: none; border-bottom: 2px solid transparent;
    }}
    QTabBar::tab:selected {{ color: {palette.text}; border-bottom-color: {palette.accent}; }}
    QTabWidget::pane {{ border: none; }}
    """
