"""Reading: documents become claims with exact evidence. Nothing heavy is imported before a text is read."""

from garant.reading.documents import Document, open_document
from garant.reading.duplicates import Fingerprint, Originals, fingerprint, likeness
from garant.reading.extract import LeftOut
from garant.reading.quantities import quantities
from garant.reading.reader import Reader, Reading
from garant.reading.units import Measured

__all__ = [
    "Document",
    "Fingerprint",
    "LeftOut",
    "Measured",
    "Originals",
    "Reader",
    "Reading",
    "fingerprint",
    "likeness",
    "open_document",
    "quantities",
]
