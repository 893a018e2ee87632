"""Intervals, tables, and answers that are kept."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from engine.evaluation.bootstrap import bootstrap
from engine.evaluation.recipe_cache import RecipeCache, recipe_key
from engine.evaluation.results import Results, Row, markdown_table, published, write_json


def test_the_interval_contains_the_mean_and_narrows_with_more_clips() -> None:
    values = np.random.default_rng(3).uniform(size=400)
    few = bootstrap({clip: [float(value)] for clip, value in enumerate(values[:20])})
    many = bootstrap({clip: [float(value)] for clip, value in enumerate(values)})
    for estimate in (few, many):
        assert estimate.low < estimate.mean < estimate.high
    assert many.high - many.low < 0.5 * (few.high - few.low)
    assert many.mean == pytest.approx(float(values.mean()))
    expected = 2 * 1.96 * float(values.std()) / 400**0.5
    assert many.high - many.low == pytest.approx(expected, rel=0.1)


def test_takes_of_one_clip_do_not_pass_for_many_clips() -> None:
    once = bootstrap({clip: [float(clip % 2)] for clip in range(10)})
    thrice = bootstrap({clip: [float(clip % 2)] * 3 for clip in range(10)})
    assert once == thrice


def test_figures_that_do_not_arise_are_left_out() -> None:
    estimate = bootstrap({1: [math.nan], 2: [0.5, math.nan], 3: [0.7]})
    assert estimate.n == 2
    assert estimate.mean == pytest.approx(0.6)
    assert bootstrap({1: [math.nan]}).n == 0


def example() -> Results:
    rows = (
        Row("all lanes", {"majmin": bootstrap({1: [0.5], 2: [0.7]})}, 2),
        published("others", {"majmin": 0.412}, "arXiv 0000.00000"),
        Row("silent", {"beat_f1": bootstrap({})}, 1),
    )
    return Results("controls", rows, {"clips": "2"}, ("A remark.",))


def test_the_table_shows_means_with_intervals_and_sources() -> None:
    lines = markdown_table(example()).splitlines()
    assert lines[0] == "| | answers | majmin | beat_f1 |"
    assert lines[2] == "| all lanes | 2 | 0.600 (0.50-0.70) | - |"
    assert lines[3] == "| others | arXiv 0000.00000 | 0.412 | - |"
    assert lines[-1] == "A remark."


def test_json_holds_every_row_and_null_where_nothing_was_measured(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write_json(example(), path)
    document = json.loads(path.read_text())
    assert [row["name"] for row in document["rows"]] == ["all lanes", "others", "silent"]
    assert document["rows"][0]["figures"]["majmin"]["mean"] == pytest.approx(0.6)
    assert document["rows"][1]["figures"]["majmin"]["low"] is None
    assert document["rows"][2]["figures"]["beat_f1"]["mean"] is None


def test_an_answer_is_made_once_per_recipe(tmp_path: Path) -> None:
    made = []

    def make() -> list[int]:
        made.append(1)
        return [1, 2]

    recipe = {"clip": 3, "weights": "abc"}
    for _ in range(2):
        assert RecipeCache(tmp_path).remember(recipe, make) == [1, 2]
    RecipeCache(tmp_path).remember({**recipe, "weights": "abd"}, make)
    assert len(made) == 2


def test_the_order_of_a_recipe_does_not_matter() -> None:
    assert recipe_key({"a": 1, "b": 2}) == recipe_key({"b": 2, "a": 1})


def test_rows_are_found_by_name() -> None:
    assert example().row("others").n_answers == 0
    with pytest.raises(KeyError):
        example().row("nobody")
