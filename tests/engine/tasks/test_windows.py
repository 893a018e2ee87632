from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from engine.cancel import CancelToken
from engine.lm.delay_pattern import UNKNOWN
from engine.requests import Brief, Passage, Sampling
from engine.score import Score
from engine.tasks.models import Models
from engine.tasks.windows import plan_windows, play_windows, worded_parts
from engine.timebase import CodecClock, Frames, Seconds, Span

CLOCK = CodecClock(sample_rate_hz=3_200, hop=128, n_codebooks=3, codebook_size=16)


def spans(start: int, end: int, window: int = 60, overlap: int = 15) -> list[tuple[int, int]]:
    planned = plan_windows(Span(Frames(start), Frames(end)), window, overlap)
    return [(span.start, span.end) for span in planned]


def test_what_fits_one_window_is_one_window() -> None:
    assert spans(0, 60) == [(0, 60)]
    assert spans(0, 1) == [(0, 1)]


def test_longer_music_is_windows_that_overlap() -> None:
    assert spans(0, 105) == [(0, 60), (45, 105)]
    assert spans(0, 130) == [(0, 60), (45, 105), (70, 130)]


def test_a_short_run_hears_as_much_before_it_as_fits() -> None:
    assert spans(200, 210) == [(150, 210)]
    assert spans(20, 30) == [(0, 30)]


@pytest.mark.parametrize("start", [0, 7, 40, 333])
@pytest.mark.parametrize("length", [1, 44, 46, 60, 61, 250])
def test_every_new_frame_is_played_once_after_enough_of_the_old(start: int, length: int) -> None:
    played = start
    for first, last in spans(start, start + length):
        assert last - first <= 60
        assert first <= max(0, played - 15)
        assert last > played
        played = last
    assert played == start + length


def brief(seconds: float, seed: int = 0) -> Brief:
    return Brief(Score(Seconds(seconds)), prompt="rock", sampling=Sampling(seed=seed))


def play(models: Models, codes: torch.Tensor, start: int, end: int) -> list[int]:
    run = Span(Frames(start), Frames(end))
    seconds = codes.shape[2] / 25
    seeds = list(range(len(codes)))
    return list(play_windows(models, brief(seconds), "rock", codes, run, seeds, CancelToken()))


def test_frames_are_complete_in_order_and_all_of_them_in_the_end(models: Models) -> None:
    codes = torch.full((2, 3, 130), UNKNOWN)
    reached = play(models, codes, 0, 130)
    assert reached == sorted(reached)
    assert reached[-1] == 130
    assert (codes != UNKNOWN).all()


def test_codes_outside_the_run_stay(models: Models) -> None:
    torch.manual_seed(3)
    codes = torch.randint(0, 16, (1, 3, 130))
    before = codes.clone()
    codes[:, :, 40:55] = UNKNOWN
    reached = play(models, codes, 40, 55)
    assert (reached[0], reached[-1]) == (40, 55)
    assert torch.equal(codes[:, :, :40], before[:, :, :40])
    assert torch.equal(codes[:, :, 55:], before[:, :, 55:])
    assert (codes[:, :, 40:55] != UNKNOWN).all()


def test_kept_coarse_codes_stay_while_the_fine_ones_are_played(models: Models) -> None:
    codes = torch.randint(0, 16, (1, 3, 50))
    before = codes.clone()
    codes[:, 1:, 20:30] = UNKNOWN
    play(models, codes, 20, 30)
    assert torch.equal(codes[:, 0], before[:, 0])
    assert (codes != UNKNOWN).all()


def test_a_later_window_hears_the_end_of_the_one_before(models: Models) -> None:
    """Only the last 15 frames of the first window lie in the second one."""
    whole = torch.full((1, 3, 105), UNKNOWN)
    play(models, whole, 0, 105)
    again = whole.clone()
    again[:, :, 60:] = UNKNOWN
    again[:, :, :45] = 0
    play(models, again, 60, 105)
    assert torch.equal(again[:, :, 60:], whole[:, :, 60:])
    again[:, :, 60:] = UNKNOWN
    again[:, :, 45:60] = 0
    play(models, again, 60, 105)
    assert not torch.equal(again[:, :, 60:], whole[:, :, 60:])


def test_what_follows_a_run_is_heard(models: Models) -> None:
    torch.manual_seed(3)
    codes = torch.randint(0, 16, (1, 3, 60))
    codes[:, :, 20:45] = UNKNOWN
    other = codes.clone()
    other[:, :, 45:] = (other[:, :, 45:] + 5) % 16
    play(models, codes, 20, 45)
    play(models, other, 20, 45)
    assert not torch.equal(codes[:, :, 20:45], other[:, :, 20:45])


def passage(start: float, end: float, prompt: str) -> Passage:
    return Passage(Span(Seconds(start), Seconds(end)), prompt)


def parts(asked: Brief, start: int, end: int, prompt: str | None = None) -> list[object]:
    run = Span(Frames(start), Frames(end))
    found = worded_parts(asked, prompt, CLOCK, run)
    return [(words.prompt, part.start, part.end) for words, part in found]


def test_passages_and_the_words_between_them_cover_a_run_in_order() -> None:
    asked = replace(brief(6.0), passages=(passage(1, 2, "bass"), passage(2, 4.001, "calm")))
    assert parts(asked, 0, 150) == [
        ("rock", 0, 25),
        ("bass", 25, 50),
        ("calm", 50, 101),
        ("rock", 101, 150),
    ]
    assert parts(asked, 30, 60) == [("bass", 30, 50), ("calm", 50, 60)]
    assert parts(asked, 30, 60, "its own") == [("its own", 30, 60)]


def test_a_passage_changes_what_is_played_from_its_start_on(models: Models) -> None:
    plain, worded = (torch.full((1, 3, 75), UNKNOWN) for _ in range(2))
    run = Span(Frames(0), Frames(75))
    same = replace(brief(3.0), passages=(passage(2, 3, "rock"),))
    other = replace(brief(3.0), passages=(passage(2, 3, "bass"),))
    for codes, asked in ((plain, same), (worded, other)):
        list(play_windows(models, asked, None, codes, run, [0], CancelToken()))
    assert torch.equal(plain[:, :, :50], worded[:, :, :50])
    assert not torch.equal(plain[:, :, 50:], worded[:, :, 50:])


def test_passages_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Brief(Score(Seconds(4.0)), passages=(passage(0, 2, "a"), passage(1, 3, "b")))
