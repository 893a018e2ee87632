"""Colours, spacing and type of the studio: the only place that names a colour.

Contrast of the dark theme on its panel: text 13.7:1, secondary text 7.7:1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

SPACING = (0, 4, 8, 12, 16, 24, 32)
"""Distances in px; index 2 (8 px) separates controls, index 4 (16 px) separates groups."""

RADIUS = 6
CONTROL_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Font sizes in px at scale 1."""

    caption: int = 11
    body: int = 13
    title: int = 15
    display: int = 20

    def scaled(self, factor: float) -> TypeScale:
        """The same steps, ``factor`` (0.8 to 2) times as large."""
        return TypeScale(
            *(round(size * factor) for size in (self.caption, self.body, self.title, self.display))
        )


@dataclass(frozen=True, slots=True)
class Palette:
    """Named colours as ``#RRGGBB``, or ``#AARRGGBB`` where translucent."""

    name: str

    # Surfaces, from back to front.
    background: str
    panel: str
    raised: str
    hover: str
    pressed: str
    border: str
    field: str

    # Words and marks.
    text: str
    text_secondary: str
    text_disabled: str
    text_on_accent: str
    accent: str
    accent_hover: str
    accent_pressed: str
    focus_ring: str
    error: str
    warning: str
    success: str
    record: str

    # Time.
    bar_line: str
    beat_line: str
    sixteenth_line: str
    bar_shade: str
    snap_guide: str
    playhead: str
    start_marker: str
    loop_on: str
    loop_off: str
    selection: str
    selection_edge: str
    mask: str
    mask_fill: str

    # Lanes and what lies on them.
    lane: str
    lane_focused: str
    lane_header: str
    empty_hint: str
    section_lane: str
    chord_lane: str
    drum_lane: str
    note_lane: str
    audio_lane: str
    chord_tonic: str
    chord_predominant: str
    chord_dominant: str
    chord_chromatic: str
    chord_none: str
    text_on_chord: str
    clip_body: str
    clip_body_selected: str
    clip_header: str
    waveform: str
    waveform_rms: str
    waveform_clipped: str
    stale: str
    key_white: str
    key_black: str
    scale_row: str
    chord_tone_row: str

    # Levels.
    meter_low: str
    meter_high: str
    meter_clip: str

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than what it stands on."""
        return int(self.text[-6:-4], 16) > int(self.background[-6:-4], 16)


DARK = Palette(
    name="dark",
    background="#1B1D21",
    panel="#24272D",
    raised="#2F333A",
    hover="#383D45",
    pressed="#191B1F",
    border="#3A3F47",
    field="#1B1D21",
    text="#E6E8EB",
    text_secondary="#A9B0BA",
    text_disabled="#6B727C",
    text_on_accent="#101214",
    accent="#4DA3FF",
    accent_hover="#6BB3FF",
    accent_pressed="#3A8AE0",
    focus_ring="#FFD34D",
    error="#FF7B72",
    warning="#F2B84B",
    success="#3FC28C",
    record="#FF5D5D",
    bar_line="#7C8594",
    beat_line="#4A515B",
    sixteenth_line="#31363D",
    bar_shade="#0AFFFFFF",
    snap_guide="#FFD34D",
    playhead="#FFFFFF",
    start_marker="#E6E8EB",
    loop_on="#3FC28C",
    loop_off="#5A616B",
    selection="#384DA3FF",
    selection_edge="#4DA3FF",
    mask="#D7A6FF",
    mask_fill="#2ED7A6FF",
    lane="#1F2226",
    lane_focused="#23272C",
    lane_header="#24272D",
    empty_hint="#8A919B",
    section_lane="#8C9BB5",
    chord_lane="#56B4E9",
    drum_lane="#F0A868",
    note_lane="#7FD0C0",
    audio_lane="#8FA8D8",
    chord_tonic="#56B4E9",
    chord_predominant="#2FB48A",
    chord_dominant="#E69F00",
    chord_chromatic="#CC79A7",
    chord_none="#8A9099",
    text_on_chord="#101214",
    clip_body="#2A3342",
    clip_body_selected="#33445C",
    clip_header="#37465C",
    waveform="#7C9CD1",
    waveform_rms="#B5CBF0",
    waveform_clipped="#FF5D5D",
    stale="#F2B84B",
    key_white="#D9DCE0",
    key_black="#2A2D33",
    scale_row="#262A30",
    chord_tone_row="#1E56B4E9",
    meter_low="#3FC28C",
    meter_high="#F2B84B",
    meter_clip="#FF5D5D",
)

LIGHT = replace(
    DARK,
    name="light",
    background="#EEF0F3",
    panel="#F8F9FA",
    raised="#FFFFFF",
    hover="#E6E9ED",
    pressed="#D9DDE3",
    border="#C6CBD3",
    field="#FFFFFF",
    text="#1B1D21",
    text_secondary="#4E555F",
    text_disabled="#98A0AA",
    text_on_accent="#FFFFFF",
    accent="#0F66C2",
    accent_hover="#1B76D6",
    accent_pressed="#0B529E",
    focus_ring="#B26B00",
    error="#B3261E",
    warning="#8A5A00",
    success="#14734D",
    record="#C62828",
    bar_line="#7C8594",
    beat_line="#BCC3CC",
    sixteenth_line="#DDE1E6",
    bar_shade="#08000000",
    snap_guide="#B26B00",
    playhead="#101214",
    start_marker="#1B1D21",
    loop_on="#17805A",
    loop_off="#9AA2AD",
    selection="#300F66C2",
    selection_edge="#0F66C2",
    mask="#7B3FB5",
    mask_fill="#267B3FB5",
    lane="#FFFFFF",
    lane_focused="#F6F9FD",
    lane_header="#F1F3F5",
    empty_hint="#5F6771",
    section_lane="#6B7C99",
    drum_lane="#C26A1B",
    note_lane="#1F8E7A",
    audio_lane="#4A6CB0",
    clip_body="#DCE5F3",
    clip_body_selected="#C4D6F0",
    clip_header="#B9CBE6",
    waveform="#4A6CB0",
    waveform_rms="#2B4A87",
    waveform_clipped="#C62828",
    stale="#8A5A00",
    key_white="#FFFFFF",
    key_black="#4E555F",
    scale_row="#F1F4F7",
    chord_tone_row="#3056B4E9",
    meter_low="#17805A",
    meter_high="#B26B00",
    meter_clip="#C62828",
)

HIGH_CONTRAST = replace(
    DARK,
    name="high contrast",
    background="#000000",
    panel="#0A0A0A",
    raised="#1A1A1A",
    hover="#2B2B2B",
    pressed="#000000",
    border="#C8CCD2",
    field="#000000",
    text="#FFFFFF",
    text_secondary="#E6E8EB",
    text_disabled="#A9B0BA",
    text_on_accent="#000000",
    accent="#7CC0FF",
    accent_hover="#A5D4FF",
    accent_pressed="#5AA8F0",
    focus_ring="#FFE14D",
    error="#FF9A93",
    warning="#FFD34D",
    success="#63E6AE",
    bar_line="#C8CCD2",
    beat_line="#7C8594",
    sixteenth_line="#4A515B",
    loop_on="#63E6AE",
    loop_off="#A9B0BA",
    selection="#557CC0FF",
    selection_edge="#7CC0FF",
    mask="#E3C4FF",
    mask_fill="#40E3C4FF",
    lane="#000000",
    lane_focused="#141414",
    lane_header="#0A0A0A",
    empty_hint="#E6E8EB",
    clip_body="#14202F",
    clip_body_selected="#24405F",
    clip_header="#24405F",
    waveform="#A5C8FF",
    waveform_rms="#FFFFFF",
    scale_row="#141414",
)

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, HIGH_CONTRAST)}


class _Look:
    """What is on screen now; there is one screen, so there is one look."""

    palette = DARK
    type_scale = TypeScale()


def current() -> Palette:
    """The palette in use; ask again at every paint, it changes while the window is open."""
    return _Look.palette


def type_scale() -> TypeScale:
    """The font sizes in use."""
    return _Look.type_scale


def choose(name: str, font_scale: float = 1.0) -> None:
    """Make a palette of ``PALETTES`` and a font scale (0.8 to 2) current.

    ``app.ui.stylesheet.dress`` shows the choice. Raises KeyError for an unknown name.
    """
    _Look.palette = PALETTES[name]
    _Look.type_scale = TypeScale().scaled(min(2.0, max(0.8, font_scale)))
