"""The brief as PDF: the HTML laid out on A4 with running heads, page numbers and a table of contents with pages."""

from __future__ import annotations

import logging

from garant.claims import InputError


def pdf(html: str) -> bytes:
    """PDF of a brief's HTML. Raises InputError where WeasyPrint or the Pango library is missing."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of every property that only screens have
    try:
        from weasyprint import HTML  # heavy, and only this form of the brief needs it
    except ImportError:
        raise InputError("a PDF needs WeasyPrint", mend="pip install 'garant[pdf]'") from None
    except OSError:
        raise InputError(
            "a PDF needs the Pango library, which is not installed",
            mend="on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0; or print the HTML from a browser",
        ) from None
    made: bytes = HTML(string=html).write_pdf()
    return made
