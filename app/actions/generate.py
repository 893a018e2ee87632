"""The main action: play the masks, the selection, the loop, or Length from the start marker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.actions.notice import Tell, notice_of
from app.actions.pace import Pace
from app.actions.prompt import random_seed
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.jobs.build_request import Run, RunOptions, build_run
from app.jobs.job import Job
from app.jobs.model_facts import ModelFacts, model_facts
from app.jobs.queue import JobQueue
from app.jobs.submit import submit_run
from app.jobs.target import (
    Target,
    describe_target,
    main_action,
    target_of_masks,
    target_of_span,
)
from app.model.edits.masks import SetMask
from app.model.edits.prompt import SetSeed
from app.model.edits.takes import RecallRecipe
from app.model.ids import MaskId
from app.model.project import Project
from app.model.selection import Selection
from app.model.take import Take
from app.storage.audio_pool import AudioPool
from engine.errors import EngineError
from engine.timebase import Seconds, Span, Ticks

QUICK_TAKES = 3
MODEL = "starter"


class GenerateActions:
    """Builds runs and hands them to the queue; ``ResultActions`` takes what comes back.

    ``pool`` gives the recordings of the project that is open.
    """

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        queue: JobQueue,
        pool: Callable[[], AudioPool],
        pace: Pace,
        tell: Tell,
    ) -> None:
        self._document = document
        self._workspace = workspace
        self._queue = queue
        self._pool = pool
        self._pace = pace
        self._tell = tell

    @property
    def model(self) -> ModelFacts:
        """What is known of the model that plays."""
        return model_facts(MODEL)

    def label(self) -> str:
        """What the main button does now."""
        return main_action(self._document.project, self._workspace).label

    def hint(self) -> str:
        """How long it is likely to take, or what would steer it."""
        action = main_action(self._document.project, self._workspace)
        span = self._document.project.tempo.seconds_span(action.target.span)
        forecast = self._pace.forecast(Seconds(span.end - span.start), action.n_takes)
        return " ".join(filter(None, (action.hint, forecast)))

    def run(self, n_takes: int | None = None) -> None:
        """Do the main action; ``n_takes`` None makes as many takes as the panel says."""
        action = main_action(self._document.project, self._workspace, n_takes)
        self.run_target(action.target, action.n_takes)

    def run_three(self) -> None:
        """The main action with three takes."""
        self.run(QUICK_TAKES)

    def run_target(self, target: Target, n_takes: int | None = None) -> None:
        """Play a target; what cannot work is told and nothing is queued."""
        project = self._document.project
        n_takes = project.n_takes if n_takes is None else n_takes
        label = describe_target(project, target, n_takes)
        options = RunOptions(project.seed, n_takes, MODEL)
        if self._submit(label, project, target, options) and not project.is_seed_locked:
            # Not a step of its own: undo takes back what a person did, not what chance did.
            self._document.amend(SetSeed(random_seed()))

    def vary(self, take: Take) -> None:
        """Play a take's region three times more: its words, lanes and masks, other seeds."""
        now = self._document.project
        then = RecallRecipe(take.recipe_id, with_lanes=True).apply(now)
        masks = now.recipe(take.recipe_id).masks
        region = now.group_of(take.id).region
        target = target_of_masks(then, masks) if masks else target_of_span(then, region)
        options = RunOptions(random_seed(), QUICK_TAKES, MODEL)
        self._submit(f"Vary take {take.number}, {QUICK_TAKES} takes", then, target, options)

    def run_again(self, job: Job) -> None:
        """Queue a run once more, as it was but with another seed."""
        run = job.subject
        if isinstance(run, Run):
            options = replace(run.options, seed=random_seed())
            self._submit(job.label, run.project, run.target, options)

    def _submit(self, label: str, project: Project, target: Target, options: RunOptions) -> bool:
        """Queue a run; False where it cannot work, which is told."""
        pool = self._pool()
        try:
            run = build_run(project, target, options, pool.read)
        except EngineError as error:
            self._tell(notice_of("run refused", error))
            return False
        submit_run(self._queue, label, run, pool.add)
        return True

    def use_length(self, seconds: Seconds) -> None:
        """Select exactly that long from the start marker, so that the next run plays it."""
        start = self._workspace.start_marker
        length = self._document.project.tempo.ticks_at(seconds)
        self._workspace.set_selection(Selection(Span(start, Ticks(start + max(1, length)))))

    def use_bars(self) -> None:
        """Let the length in bars count again: nothing stays selected."""
        self._workspace.set_selection(Selection())

    def switch_mask(self, mask_id: MaskId, is_on: bool) -> None:
        """Let a mask take part in the next run, or not."""
        mask = self._document.project.mask(mask_id)
        label = "Switch mask on" if is_on else "Switch mask off"
        self._document.apply(SetMask(replace(mask, is_on=is_on), label))

    def cancel(self) -> None:
        """Stop the running job."""
        self._queue.cancel_running()

    def cancel_all(self) -> None:
        """Stop the running job and empty the queue."""
        self._queue.cancel_all()
