"""Forces: who has which personnel where, under which regime."""

from garant.forces.identity import PRESENCE, Force, by_force, force_of

__all__ = ["PRESENCE", "Force", "by_force", "force_of"]
