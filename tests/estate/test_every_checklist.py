"""Every item's checklist, for its happy scenario's answers: one page to take along, in both languages."""

from __future__ import annotations

import pypdfium2
import pytest
from support.catalogues import whole
from support.fixed_clock import NOW

from yinuo.apps.documents.actions.make_checklist import make_checklist
from yinuo.apps.documents.sheets import Language
from yinuo.catalogue.loading import Entry
from yinuo.core.form import settle


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_checklist_is_one_page(lang: Language) -> None:
    longer = {key: n for key, entry in whole().entries.items() if (n := _pages(entry, lang)) != 1}
    assert not longer


def _pages(entry: Entry, lang: Language) -> int:
    happy = next(scenario for scenario in entry.shape.scenarios if scenario.shows == "happy")
    answers = settle(entry.item.form, happy.answers)
    places = list(whole().city.competent(entry.item.jurisdiction, entry.item.branch))
    pdf = make_checklist(entry.item, answers, places, whole(), lang=lang, now=NOW)
    assert isinstance(pdf, bytes)
    return len(pypdfium2.PdfDocument(pdf))
