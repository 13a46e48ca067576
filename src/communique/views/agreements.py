"""The documents between states."""

from __future__ import annotations

from communique.errors import SettingsError
from communique.record.store import Record
from communique.views.listing import Listing, Scope, listing
from communique.views.loading import STAGES
from communique.views.rows import AgreementRow, Told


def agreements(store: Record, scope: Scope, stage: str = "") -> Listing:
    """Documents with the stage that they have reached, of one stage only where it is given; the latest first."""
    if stage and stage not in STAGES:
        raise SettingsError(f"there is no stage {stage!r}", remedy=f"One of: {', '.join(STAGES)}.")

    def wanted(row: Told) -> bool:
        return not stage or (isinstance(row, AgreementRow) and row.stage == stage)

    return listing(store, "Documents" + (f", {stage}" if stage else ""), ("agreement",), scope, wanted)
