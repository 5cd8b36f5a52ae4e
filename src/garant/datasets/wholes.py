"""Sums: what the parts that a table gives of an operation add up to, as a claim of its own, marked as derived."""

from __future__ import annotations

from collections.abc import Sequence

from garant.datasets.claimset import ClaimSet, Row


def whole_operation(
    told: ClaimSet, mission: str, time: str, parts: Sequence[tuple[Row, int]], of_what: str, *, approx: bool = True
) -> None:
    """The strength of an operation in the case's country at a time (EDTF), summed over parts (row, people).

    The claim names the row of the first part; its number stands in no row, so `quantity` is derived. It exists so that
    a sum which disagrees with what others say of the operation is found, and not lost in the parts.
    """
    total = sum(number for _, number in parts)
    told.say(
        parts[0][0],
        says=f"{total} people in uniform in {mission}, {time}: {of_what}, added up (derived: our sum).",
        type="force_strength",
        actors=[told.mission(mission), told.host()],
        quantity={"value": total, "unit": "personnel", "measure": "stock", **({"approx": True} if approx else {})},
        time=time,
        regime="un",
        slots={"personnel": "all_uniformed", "scope": "mission"},
        derived=["quantity", "says"],
    )
