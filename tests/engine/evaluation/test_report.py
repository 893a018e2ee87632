"""The page of results is made of what was measured."""

from __future__ import annotations

import json
from pathlib import Path

from engine.evaluation.bootstrap import bootstrap
from engine.evaluation.report import keep_results, write_page
from engine.evaluation.results import Results, Row, published, read_json, write_json


def example(suite: str = "controls") -> Results:
    rows = (
        Row("all lanes", {"majmin": bootstrap({1: [0.5], 2: [0.7]})}, 2),
        Row("silent", {"beat_f1": bootstrap({})}, 1),
        published("others", {"majmin": 0.412}, "arXiv 0000.00000"),
    )
    return Results(suite, rows, {"clips": "2"}, ("First remark.", "Second remark."))


def test_figures_survive_their_file(tmp_path: Path) -> None:
    write_json(example(), tmp_path / "figures.json")
    assert repr(read_json(tmp_path / "figures.json")) == repr(example())


def test_the_page_holds_every_suite_that_was_measured(tmp_path: Path) -> None:
    keep_results(example(), tmp_path)
    keep_results(example("sampling"), tmp_path)
    write_page(tmp_path)
    page = (tmp_path / "results.md").read_text()
    assert "| all lanes | 2 | 0.600 (0.50-0.70) |" in page
    assert "- First remark.\n- Second remark." in page
    assert page.index("what the lanes ask") < page.index("way of drawing")
    assert "results/controls.png" in page
    assert (tmp_path / "results" / "controls.png").stat().st_size > 5000
    assert "results/sampling.png" not in page


def test_benchmarks_are_shown_from_their_files(tmp_path: Path) -> None:
    keep_results(example(), tmp_path)
    spread = {"median": 3, "least": 2, "most": 4}
    figures = {"machine": {"cores": 2}, "generate": {"total_s": spread}}
    (tmp_path / "results" / "bench-generate.json").write_text(json.dumps(figures))
    write_page(tmp_path)
    page = (tmp_path / "results.md").read_text()
    assert "| machine, cores | 2 |\n| generate, total_s | 3 (2–4) |" in page
