"""Case: the one object a user holds. Each verb is one method here, one command and, later, one address."""

from __future__ import annotations

from pathlib import Path

from garant.case.brief import BriefVerbs
from garant.case.changes import ChangeVerbs
from garant.case.check import CheckVerbs
from garant.case.lifecycle import LifecycleVerbs, init
from garant.case.load import LoadVerbs
from garant.case.locate import locate, packaged
from garant.case.read import ReadVerbs
from garant.case.relations import RelationVerbs
from garant.case.result import Result
from garant.case.review import ReviewVerbs
from garant.case.sources import SourceVerbs


class Case(
    LifecycleVerbs, ReviewVerbs, SourceVerbs, ChangeVerbs, CheckVerbs, RelationVerbs, ReadVerbs, LoadVerbs, BriefVerbs
):
    """A country's evidence: its ledger, its names, its clocks, and every verb on them.

    >>> import garant
    >>> case = garant.open("caf")
    >>> len(case.claims(provider="RWA", host="CAF", known_on="2022-06")) > 0
    True
    """

    @staticmethod
    def open(name_or_path: str | Path | None = None) -> Case:
        """Open a case: a folder, a packaged case by name, or (None) the folder you stand in, else `caf`."""
        folder, name, is_packaged = locate(name_or_path)
        return Case(folder, name, packaged=is_packaged)

    def __repr__(self) -> str:
        return f"<Case {self.settings.title!r} in {self.folder}>"


def open(name_or_path: str | Path | None = None) -> Case:
    """Open a case: a folder, a packaged case by name, or (None) the folder you stand in, else `caf`."""
    return Case.open(name_or_path)


__all__ = ["Case", "Result", "init", "open", "packaged"]
