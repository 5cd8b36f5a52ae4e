"""Recorded lethal violence by area, period and perpetrator, with its uncertainty. Exposure is not threat.

The parts load pandas and scipy, so each is imported from its module, by the verb that needs it.
"""
