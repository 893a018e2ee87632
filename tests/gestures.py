"""Someone at the studio who does anything at all, by the actions that menus, keys and mice call."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from arbitrary_projects import ASSET, OTHER_ASSET, place_takes

from app.actions.arrange import Arrange
from app.actions.edit import EditActions
from app.actions.inpaint import InpaintActions
from app.actions.prompt import PromptActions
from app.actions.song import SongActions
from app.actions.steering import SteeringActions
from app.actions.takes import TakeActions
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.adherence import Adherence
from app.model.clip import Clip
from app.model.edits.clips import AddClips
from app.model.edits.takes import SetAdherence
from app.model.ids import ClipId, SectionId
from app.model.lane import LaneId
from app.model.mask import MaskStrength
from app.model.project import Expert, Project
from app.model.selection import Selection
from engine.timebase import Meter, Samples, Span, Ticks

BAR = 3840
CHORDS = ("Am", "F", "C13", "G/B", "N.C.", "Hm", "F#m7b5", "?")
WORDS = ("warm piano", "dusty drums", "Streicher, weich", "弦楽", "“quoted”", "")
LANES = (LaneId.CHORDS, LaneId.DRUMS, LaneId.NOTES, LaneId.AUDIO)


class Hands:
    """Does one gesture after the other on a document, chosen by ``chance``."""

    def __init__(self, document: ProjectDocument, chance: random.Random) -> None:
        self.document = document
        self.workspace = Workspace(document)
        self.chance = chance
        self.arrange = Arrange(document, self.workspace)
        self.edit = EditActions(document)
        self.inpaint = InpaintActions(document, lambda _notice: None)
        self.prompt = PromptActions(document)
        self.song = SongActions(document, lambda: chance.random() < 0.5)
        self.steering = SteeringActions(document, self.arrange)
        self.takes = TakeActions(document, self.workspace)
        self.n_runs = 0
        self._gestures: tuple[Callable[[], object], ...] = (
            self.write_chords, self.change_a_chord, self.draw_notes, self.shape_notes,
            self.paint_drums, self.shape_drums, self.mask, self.change_a_mask, self.add_a_clip,
            self.change_a_clip, self.use_the_selection, self.drag_the_selection, self.type_words,
            self.set_the_panel, self.turn_the_mixer, self.change_the_song, self.section,
            self.receive_takes, self.try_takes, self.decide_on_takes, self.undo_and_redo,
        )  # fmt: skip

    @property
    def project(self) -> Project:
        return self.document.project

    def do_something(self) -> None:
        """One gesture; what cannot be done here is not done."""
        self.select_something()
        with suppress(ValueError, KeyError):
            self.chance.choice(self._gestures)()

    # Where.

    def ticks(self, bars: int = 12) -> Ticks:
        return Ticks(self.chance.randrange(bars * BAR // 240) * 240)

    def span(self) -> Span[Ticks]:
        start = self.ticks()
        return Span(start, Ticks(start + self.chance.choice((240, 960, BAR, 2 * BAR))))

    def select_something(self) -> None:
        project = self.project
        items = [*project.notes.notes, *project.drums.hits, *project.chords.blocks]
        items += [clip.id for clip in project.audio.clips]
        few = self.chance.sample(items, min(len(items), self.chance.randint(0, 4)))
        span = self.span() if self.chance.random() < 0.3 else None
        self.workspace.set_selection(Selection(span, items=frozenset(few)))

    # What.

    def write_chords(self) -> None:
        texts = self.chance.choices(CHORDS, k=self.chance.randint(1, 4))
        self.arrange.chords.paste(" ".join(texts), self.ticks())

    def change_a_chord(self) -> None:
        chords, block = self.arrange.chords, self.chance.choice((*self.project.chords.blocks, None))
        if block is not None:
            self.chance.choice(
                (
                    lambda: chords.retype(block, self.chance.choice(CHORDS)),
                    lambda: chords.remove((block,)),
                    lambda: chords.split(block, Ticks(block.span.start + 240)),
                    lambda: chords.resize_end(block, Ticks(block.span.end + 960)),
                )
            )()

    def draw_notes(self) -> None:
        pitch = self.chance.randrange(36, 96)
        self.arrange.notes.write(self.span(), pitch, self.chance.randrange(1, 128))

    def shape_notes(self) -> None:
        notes = self.arrange.notes
        some = self.project.notes.notes[:: self.chance.randint(1, 3)]
        self.chance.choice(
            (
                lambda: notes.change_velocity(some, 7),
                lambda: notes.transpose_in_scale(some, 2),
                lambda: notes.play_legato(some),
                lambda: notes.invert(some),
                lambda: notes.mute(some[:2], True),
                lambda: notes.remove(some[:1]),
                lambda: notes.voice_chords(within=self.span()),
            )
        )()

    def paint_drums(self) -> None:
        start = self.ticks()
        self.arrange.drums.paint([(Ticks(start + n * 480), 36 + n % 7) for n in range(6)])

    def shape_drums(self) -> None:
        drums, hits = self.arrange.drums, self.project.drums.hits
        self.chance.choice(
            (
                lambda: drums.paint_pattern("backbeat", self.span()),
                lambda: drums.change_velocity(hits[:3], -20),
                lambda: drums.remove(hits[:1]),
                lambda: drums.set_swing(self.chance.choice((50.0, 58.0, 66.0))),
                lambda: drums.nudge_row(38, self.chance.choice((-12.0, 0.0, 12.0))),
                lambda: drums.toggle(self.ticks(), 42),
            )
        )()

    def mask(self) -> None:
        self.arrange.audio.add_mask(self.span(), self.chance.choice(WORDS))

    def change_a_mask(self) -> None:
        audio, mask = self.arrange.audio, self.chance.choice((*self.project.masks, None))
        if mask is None:
            self.inpaint.mask_stale_bars()
            return
        self.chance.choice(
            (
                lambda: audio.move_mask(mask.id, 960),
                lambda: audio.set_mask_fade(mask.id, 80.0),
                lambda: audio.set_mask_strength(mask.id, self.chance.choice(list(MaskStrength))),
                lambda: audio.set_mask_prompt(mask.id, self.chance.choice(WORDS)),
                lambda: audio.switch_mask(mask.id, not mask.is_on),
                lambda: audio.remove_masks((mask.id,)),
            )
        )()

    def add_a_clip(self) -> None:
        name = ClipId(f"c{self.chance.randrange(6)}")
        clip = Clip(name, self.chance.choice((ASSET, OTHER_ASSET)), self.ticks(), Samples(90_000))
        self.document.apply(AddClips((clip,)))

    def change_a_clip(self) -> None:
        audio, clip = self.arrange.audio, self.chance.choice((*self.project.audio.clips, None))
        if clip is not None:
            self.chance.choice(
                (
                    lambda: audio.move_clips((clip.id,), 960),
                    lambda: audio.duplicate_clips((clip.id,), BAR),
                    lambda: audio.trim_clip(clip.id, self.span()),
                    lambda: audio.set_clip_gain(clip.id, self.chance.uniform(-60, 12)),
                    lambda: audio.rename_clip(clip.id, self.chance.choice(WORDS)),
                    lambda: audio.split_clips(self.ticks()),
                    lambda: audio.remove_clips((clip.id,)),
                )
            )()

    def use_the_selection(self) -> None:
        arrange = self.arrange
        self.chance.choice(
            (
                arrange.delete_selection,
                arrange.duplicate_selection,
                lambda: arrange.nudge_selection(self.chance.choice((-240, 240, BAR))),
                arrange.copy_selection,
                lambda: arrange.paste(self.ticks()),
                lambda: arrange.split_at(self.ticks()),
                lambda: arrange.quantise(LaneId.NOTES, Ticks(240)),
            )
        )()

    def drag_the_selection(self) -> None:
        items = self.arrange.selected()
        self.document.begin_gesture()
        with suppress(ValueError, KeyError):
            for _ in range(self.chance.randint(1, 5)):
                self.arrange.shift(items, self.chance.randrange(-4, 5) * 240)
        if self.chance.random() < 0.2:
            self.document.cancel_gesture()
        else:
            self.document.end_gesture("Drag")

    def type_words(self) -> None:
        field = self.chance.choice((self.prompt.set_prompt, self.prompt.set_negative))
        words = self.chance.choice(WORDS)
        for end in range(1, len(words) + 1):
            field(words[:end])
        if self.chance.random() < 0.7:
            self.prompt.leave_field()

    def set_the_panel(self) -> None:
        prompt = self.prompt
        self.chance.choice(
            (
                lambda: prompt.set_length(self.chance.randint(1, 99)),
                lambda: prompt.set_take_count(self.chance.randint(1, 9)),
                prompt.roll_seed,
                lambda: prompt.lock_seed(self.chance.random() < 0.5),
                lambda: prompt.set_expert(Expert(guidance=self.chance.uniform(0, 9))),
                lambda: prompt.set_lane_on(self.chance.choice(LANES), self.chance.random() < 0.5),
                self.steering.add_basic_beat,
            )
        )()

    def turn_the_mixer(self) -> None:
        lane = self.chance.choice(LANES)
        settings = self.project.settings(lane)
        gain = self.chance.uniform(-60, 12)
        self.chance.choice(
            (
                lambda: self.arrange.mute(lane),
                lambda: self.arrange.solo(lane),
                lambda: self.arrange.switch_condition(lane),
                lambda: self.arrange.set_lane(lane, replace(settings, gain_db=gain), "Set gain"),
                lambda: self.edit.set_master_gain(gain),
                self.edit.clear_solos,
            )
        )()

    def change_the_song(self) -> None:
        song = self.song
        self.chance.choice(
            (
                lambda: song.set_tempo(self.chance.uniform(40, 220)),
                lambda: song.set_meter(self.chance.choice((Meter(3, 4), Meter(6, 8), Meter()))),
                lambda: song.set_key(self.chance.choice(("A:min", "F#:maj", "Eb:maj"))),
                lambda: song.transpose(self.chance.randint(-5, 5)),
                lambda: song.rename(self.chance.choice(("Song", "Lied"))),
            )
        )()

    def section(self) -> None:
        sections = self.arrange.sections
        names: tuple[SectionId, ...] = tuple(s.id for s in self.project.sections.sections)
        if not names or self.chance.random() < 0.3:
            sections.add(self.span())
            return
        name = self.chance.choice(names)
        self.chance.choice(
            (
                lambda: sections.rename(name, self.chance.choice(WORDS)),
                lambda: sections.set_energy(name, self.chance.randint(1, 5)),
                lambda: sections.move((name,), BAR),
                lambda: sections.remove((name,)),
            )
        )()

    def receive_takes(self) -> None:
        self.n_runs += 1
        name = f"run{self.n_runs}"
        bars = self.project.tempo.bars(self.chance.randint(1, 4), self.chance.randint(4, 8))
        self.document.apply(
            place_takes(self.project, name, bars, is_heard=self.chance.random() < 0.8)
        )
        take = self.project.take_groups[-1].takes[-1]
        self.document.amend(SetAdherence(take.id, Adherence(), self.chance.uniform(-40, 0)))

    def try_takes(self) -> None:
        for number in self.chance.choices(range(4), k=3):
            self.takes.hear_number(number)

    def decide_on_takes(self) -> None:
        group = self.takes.focused_group()
        if group is not None:
            take = self.chance.choice(group.takes)
            self.chance.choice(
                (
                    self.takes.keep_heard,
                    lambda: self.takes.keep(group.id, take.id),
                    lambda: self.takes.toggle_star(take),
                    lambda: self.takes.rename(take.id, self.chance.choice(WORDS)),
                    lambda: self.takes.bin(take.id),
                    lambda: self.takes.restore(take.id),
                    lambda: self.takes.recall(take.recipe_id, with_lanes=True),
                )
            )()

    def undo_and_redo(self) -> None:
        for _ in range(self.chance.randint(1, 4)):
            self.edit.undo()
        for _ in range(self.chance.randint(0, 4)):
            self.edit.redo()
