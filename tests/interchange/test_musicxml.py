"""Chords as MusicXML: what is written comes back, and dangerous files are refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.interchange.musicxml import parse_musicxml, read_musicxml, write_musicxml
from app.interchange.safe_xml import BrokenXml, parse_xml
from app.model.chord_block import ChordBlock
from app.model.edits.chords import PasteLeadSheet
from app.model.project import Project, new_project
from engine.errors import BadInput
from engine.timebase import Meter, Span, TempoMap, Ticks

BAR = 3840


def song(text: str, meter: Meter = Meter()) -> Project:
    return PasteLeadSheet(text, Ticks(0)).apply(new_project(tempo=TempoMap(96, meter)))


@pytest.mark.parametrize("meter", [Meter(4, 4), Meter(3, 4), Meter(6, 8)], ids=str)
@pytest.mark.parametrize(
    "text",
    [
        "Am F C G",
        "| Dm7 G7 | Cmaj7 . . A7b9 | % |",
        "| F#m7b5 | Bbmaj7/D | Eb° | Absus4 | C6/9 | G7#5b9 |",
        "| Am | N.C. | Hm | Xyz |",
        "| C | . | . G/B |",
    ],
)
def test_written_chords_come_back_as_typed(text: str, meter: Meter) -> None:
    project = song(text, meter)
    assert parse_musicxml(write_musicxml(project)) == project.chords.blocks


def test_gaps_pickups_and_odd_places_come_back() -> None:
    blocks = (
        ChordBlock(Span(Ticks(960), Ticks(1500)), "Am"),
        ChordBlock(Span(Ticks(2 * BAR), Ticks(4 * BAR + 7)), "F"),
    )
    project = new_project()
    project = replace(project, chords=replace(project.chords, blocks=blocks))
    assert parse_musicxml(write_musicxml(project)) == blocks


def test_german_names_are_written_for_everyone_and_read_as_they_are_used() -> None:
    project = song("Hm B")
    german = replace(project, chords=replace(project.chords, has_german_names=True))
    content = write_musicxml(german)
    assert [b.text for b in parse_musicxml(content)] == ["Bm", "Bb"]
    assert [b.text for b in parse_musicxml(content, german_names=True)] == ["Hm", "B"]


FOREIGN = """<?xml version="1.0"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 3.1 Partwise//EN"
  "http://www.musicxml.org/dtds/partwise.dtd">
<score-partwise><part id="P1">
  <measure number="1">
    <attributes><divisions>2</divisions><time><beats>4</beats><beat-type>4</beat-type></time>
    </attributes>
    <harmony><root><root-step>D</root-step></root><kind>minor-seventh</kind></harmony>
    <note><pitch><step>D</step><octave>4</octave></pitch><duration>4</duration></note>
    <note><chord/><pitch><step>F</step><octave>4</octave></pitch><duration>4</duration></note>
    <harmony><root><root-step>B</root-step><root-alter>-1</root-alter></root>
      <kind>dominant</kind><bass><bass-step>A</bass-step><bass-alter>-1</bass-alter></bass>
      <degree><degree-value>9</degree-value><degree-alter>-1</degree-alter>
        <degree-type>add</degree-type></degree></harmony>
    <note><rest/><duration>4</duration></note>
  </measure>
  <measure number="2"><note><rest/><duration>8</duration></note></measure>
  <measure number="3">
    <harmony><root><root-step>C</root-step></root><kind text="Maj7">major-seventh</kind>
      <offset>2</offset></harmony>
    <note><rest/><duration>8</duration></note>
  </measure>
</part></score-partwise>"""


def test_a_score_of_another_program_is_read_by_kinds_degrees_and_offsets() -> None:
    found = [(b.span.start, b.span.end, b.text) for b in parse_musicxml(FOREIGN.encode())]
    assert found == [
        (0, 1920, "Dm7"),
        (1920, 2 * BAR + 960, "Bb7b9/Ab"),
        (2 * BAR + 960, 3 * BAR, "Cmaj7"),
    ]


BOMB = b"""<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<score-partwise><part>&b;</part></score-partwise>"""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (BOMB, "entities"),
        (b"<score-partwise><part>", "damaged"),
        (b"<html/>", "not a MusicXML"),
        (b"<a>" * 100 + b"</a>" * 100, "more than"),
        (FOREIGN.replace(">2</divisions>", ">0</divisions>").encode(), "how long a beat"),
        (FOREIGN.replace("<duration>4<", "<duration>nan?<").encode(), "number"),
    ],
)
def test_what_is_no_safe_score_is_refused_with_a_reason(content: bytes, why: str) -> None:
    with pytest.raises(BrokenXml, match=why):
        parse_musicxml(content)


def test_a_file_that_cannot_be_read_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "sheet.musicxml"
    path.write_bytes(BOMB)
    with pytest.raises(BadInput, match=r"sheet\.musicxml"):
        read_musicxml(path)


def test_the_tree_keeps_text_and_attributes() -> None:
    root = parse_xml(b'<a x="1">one<b/>two</a>')
    assert (root.tag, root.get("x"), root.text, root[0].tail) == ("a", "1", "one", "two")
