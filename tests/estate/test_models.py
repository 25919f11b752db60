"""The tables: every change of a model has its migration."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command


def test_no_migration_is_missing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def test_every_model_of_ours_has_a_table_that_can_be_asked(db: None) -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("yinuo.")]
    assert len(ours) >= 9
    for model in ours:
        assert model._default_manager.count() >= 0
