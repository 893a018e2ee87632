from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.jobs.model_facts import Reading
from app.ui.panels.prompt_reading import PromptReading, described

READINGS = {
    "piano": Reading("piano", "piano"),
    "zither": Reading("zither", "harp"),
    "xqzzt": Reading("xqzzt", None),
}


def read(prompt: str) -> tuple[Reading, ...]:
    return tuple(READINGS[word] for word in prompt.split())


def test_unknown_words_are_named_and_others_with_what_stands_in_for_them() -> None:
    assert described(read("piano zither xqzzt xqzzt")) == (
        "Not understood: xqzzt. Reads “zither” as “harp”."
    )


def test_the_line_appears_after_a_pause_in_typing_and_goes_when_all_is_understood(
    qtbot: QtBot,
) -> None:
    line = PromptReading(read)
    qtbot.addWidget(line)
    line.show_prompt("xqzzt")
    assert line.text() == ""
    qtbot.waitUntil(lambda: line.text() == "Not understood: xqzzt.")
    line.show_prompt("piano")
    line.read_now()
    assert line.isHidden()
