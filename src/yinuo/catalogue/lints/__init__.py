"""Lints: what the shape cannot say and an editor must know. Each is a function of one entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from yinuo.catalogue.lints import guide, language, limits, notices, proof, questions, retention, whole
from yinuo.catalogue.lints.problem import Lint
from yinuo.catalogue.loading import Catalogue, Entry
from yinuo.catalogue.reader import Finding

LINTS: tuple[Lint, ...] = (
    limits.promised_within_statutory,
    limits.statutory_has_ground,
    limits.immediate_means_a_day,
    limits.grounds_exist,
    limits.permits_have_a_limit,
    limits.units_follow_the_law,
    limits.silence_has_a_day,
    guide.branch_and_topics_exist,
    guide.visits_have_reasons,
    guide.no_visit_no_original,
    guide.no_name_where_none_is_given,
    guide.can_be_reached,
    guide.somebody_answers,
    guide.fees_are_whole,
    guide.results_show_something,
    guide.keys_are_unique,
    questions.fields_are_sound,
    questions.conditions_are_sound,
    questions.everything_is_used,
    proof.scenarios_are_enough,
    language.names_are_plain,
    language.words_are_tidy,
    language.words_are_plain,
    language.english_is_english,
)
OVERALL: tuple[Callable[[Catalogue], Iterator[Finding]], ...] = (
    whole.same_names,
    whole.same_services,
    whole.hot_items_exist,
    whole.routes_fit_posts,
    whole.paths_lead_somewhere,
    whole.terms_stand_once,
    whole.meanings_are_plain,
    notices.notices_are_sound,
    retention.retention_is_sound,
)


def lint(entry: Entry, catalogue: Catalogue) -> Iterator[Finding]:
    for one in LINTS:
        for path, message in one(entry, catalogue):
            yield entry.source.finding(path, message)


def lint_overall(catalogue: Catalogue) -> Iterator[Finding]:
    """What no single item shows."""
    for one in OVERALL:
        yield from one(catalogue)
