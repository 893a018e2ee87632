from __future__ import annotations

import threading

import numpy as np
from arbitrary_projects import EMPTY
from pytestqt.qtbot import QtBot

from app.jobs.lane_sound import LaneSound
from app.model.drum_hit import DrumHit
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.drums import ChangeHits
from app.model.edits.mix import SetLane
from app.model.edits.prompt import SetPrompt
from app.model.lane import LaneId, LaneSettings
from engine.requests import Audio
from engine.synthesis.builtin_voice import BuiltinVoice
from engine.timebase import Ticks


def test_only_lanes_that_changed_are_rendered_again(qtbot: QtBot) -> None:
    told: list[tuple[LaneId, Audio | None]] = []
    threads: set[int] = set()

    def on_rendered(lane: LaneId, audio: Audio | None) -> None:
        told.append((lane, audio))
        threads.add(threading.get_ident())

    sound = LaneSound(lambda: BuiltinVoice(8_000))
    sound.rendered.connect(on_rendered)
    try:
        project = PasteLeadSheet("Am", Ticks(0)).apply(EMPTY)
        sound.follow(project)
        qtbot.waitUntil(lambda: len(told) == 3, timeout=20_000)
        heard = dict(told)
        assert heard[LaneId.DRUMS] is None
        chords = heard[LaneId.CHORDS]
        assert chords is not None
        assert chords.samples.shape == (2, 8_000 * 4)
        assert np.abs(chords.samples).max() > 0.01

        told.clear()
        quieter = SetLane(LaneId.CHORDS, LaneSettings(gain_db=-6.0, is_muted=True))
        sound.follow(SetPrompt("louder").apply(quieter.apply(project)))
        assert sound.finish()
        sound.follow(ChangeHits((), (DrumHit(Ticks(0), 36),)).apply(project))
        qtbot.waitUntil(lambda: bool(told), timeout=20_000)
        assert sound.finish()
        assert [lane for lane, _ in told] == [LaneId.DRUMS]
    finally:
        sound.close()
