"""The vocabulary: what a claim is, what it may say, and what a date, a number and a source are."""

from garant.claims.claim import Actor, Claim, Coder, Named
from garant.claims.definitions import ClaimType, claim_types, vocabulary
from garant.claims.period import Period
from garant.claims.quantity import Quantity
from garant.claims.source import Source, origins
from garant.errors import InputError

__all__ = [
    "Actor",
    "Claim",
    "ClaimType",
    "Coder",
    "InputError",
    "Named",
    "Period",
    "Quantity",
    "Source",
    "claim_types",
    "origins",
    "vocabulary",
]
