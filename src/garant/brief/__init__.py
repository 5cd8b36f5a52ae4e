"""The brief: the printed picture of a case."""

from garant.brief.evidence import Evidence
from garant.brief.page import page
from garant.brief.picture import Picture, draw

__all__ = ["Evidence", "Picture", "draw", "page"]
