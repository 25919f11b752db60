"""Whether what the rules of keeping name is there: laws, services, branches."""

from __future__ import annotations

from collections.abc import Iterator

from yinuo.catalogue.loading import Catalogue
from yinuo.catalogue.reader import Finding
from yinuo.core.retention import Rule


def retention_is_sound(catalogue: Catalogue) -> Iterator[Finding]:
    """No rule of keeping and no way of correcting points to nothing."""
    file = f"{catalogue.city.id}/retention.yaml"
    for n, rule in enumerate(catalogue.retention.rules):
        for path, message in _missing(rule, catalogue):
            yield Finding(file, 1, f"rules.{n}.{path}", message)
    for item in catalogue.retention.corrections:
        if item not in catalogue.entries:
            yield Finding(file, 1, "corrections", f"there is no item {item}")


def _missing(rule: Rule, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    law = catalogue.laws.get(rule.ground.law) if rule.ground else None
    if rule.ground and law is None:
        yield "ground", f"there is no law {rule.ground.law} in laws.yaml"
    if law is not None and law.status == "repealed":
        yield "ground", f"{law.id} is repealed"
    for item in sorted(rule.items - catalogue.entries.keys()):
        yield "items", f"there is no item {item}"
    for branch in sorted(rule.branches - catalogue.city.branches.keys()):
        yield "branches", f"there is no branch {branch}"
