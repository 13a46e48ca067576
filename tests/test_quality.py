"""The quality gate: figures on hand-coded sentences do not fall below their floors (tests/quality.yaml)."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from communique import Document, Reader

FLOORS = yaml.safe_load((Path(__file__).parent / "quality.yaml").read_text(encoding="utf-8"))
BENCHMARKS = Path(__file__).parents[2] / "shared/benchmarks"


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_figures_hold(name: str, tmp_path: Path) -> None:
    gold = BENCHMARKS / name / "gold_dev.jsonl"
    if not gold.exists():
        pytest.skip("the hand-coded sentences are not here")
    floors = dict(FLOORS[name])
    if hashlib.sha256(gold.read_bytes()).hexdigest() != floors.pop("sha256"):
        pytest.skip("the hand-coded sentences are other ones than the floors were measured on")
    reader = Reader()
    events = tmp_path / "events.jsonl"
    with events.open("w", encoding="utf-8") as stream:
        for line in gold.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            coded = reader.code(Document.make(record["text"], document_id=record["id"]))
            stream.writelines(json.dumps(event.to_dict()) + "\n" for event in coded.events)
    scorer = [sys.executable, str(gold.parent / "score.py"), str(gold), str(events)]
    printed = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    figures = {key: float(value) for key, value in re.findall(r"(\w+)=([\d.]+)", printed)}
    for key, floor in floors.items():
        if key.endswith("_at_most"):
            assert figures[key.removesuffix("_at_most")] <= floor, printed
        else:
            assert figures[key] >= floor, printed
