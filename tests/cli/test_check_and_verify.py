"""`yinuo check` on good and broken catalogues, `yinuo verify` on receipts and papers, the command itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.calendars import announced
from support.drafts import HOTEL, VEHICLE
from support.editions import edit, edition, path_of
from support.served import FOUNDED

from yinuo import __version__
from yinuo.apps.documents.authority import AUTHORITY_CERTIFICATE
from yinuo.apps.documents.signing import FileSigner, create_authority
from yinuo.apps.documents.typesetting import typeset
from yinuo.cli import COMMANDS, main
from yinuo.core.clock import Limit
from yinuo.core.receipt import account, moment


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return edition(tmp_path / "catalogue", path_of(VEHICLE), path_of(HOTEL))


def test_a_sound_catalogue_is_proven(yinuo: Any, root: Path) -> None:
    status, out, _ = yinuo("check", root)
    assert status == 0
    assert out.splitlines()[-1] == "2 items, 2 proven, 0 findings"


def test_one_file_can_be_checked_alone(yinuo: Any, root: Path) -> None:
    edit(root, HOTEL, "promised: 12wd", "promised: 30wd")
    assert yinuo("check", root / path_of(VEHICLE))[0] == 0
    status, out, _ = yinuo("check", root / path_of(HOTEL))
    assert status == 1
    assert all(line.startswith(path_of(HOTEL)) for line in out.splitlines()[:-2])


def test_what_is_wrong_is_said_with_file_line_and_path(yinuo: Any, root: Path) -> None:
    edit(root, VEHICLE, "route: reviewed", "route: no-such-route")
    status, out, err = yinuo("check", root)
    line = (root / path_of(VEHICLE)).read_text().splitlines().index("route: no-such-route") + 1
    assert status == 1
    assert any(one.startswith(f"{path_of(VEHICLE)}:{line}: route: ") for one in (out + err).splitlines())
    assert out.splitlines()[-1].endswith("1 findings")


def test_a_catalogue_that_cannot_be_loaded_counts_its_findings(yinuo: Any, root: Path) -> None:
    for file in ("baicheng/city.yaml", "calendars/cn/2026.yaml"):
        (root / file).write_text("nothing: [of the kind\n")
    status, out, err = yinuo("check", root)
    findings = [one for one in (out + err).splitlines() if ".yaml:" in one]
    assert status == 1
    assert len(findings) > 1
    assert out.splitlines()[-1] == f"0 items, 0 proven, {len(findings)} findings"


def test_what_is_no_catalogue_is_wrong_use(yinuo: Any, tmp_path: Path) -> None:
    status, out, err = yinuo("check", tmp_path / "nowhere")
    assert (status, out) == (2, "")
    assert "nowhere" in err


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    limit = Limit.parse("20wd")
    assert isinstance(limit, Limit)
    made = account(moment("2026-02-12"), limit, announced(), ground="administrative-licensing-law")
    place = tmp_path / "receipt.json"
    place.write_text(json.dumps(made.as_json(), ensure_ascii=False))
    return place


def test_a_receipt_is_recomputed(yinuo: Any, receipt: Path) -> None:
    status, out, _ = yinuo("verify", receipt)
    assert status == 0
    assert out.startswith("valid: due 2026-03-18")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("due", "2026-03-19"),
        ("start", "2026-02-11"),
        ("provisional", True),
        ("days", []),
        ("digest", "0" * 64),
        ("calendar", "0" * 64),
        ("extra", 1),
        ("limit", {"amount": 21, "unit": "working_day", "rolls": False, "ground": ""}),
    ],
)
def test_a_receipt_that_was_changed_is_not_valid(yinuo: Any, receipt: Path, key: str, value: object) -> None:
    receipt.write_text(json.dumps(json.loads(receipt.read_text()) | {key: value}))
    status, out, _ = yinuo("verify", receipt)
    assert status == 1
    assert out.startswith("NOT VALID: ")


@pytest.mark.parametrize(
    "text", ["", "hello", "[]", "null", "{}", '{"schema": "yinuo-receipt/1"}', "[" * 5000]
)
def test_what_is_no_receipt_is_not_valid(yinuo: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text)
    status, out, _ = yinuo("verify", tmp_path / "x")
    assert status == 1
    assert out.startswith("NOT VALID: ")


def test_a_file_that_is_not_there_is_wrong_use(yinuo: Any, tmp_path: Path) -> None:
    status, out, err = yinuo("verify", tmp_path / "nothing.pdf")
    assert (status, out) == (2, "")
    assert "nothing.pdf" in err


@pytest.fixture
def paper(tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A signed result in a deployment of its own."""
    from support.sheets import result_sheet

    keys = tmp_path / "keys" / "authority"
    create_authority(keys, "示例市公安局电子签名", FOUNDED)
    monkeypatch.setenv("YINUO_DATA", str(tmp_path))
    pdf = typeset("result", result_sheet())
    assert isinstance(pdf, bytes)
    place = tmp_path / "result.pdf"
    place.write_bytes(FileSigner(keys, clock=lambda: FOUNDED).sign_pdf(pdf, reason="结果", field="Yinuo"))
    return place


def test_a_paper_is_checked_against_the_deployment_or_the_named_certificate(
    yinuo: Any, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert yinuo("verify", paper)[1].startswith("valid: signed by 示例市公安局电子签名")
    monkeypatch.setenv("YINUO_DATA", str(tmp_path / "elsewhere"))
    status, _, err = yinuo("verify", paper)
    assert status == 2
    assert "certificate" in err
    trust = tmp_path / "keys" / "authority" / AUTHORITY_CERTIFICATE
    assert yinuo("verify", paper, "--trust", trust)[0] == 0


def test_a_paper_that_was_changed_or_is_of_somebody_else_is_not_valid(
    yinuo: Any, paper: Path, tmp_path: Path
) -> None:
    create_authority(tmp_path / "other", "别人", FOUNDED)
    other = tmp_path / "other" / AUTHORITY_CERTIFICATE
    assert yinuo("verify", paper, "--trust", other)[:2] == (1, "NOT VALID: untrusted\n")
    content = bytearray(paper.read_bytes())
    content[len(content) // 3] ^= 1
    paper.write_bytes(content)
    assert yinuo("verify", paper)[:2] == (1, "NOT VALID: broken\n")


def test_the_command_says_its_version_and_every_subcommand(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert __version__ in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"\n    {command}" in shown for command in COMMANDS)


@pytest.mark.parametrize("words", [[], ["explode"], ["verify"]])
def test_wrong_use_ends_with_status_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert "usage: yinuo" in capsys.readouterr().err
