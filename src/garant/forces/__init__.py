"""Forces: who has which personnel where, under which regime, how many and since when; on whose word, and for what."""

from garant.forces.history import Series, shapeless
from garant.forces.hypotheses import Band, bands
from garant.forces.identity import EVERYWHERE, JOINT, PRESENCE, Force, by_force, force_of, served
from garant.forces.strength import Point, Told, band

__all__ = [
    "EVERYWHERE",
    "JOINT",
    "PRESENCE",
    "Band",
    "Force",
    "Point",
    "Series",
    "Told",
    "band",
    "bands",
    "by_force",
    "force_of",
    "served",
    "shapeless",
]
