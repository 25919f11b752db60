"""`yinuo export`, `yinuo import` and `yinuo schema` from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.catalogues import SAMPLE, alone, findings

OTHER = Path("baicheng/items/huzheng/hz-id-reissue-lost.yaml")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue with the sample item alone, and the commands look at it."""
    root = tmp_path / "catalogue"
    alone(root, SAMPLE)
    monkeypatch.setenv("YINUO_CATALOGUE", str(root))
    return root


def test_an_item_goes_from_one_city_to_another(
    yinuo: Any, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, _ = yinuo("export", "jg-vehicle-transfer", "--to", tmp_path / "transfer.zip")
    assert (status, out.startswith(str(tmp_path / "transfer.zip"))) == (0, True)
    other = tmp_path / "other"
    alone(other, OTHER)
    monkeypatch.setenv("YINUO_CATALOGUE", str(other))
    status, out, _ = yinuo("import", tmp_path / "transfer.zip")
    assert (status, out) == (0, "1 items, 1 new laws\n")
    assert findings(other) == []
    assert (other / SAMPLE).is_file()


def test_without_a_name_everything_is_exported(yinuo: Any, here: Path, tmp_path: Path) -> None:
    assert yinuo("export", "--to", tmp_path / "all.zip")[0] == 0
    assert yinuo("import", tmp_path / "all.zip")[:2] == (0, "1 items, 0 new laws\n")


def test_an_item_that_is_not_there_cannot_be_exported(yinuo: Any, here: Path, tmp_path: Path) -> None:
    status, _, err = yinuo("export", "jg-no-such", "--to", tmp_path / "x.zip")
    assert (status, err) == (1, "yinuo export: there is no item jg-no-such\n")
    assert not (tmp_path / "x.zip").exists()


def test_versions_and_items_are_not_mixed(yinuo: Any, here: Path, tmp_path: Path) -> None:
    status, _, err = yinuo("export", "jg-vehicle-transfer", "a@b", "--to", tmp_path / "x.zip")
    assert (status, "either published versions or items" in err) == (2, True)


def test_what_differs_is_told_and_kept(yinuo: Any, here: Path, tmp_path: Path) -> None:
    yinuo("export", "--to", tmp_path / "all.zip")
    own = here / SAMPLE
    own.write_text(own.read_text().replace("amount: 110", "amount: 120"))
    status, out, _ = yinuo("import", tmp_path / "all.zip")
    assert status == 1
    assert "is here already and differs" in out
    assert out.endswith("1 findings: the catalogue stays as it was\n")
    assert yinuo("import", "--replace", tmp_path / "all.zip")[0] == 0
    assert "amount: 110" in own.read_text()


@pytest.mark.parametrize(("content", "said"), [(b"no zip", "is no package"), (None, "No such file")])
def test_a_file_that_is_no_package_is_refused(
    yinuo: Any, here: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "x.zip").write_bytes(content)
    status, _, err = yinuo("import", tmp_path / "x.zip")
    assert (status, said in err) == (1, True)


@pytest.mark.parametrize(
    ("kind", "key"), [("item", "scenarios"), ("group", "fields"), ("route", "decide_post"), ("city", "units")]
)
def test_an_editor_gets_the_schema_of_every_kind_of_file(yinuo: Any, kind: str, key: str) -> None:
    status, out, _ = yinuo("schema", kind)
    schema = json.loads(out)
    assert (status, key in schema["properties"], schema["additionalProperties"]) == (0, True, False)


def test_the_schema_tells_an_editor_what_a_condition_and_a_limit_look_like(yinuo: Any) -> None:
    definitions = json.loads(yinuo("schema")[1])["$defs"]
    promised = definitions["ItemLimitShape"]["properties"]["promised"]
    assert promised["pattern"] == "^(now|[1-9][0-9]*(wd|cd|mo|h))( no-roll)?$"
    when = definitions["MaterialShape"]["properties"]["when"]["anyOf"][0]
    assert "at_least" in when["properties"]
