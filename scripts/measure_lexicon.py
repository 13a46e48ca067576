"""Measures the lexicon: seconds to load, memory, microseconds a mention.

Run it from the repository: `python scripts/measure_lexicon.py`. The mentions are those of the labelled sets, alone.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date
from pathlib import Path

import yaml

ROUNDS = 20
SETS = sorted((Path(__file__).parent.parent / "tests" / "data").glob("who_?.yaml"))


def memory() -> float:
    """The most memory that the process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Prints the figures, a line each."""
    from communique.actors.lexicon import load_lexicon
    from communique.actors.places import cities
    from communique.actors.resolver import Resolver

    before, start = memory(), time.perf_counter()
    resolver = Resolver(load_lexicon())
    loaded = time.perf_counter() - start
    start = time.perf_counter()
    cities("Geneva")
    towns = time.perf_counter() - start
    held = memory() - before
    asked = [
        (mention.partition("#")[0], date.fromisoformat(item["date"]))
        for path in SETS
        for item in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for mention in item["mentions"]
    ]
    for text, day in asked:
        resolver.who(text, day)
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for text, day in asked:
            resolver.who(text, day)
    each = (time.perf_counter() - start) / (ROUNDS * len(asked)) * 1e6
    sys.stdout.write(f"loaded in {loaded:.2f} s, the towns in {towns:.2f} s more; {held:.0f} MiB with them\n")
    sys.stdout.write(f"{each:.0f} microseconds a mention, over {len(asked)} mentions\n")


if __name__ == "__main__":
    main()
