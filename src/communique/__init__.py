"""Communique reads diplomatic news and official readouts and keeps the record: who did what to whom, and when.

import communique
result = communique.read("ASTANA, Nov 2 - The foreign minister of Kazakhstan met ...", date="2015-11-02")
for event in result.events: ...
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from communique.coded import Coded
from communique.errors import CommuniqueError
from communique.model import Actor, Document, Event, Evidence, Failure, Place
from communique.reader import Reader, Result, read, who
from communique.settings import Settings

try:
    __version__ = version("communique")
except PackageNotFoundError:
    __version__ = "unknown"

__all__ = [
    "Actor",
    "Coded",
    "CommuniqueError",
    "Document",
    "Event",
    "Evidence",
    "Failure",
    "Place",
    "Reader",
    "Result",
    "Settings",
    "read",
    "who",
]
