"""The ledger: where claims, reviews, decisions, sources and a case's entities live, append-only."""

from garant.ledger.clocks import Clocks, now_stamp, stamp_to_text, text_to_stamp
from garant.ledger.collector import collector_off
from garant.ledger.query import STATUSES, ClaimQuery, Entry
from garant.ledger.records import Decision, Review
from garant.ledger.store import Ledger

__all__ = [
    "STATUSES",
    "ClaimQuery",
    "Clocks",
    "Decision",
    "Entry",
    "Ledger",
    "Review",
    "collector_off",
    "now_stamp",
    "stamp_to_text",
    "text_to_stamp",
]
