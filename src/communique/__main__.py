"""python -m communique: the command line."""

from __future__ import annotations

from communique.cli.app import main

main()
