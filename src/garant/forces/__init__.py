"""Forces: who has which personnel where, under which regime."""

from garant.forces.identity import EVERYWHERE, PRESENCE, Force, by_force, force_of

__all__ = ["EVERYWHERE", "PRESENCE", "Force", "by_force", "force_of"]
