"""The brief: the printed picture of a case, in HTML, PDF, Markdown or JSON."""

from garant.brief.evidence import Evidence, Recorded
from garant.brief.markdown import markdown
from garant.brief.page import page
from garant.brief.pdf import pdf
from garant.brief.picture import Picture, chapters, draw
from garant.brief.record import record

__all__ = ["Evidence", "Picture", "Recorded", "chapters", "draw", "markdown", "page", "pdf", "record"]
