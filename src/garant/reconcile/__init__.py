"""Reconcile: which claims tell one event, which contradict each other, and what nobody has told."""

from garant.reconcile.disagreement import Disagreement, Side, assemble, disagreement_id
from garant.reconcile.edge import KINDS, Edge
from garant.reconcile.fact import Fact
from garant.reconcile.gaps import Gap, gaps
from garant.reconcile.reconciler import Reconciler
from garant.reconcile.references import Hypothesis, hypotheses
from garant.reconcile.sameness import Event, Same, same_events

__all__ = [
    "KINDS",
    "Disagreement",
    "Edge",
    "Event",
    "Fact",
    "Gap",
    "Hypothesis",
    "Reconciler",
    "Same",
    "Side",
    "assemble",
    "disagreement_id",
    "gaps",
    "hypotheses",
    "same_events",
]
