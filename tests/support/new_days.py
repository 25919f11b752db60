"""A calendar that lands in a test: an editors' catalogue that is in service, and years to be announced.

Every day here is INVENTED. The notice for 2027 is not known; nothing of this belongs in the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.test import override_settings
from support.catalogues import ROOT
from support.drafts import HOTEL, VEHICLE
from support.editions import edit, edition, path_of

from yinuo.apps.items.actions.publish import publish
from yinuo.apps.items.queries import forget
from yinuo.core.clock import SHANGHAI

TIP = "jd-drug-tip"
SINCE = datetime(2026, 9, 1, tzinfo=SHANGHAI)
FEE = "fee: null\n"
APPRAISAL = """  - key: appraisal
    name: {zh: 鉴定, en: Appraisal}
    ground: {law: administrative-licensing-law, article: 第四十五条}
    longest: 15wd
"""
# As 2026, with one more day off: Thursday 22 October, which nobody ever announced.
EXTRA = "  - name: {zh: 临时放假, en: A day off}\n    from: '2026-10-22'\n    to: '2026-10-22'\n"
INVENTED_2027 = """# INVENTED for a test: the real notice for 2027 is not known.
year: 2027
notice:
  number: null
  date: '2026-11-05'
  issuer: {zh: 国务院办公厅, en: General Office of the State Council}
holidays:
  - name: {zh: 元旦, en: New Year's Day}
    from: '2027-01-01'
    to: '2027-01-03'
  - name: {zh: 春节, en: Spring Festival}
    from: '2027-02-05'
    to: '2027-02-12'
  - name: {zh: 清明节, en: Qingming Festival}
    from: '2027-04-03'
    to: '2027-04-05'
  - name: {zh: 劳动节, en: Labour Day}
    from: '2027-05-01'
    to: '2027-05-05'
  - name: {zh: 端午节, en: Dragon Boat Festival}
    from: '2027-06-09'
    to: '2027-06-11'
  - name: {zh: 中秋节, en: Mid-Autumn Festival}
    from: '2027-09-15'
    to: '2027-09-17'
  - name: {zh: 国庆节, en: National Day}
    from: '2027-10-01'
    to: '2027-10-07'
makeup: ['2027-02-13', '2027-02-20', '2027-05-08', '2027-09-26', '2027-10-09']
"""


@contextmanager
def in_service(folder: Path) -> Iterator[Path]:
    """Hotels with an appraisal beside their hearing, vehicles and tips, in service since September."""
    root = edition(folder / "working", path_of(HOTEL), path_of(VEHICLE), path_of(TIP))
    edit(root, HOTEL, FEE, APPRAISAL + FEE)
    report = publish(root, SINCE)
    assert not report.findings, [str(finding) for finding in report.findings]
    with override_settings(CATALOGUE=root):
        yield root
    forget()


def another_2026(folder: Path) -> Path:
    text = (ROOT / "calendars" / "cn" / "2026.yaml").read_text()
    return written(folder / "2026-again.yaml", text.replace("makeup:\n", f"{EXTRA}makeup:\n"))


def invented_2027(folder: Path) -> Path:
    return written(folder / "2027.yaml", INVENTED_2027)


def written(place: Path, text: str) -> Path:
    place.write_text(text)
    return place
