"""``inlay VERB …``: which verbs there are, and how each ending is told.

Exit status: 0 done, 2 for what the person can mend (one line on stderr), 130 cancelled, 1 a bug.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from contextlib import closing

import typer

from app.cli.analyze import analyze
from app.cli.bench import bench
from app.cli.doctor import doctor
from app.cli.evaluate import evaluate
from app.cli.extend import extend
from app.cli.generate import generate
from app.cli.inpaint import inpaint
from app.cli.models import models
from app.cli.render import render
from app.cli.session import Session
from app.cli.train import train
from engine.backend import Backend
from engine.cancel import Cancelled
from engine.errors import EngineError
from engine.host import make_torch_backend

DONE, BUG, CANNOT, CANCELLED = 0, 1, 2, 130

# Unknown, missing and malformed options share a class that typer keeps to itself; what is used
# of it, the bad parameter has too.
_UsageError: type[typer.BadParameter] = typer.BadParameter.__mro__[1]


def run(arguments: list[str], make_backend: Callable[[], Backend] = make_torch_backend) -> int:
    """Do what the arguments say and return the exit status."""
    session = Session(make_backend)
    try:
        with closing(session):
            status = verbs()(args=arguments, standalone_mode=False, obj=session)
    except EngineError as error:
        _tell(str(error))
        return CANNOT
    except _UsageError as error:
        if message := error.format_message():  # empty where help was shown instead
            _tell(f"{message} “inlay --help” lists what can be typed.")
        return CANNOT
    except (Cancelled, KeyboardInterrupt, typer.Abort):
        _tell("stopped; nothing was written.")
        return CANCELLED
    except Exception:  # noqa: BLE001 - the top of the program: every bug ends here, told in full
        traceback.print_exc()
        return BUG
    # Typer itself turns Ctrl-C into a status.
    return status if isinstance(status, int) else DONE


def verbs() -> typer.Typer:
    """All verbs, each from the file of its name."""
    app = typer.Typer(
        name="inlay",
        help="Plays the chords, drums and notes you draw. Without a verb it opens the studio.",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for verb in (generate, inpaint, extend, analyze, render, evaluate, bench, doctor):
        app.command()(verb)
    app.add_typer(models, name="models")
    app.add_typer(train, name="train")
    return app


def _tell(message: str) -> None:
    sys.stderr.write(f"inlay: {' '.join(message.split())}\n")
