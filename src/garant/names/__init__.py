"""Names: which entity a name in a claim stands for, how sure that is, and which rivals there are."""

from garant.names.catalogue import world
from garant.names.entity import Alias, Entity, Label, fold
from garant.names.lifetimes import Lifetime, Membership, lifetimes, memberships
from garant.names.register import EntityReview, register
from garant.names.resolver import Candidate, Names, Resolution

__all__ = [
    "Alias",
    "Candidate",
    "Entity",
    "EntityReview",
    "Label",
    "Lifetime",
    "Membership",
    "Names",
    "Resolution",
    "fold",
    "lifetimes",
    "memberships",
    "register",
    "world",
]
