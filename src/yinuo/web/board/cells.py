"""One number of the board with the links to its cases. Made here, since a page has a thousand of them."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yinuo.web.figures import NONE, Shown


class Cells:
    """`query`: what the page was asked. `is_plain`: numbers of work alone, without a rate."""

    def __init__(self, query: str, *, is_plain: bool) -> None:
        self.address, self.is_plain, self.late = f"{reverse('board-cases')}?{query}", is_plain, _("晚")

    def html(self, group: str, cell: Shown) -> SafeString | str:
        value = cell.value
        if value is None or value.amount is None:
            return NONE
        address = f"{self.address}&group={quote(group)}&figure={cell.figure.key}"
        if cell.figure.unit != "percent":
            return _link(address, cell.text) if value.amount or cell.figure.percentile else "0"
        parts = format_html(
            '<span class="yn-sub">{}/{}{}</span>',
            _link(address, str(value.numerator)) if value.numerator else "0",
            _link(f"{address}&part=bottom", str(value.denominator)),
            self._rest(address, cell),
        )
        return parts if self.is_plain else format_html("<b>{}%</b> {}", cell.text, parts)

    def _rest(self, address: str, cell: Shown) -> SafeString | str:
        """What was missed stands beside what was met."""
        if not (cell.is_clock and cell.rest):
            return ""
        return format_html(
            '<a class="yn-chip yn-chip--broken" href="{}&amp;part=rest">{} {}</a>',
            address,
            self.late,
            cell.rest,
        )


def _link(address: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, text)
