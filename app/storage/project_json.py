"""A whole project as JSON.

Each recipe holds the lanes as they were, so in a project with many runs the same notes stand in
it again and again. Written down, a recipe after the first is only its difference from the one
before; read, the parts they share are the same objects again.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.model.project import Project
from app.storage.difference import difference, patched
from app.storage.migrations import migrated
from app.storage.value_json import Json, Misfit, field_names, from_json, json_text


def project_parts(project: Project) -> Iterator[str]:
    """The members of the JSON object, each as ``"name":value`` without line breaks."""
    for name in field_names(Project):
        value = getattr(project, name)
        text = difference((), value) if name == "recipes" else json_text(value)
        yield f'"{name}":{text}'


def with_whole_recipes(data: Json) -> Json:
    """The JSON object with each recipe written out; raises ``Misfit``."""
    if not isinstance(data, dict) or not isinstance(data.get("recipes"), dict):
        return data
    try:
        return {**data, "recipes": patched([], data["recipes"])}
    except (ValueError, LookupError, TypeError) as error:
        raise Misfit("recipes", str(error)) from error


def read_project_json(data: Json, version: int, *, ignores_unknown: bool = False) -> Project:
    """The project in a JSON object, recipes written out, of that version of the format.

    Raises ``Misfit`` where it does not fit.
    """
    return from_json(Project, migrated(data, version), ignores_unknown=ignores_unknown)
