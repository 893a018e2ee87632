"""Standard MIDI Files taken apart into events: small, strict about structure, fast.

Format: "Standard MIDI Files 1.0" (RP-001).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

META, SYSEX, SYSEX_GO_ON = 0xFF, 0xF0, 0xF7
NOTE_OFF, NOTE_ON = 0x80, 0x90
TEXT, TRACK_NAME, MARKER, END_OF_TRACK = 0x01, 0x03, 0x06, 0x2F
SET_TEMPO, TIME_SIGNATURE, KEY_SIGNATURE = 0x51, 0x58, 0x59
_N_DATA = {0x80: 2, 0x90: 2, 0xA0: 2, 0xB0: 2, 0xC0: 1, 0xD0: 1, 0xE0: 2}


class BrokenMidi(ValueError):
    """The bytes are no whole MIDI file; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class MidiEvent:
    """One event at ``tick`` from the track's start.

    ``status`` is the first byte of a channel message, or ``META``; then ``kind`` is its type.
    """

    tick: int
    status: int
    data: bytes
    kind: int = -1


def read_header(content: bytes) -> int:
    """Ticks per quarter note; raises ``BrokenMidi``."""
    if content[:4] != b"MThd" or len(content) < 14:
        raise BrokenMidi("is not a MIDI file")
    if int.from_bytes(content[8:10], "big") > 2:
        raise BrokenMidi("is a MIDI file of an unknown kind")
    division = int.from_bytes(content[12:14], "big")
    if division & 0x8000:
        raise BrokenMidi("counts in film frames, not in beats")
    if division == 0:
        raise BrokenMidi("does not say how long a beat is")
    return division


def read_tracks(content: bytes) -> Iterator[bytes]:
    """The bytes of each track chunk; chunks of other kinds are passed over."""
    position = 8 + int.from_bytes(content[4:8], "big")
    while position + 8 <= len(content):
        length = int.from_bytes(content[position + 4 : position + 8], "big")
        chunk = content[position + 8 : position + 8 + length]
        if len(chunk) < length:
            raise BrokenMidi("ends too early")
        if content[position : position + 4] == b"MTrk":
            yield chunk
        position += 8 + length


def read_events(track: bytes) -> Iterator[MidiEvent]:
    """Channel messages and meta events in order; system messages are passed over."""
    position = tick = status = 0
    try:
        while position < len(track):
            delta, position = _number(track, position)
            tick += delta
            if track[position] >= 0x80:
                status = track[position]
                position += 1
            if status in (META, SYSEX, SYSEX_GO_ON):
                kind = -1
                if status == META:
                    kind = track[position]
                    position += 1
                length, position = _number(track, position)
                data = track[position : position + length]
                position += length
                if len(data) < length:
                    raise BrokenMidi("ends too early")
                if status == META:
                    yield MidiEvent(tick, META, data, kind)
                    if kind == END_OF_TRACK:
                        return
                status = 0  # these cancel the running status
            elif status & 0xF0 in _N_DATA and status < 0xF0:
                n_data = _N_DATA[status & 0xF0]
                data = track[position : position + n_data]
                if len(data) < n_data or max(data) > 0x7F:
                    raise BrokenMidi("is damaged")
                position += n_data
                yield MidiEvent(tick, status, data)
            else:
                raise BrokenMidi("is damaged")
    except IndexError as error:
        raise BrokenMidi("ends too early") from error


def _number(data: bytes, position: int) -> tuple[int, int]:
    """A variable-length quantity, at most four bytes, and where it ends."""
    value = 0
    for index in range(position, position + 4):
        value = value << 7 | data[index] & 0x7F
        if data[index] < 0x80:
            return value, index + 1
    raise BrokenMidi("is damaged")
