"""The borders between the parts, read from the imports with ``ast``, and a few bans."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OWN_CHECKPOINTS = "engine/training/checkpoint.py"  # reads only what training itself wrote
LONGEST_FILE_LINES = 400

QT = ("PySide6", "shiboken6", "pyqtgraph")
TORCH = ("torch", "torchaudio", "transformers")
FILES_AND_PROCESSES = ("os", "pathlib", "shutil", "tempfile", "subprocess", "soundfile")
NETWORK = ("socket", "http", "urllib.request", "requests", "httpx", "ftplib", "smtplib")
LIGHT_LEAVES = ("engine.timebase", "engine.score", "engine.harmony")
SOUND_WITHOUT_TORCH = ("engine.audio", "engine.synthesis", "engine.requests")
TORCH_PLACES = (
    "engine/codec/",
    "engine/lm/",
    "engine/adapters/",
    "engine/conditions/",
    "engine/training/",
    "engine/tasks/",
    "engine/hearing/",
    "engine/evaluation/",
    "engine/separation/",
    "engine/torch_backend.py",
    "engine/device.py",
    "engine/checkpoints.py",
)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def sources(*places: str) -> Iterator[Path]:
    """Every Python file of the given folders and files, relative to the root."""
    for place in places:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def imported_names(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a file imports, also inside functions."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}"


def is_within(name: str, modules: Iterable[str]) -> bool:
    """Whether a dotted name is one of the modules or lies inside one."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def crossings(
    places: Iterable[str], forbidden: Iterable[str], allowed: Iterable[str] = ()
) -> list[str]:
    """``file:line imports name`` for each import of something forbidden and not allowed."""
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sources(*places)
        for line, name in imported_names(path)
        if is_within(name, forbidden) and not is_within(name, allowed)
    ]


def other_parts_of_app(*but: str) -> list[str]:
    """Files and folders of ``app`` other than those named."""
    return [
        f"app/{path.name}"
        for path in sorted((ROOT / "app").iterdir())
        if (path.suffix == ".py" or path.is_dir()) and path.name not in (*but, "__pycache__")
    ]


def test_the_model_is_pure() -> None:
    assert not crossings(["app/model"], [*QT, *TORCH, "numpy", *FILES_AND_PROCESSES, *NETWORK])
    assert not crossings(["app/model"], ["engine"], LIGHT_LEAVES)
    assert not crossings(["app/model"], ["app"], ["app.model"])


def test_the_engine_knows_neither_qt_nor_the_app() -> None:
    assert not crossings(["engine"], [*QT, "app"])


def test_only_jobs_the_command_line_and_the_wiring_run_the_engine() -> None:
    seen_by_all = (*LIGHT_LEAVES, "engine.errors")
    with_sound = ("storage", "playback")
    others = other_parts_of_app("jobs", "cli", "application.py", *with_sound)
    assert not crossings(others, ["engine"], seen_by_all)
    sounding = [f"app/{part}" for part in with_sound]
    assert not crossings(sounding, ["engine"], (*seen_by_all, *SOUND_WITHOUT_TORCH))


def test_the_window_changes_projects_only_through_actions() -> None:
    assert not crossings(["app/ui"], ["app.model.edits", "app.storage"])


def test_torch_stays_in_its_places() -> None:
    strays = [
        crossing
        for crossing in crossings(["app", "engine"], TORCH)
        if not crossing.startswith(TORCH_PLACES)
    ]
    assert not strays


def test_nothing_speaks_to_the_network() -> None:
    assert not crossings(["app", "engine"], NETWORK)


@pytest.mark.parametrize(
    "module", ["engine", "engine.host", "app.__main__", "app.cli.command_line"]
)
def test_starting_up_loads_nothing_heavy(module: str) -> None:
    heavy = (*TORCH, "PySide6", "scipy", "pyqtgraph")
    script = f"import sys, {module}; print(*(name for name in {heavy!r} if name in sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == []


def called_name(call: ast.Call) -> str:
    """``torch.load`` for ``torch.load(...)``; attributes of other expressions give ``.load``."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=owner), attr=attribute):
            return f"{owner}.{attribute}"
        case ast.Attribute(attr=attribute):
            return f".{attribute}"
    return ""


def is_dangerous(call: ast.Call) -> bool:
    """Whether the call could run code from a file: pickles, shells, archives, eval.

    ``torch.load`` counts unless it is told to read tensors only.
    """
    name = called_name(call)
    flags = {
        keyword.arg
        for keyword in call.keywords
        if isinstance(keyword.value, ast.Constant) and keyword.value.value is True
    }
    return (
        name in ("eval", "exec", "os.system", "os.popen")
        or (name == "torch.load" and "weights_only" not in flags)
        or name.startswith(("pickle.", "marshal.", "shelve."))
        or name.endswith(".extractall")
        or bool(flags & {"shell", "allow_pickle"})
    )


def calls(*places: str) -> Iterator[tuple[Path, ast.Call]]:
    for path in sources(*places):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                yield path, node


def test_nothing_runs_code_from_a_file() -> None:
    dangers = [
        f"{path.relative_to(ROOT)}:{call.lineno} calls {called_name(call)}"
        for path, call in calls("app", "engine")
        if is_dangerous(call)
    ]
    assert not dangers


def test_only_training_opens_its_own_checkpoints() -> None:
    doors = {
        path.relative_to(ROOT).as_posix()
        for path, call in calls("app", "engine")
        if called_name(call) == "torch.load"
    }
    assert doors <= {OWN_CHECKPOINTS}


@pytest.mark.parametrize(
    "line",
    [
        "torch.load(path)",
        "pickle.loads(data)",
        "zipfile.ZipFile(path).extractall()",
        "subprocess.run(words, shell=True)",
        "numpy.load(path, allow_pickle=True)",
        "eval(text)",
    ],
)
def test_the_scan_sees_what_it_looks_for(line: str) -> None:
    (statement,) = ast.parse(line).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert is_dangerous(statement.value)


def test_no_file_is_longer_than_two_ideas() -> None:
    long = [
        f"{path.relative_to(ROOT)} has {n_lines} lines"
        for path in sources("app", "engine", "tests")
        if (n_lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE_LINES
    ]
    assert not long


def test_no_file_hides_behind_a_name_that_says_nothing() -> None:
    empty_words = {
        "utils",
        "util",
        "helpers",
        "helper",
        "misc",
        "common",
        "manager",
        "base",
        "core",
    }
    nameless = [
        str(path.relative_to(ROOT))
        for path in sources("app", "engine")
        if {path.stem, path.parent.name} & empty_words
    ]
    assert not nameless
