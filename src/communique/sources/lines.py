"""Lines of a stream that may hold one too long for memory."""

from __future__ import annotations

import io
from collections.abc import Iterator


def bounded_lines(text: io.TextIOBase, longest: int) -> Iterator[tuple[int, str | None]]:
    """Numbered lines, from 1, with their ends; None in place of a line that is too long.

    Args:
        text: an open stream, whose own idea of the ends of lines is kept.
        longest: length in characters up to which a line is given; more than that is never in memory.
    """
    number = 0
    while line := text.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            yield number, line
            continue
        while line and not line.endswith(("\n", "\r")):
            line = text.readline(longest + 1)
        yield number, None
