"""The chapters of a brief: one module builds one chapter, from evidence, citing as it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from garant.brief.content import Section
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.sections import (
    authority,
    bottom_line,
    disputes,
    exposure,
    gaps,
    holdings,
    operations,
    relations,
    statements,
    strengths,
    timeline,
    uses,
)

Builder = Callable[[Section, Evidence, Footnotes], None]
#: What builds each chapter of sections.yaml.
BUILDERS: Mapping[str, Builder] = {
    "bottom-line": bottom_line.build,
    "consent": authority.build,
    "tasks": uses.build,
    "forces": strengths.build,
    "timeline": timeline.build,
    "operations": operations.build,
    "relations": relations.build,
    "conduct": statements.conduct,
    "exposure": exposure.build,
    "disagreements": disputes.build,
    "gaps": gaps.build,
    "holdings": holdings.build,
    "statements": statements.build,
}
