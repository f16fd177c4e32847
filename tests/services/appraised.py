"""What people said of the papers of the world beside evidence: appraisals, and answers to a form."""

from __future__ import annotations

from realist.domain.forms import read_template
from realist.services import appraising, excerpting, forms
from realist.services.unit import Desk

FORM = """name = "Characteristics"
[[field]]
key = "aim"
[[field]]
key = "design"
kind = "choice"
choices = ["trial", "interviews"]
[[field]]
key = "country"
kind = "country"
"""


def read_papers(desk: Desk) -> None:
    """Define a scale and a form in two versions, appraise a paper and an excerpt, answer for two papers."""
    excerpt = excerpting.quote(desk, "#1", "not taught", locator="p. 101")
    appraising.add_ready_scale(desk)
    appraising.appraise(desk, "#1", "rigour", "moderate", reason="one clinic")
    appraising.appraise(desk, "#1", "richness", "high", reason="says why", excerpt=excerpt)
    forms.define_form(desk, read_template(FORM))
    forms.fill_form(desk, "#1", {"design": "interviews", "country": "SE"}, note="p. 100")
    forms.fill_form(Desk(desk.store, "NG"), "#3", {"design": "trial"})
    forms.define_form(desk, read_template(FORM.replace('"trial"', '"survey"')))
