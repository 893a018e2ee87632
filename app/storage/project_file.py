"""``project.json``: one project value, versioned, with the version before kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.model.project import Project
from app.storage.audio_pool import asset_problem, assets_of
from app.storage.errors import DamagedProject, ProjectFileError
from app.storage.migrations import VERSION
from app.storage.project_json import project_parts, read_project_json, with_whole_recipes
from app.storage.value_json import Misfit, parse_json
from engine.audio.files import write_bytes_whole

FILE_NAME = "project.json"
PREVIOUS_NAME = "project.previous.json"
FORMAT = "inlay project"
LARGEST_FILE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project as found. ``is_newer``: a later version wrote it, so it must not be overwritten."""

    project: Project
    is_newer: bool = False


def write_project(folder: Path, project: Project) -> None:
    """Save into ``folder``, in one step; what was there becomes ``project.previous.json``.

    Raises ``EngineError`` where the disk refuses; the old file is then intact.
    """
    target = folder / FILE_NAME
    content = project_text(project).encode()
    if target.exists():
        write_bytes_whole(folder / PREVIOUS_NAME, target.read_bytes())
    write_bytes_whole(target, content)


def read_project(folder: Path, name: str = FILE_NAME) -> ReadProject:
    """The project saved in ``folder``; raises ``ProjectFileError`` and changes nothing."""
    path = folder / name
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise DamagedProject(path, "it is too large to be a project")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ProjectFileError(
            f"There is no project in “{folder.name}”.", "Choose a folder whose name ends in .inlay."
        ) from error
    except UnicodeDecodeError as error:
        raise DamagedProject(path, "it is not text") from error
    except OSError as error:
        raise ProjectFileError(
            f"“{path}” cannot be read: {error.strerror}.", "Check the disk and your permissions."
        ) from error
    return parse_project(text, path)


def project_text(project: Project) -> str:
    """The file's text, one line for each part of the project."""
    start = f'{{"format": "{FORMAT}", "version": {VERSION}, "project": {{'
    return start + "\n" + ",\n".join(project_parts(project)) + "\n}}\n"


def parse_project(text: str, path: Path) -> ReadProject:
    """The project in a file's text; ``path`` only names it. Raises ``DamagedProject``."""
    try:
        data = parse_json(text)
    except ValueError as error:
        raise DamagedProject(path, str(error)) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DamagedProject(path, "it is not an Inlay project")
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise DamagedProject(path, "its version is not a number")
    is_newer = version > VERSION
    try:
        whole = with_whole_recipes(data.get("project"))
        project = read_project_json(whole, min(version, VERSION), ignores_unknown=is_newer)
    except Misfit as error:
        if is_newer:
            raise ProjectFileError(
                f"“{path.parent.name}” was made with a newer version of Inlay.",
                "Update Inlay to open it. The file was not changed.",
            ) from error
        raise DamagedProject(path, str(error)) from error
    check_references(project, path)
    return ReadProject(project, is_newer)


def check_references(project: Project, path: Path) -> None:
    """Refuse asset names that could leave the pool, and takes without a recipe."""
    for asset in assets_of(project):
        problem = asset_problem(asset)
        if problem:
            raise DamagedProject(path, problem)
    recipes = {recipe.id for recipe in project.recipes}
    for group in project.take_groups:
        for take in group.takes:
            if take.recipe_id not in recipes:
                raise DamagedProject(path, f"take {take.number} has no recipe")
