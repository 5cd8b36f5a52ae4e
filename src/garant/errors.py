"""The one error that bad input raises."""

from __future__ import annotations


class InputError(ValueError):
    """Input that cannot be used, told in one sentence: what is wrong, where, and what to do.

    Commands print it and exit 1; in Python it is an ordinary ValueError.
    """

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return f"{sentence}; {self.mend}" if self.mend and not sentence.endswith("?") else sentence

    def at(self, where: str) -> InputError:
        """The same error told from further out (a file and line around a field)."""
        return InputError(self.what, where=f"{where}, {self.where}" if self.where else where, mend=self.mend)
