"""Packages: what is packed comes out whole elsewhere, old formats too, and nothing strange gets in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
import yaml
from support.catalogues import CITY, ROOT, SAMPLE, alone, findings, sample, whole

from yinuo.catalogue.importing import take_in
from yinuo.catalogue.loading import load
from yinuo.catalogue.packages import LAWS, MANIFEST, Package, pack, pack_published, unpack
from yinuo.catalogue.upgrading import FORMAT, STEPS
from yinuo.core.errors import Refusal

OTHER = "hz-id-reissue-lost"


def unpacked(content: bytes) -> Package:
    package = unpack(content)
    assert isinstance(package, Package), package
    return package


def refusal(content: bytes) -> Refusal:
    result = unpack(content)
    assert isinstance(result, Refusal)
    return result


def zipped(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Another catalogue, with the sample item alone."""
    alone(tmp_path, SAMPLE)
    return tmp_path


def test_a_package_holds_the_item_and_just_what_it_stands_on() -> None:
    content = pack(sample(), ["jg-vehicle-transfer"], ROOT)
    assert names(content) == sorted(names(content))
    package = unpacked(content)
    entry = whole().entries["jg-vehicle-transfer"]
    expected = {f"items/jiaoguan/{entry.item.id}.yaml", f"routes/{entry.item.route.id}.yaml"}
    assert set(package.files) == expected | {f"fields/{key}.yaml" for key in entry.bundle["groups"]}
    assert {law["id"] for law in package.laws} == {"vehicle-registration-rules"}
    assert (package.city, package.items) == (CITY, ("jg-vehicle-transfer",))


def test_equal_items_make_equal_bytes() -> None:
    assert pack(whole(), [OTHER], ROOT) == pack(whole(), [OTHER], ROOT)


def test_a_package_is_taken_in_whole_and_the_item_is_the_same_there(place: Path) -> None:
    package = unpacked(pack(whole(), [OTHER], ROOT))
    done = take_in(package, place, CITY)
    assert done.findings == ()
    assert set(done.laws) == {law["id"] for law in package.laws} - {"vehicle-registration-rules"}
    moved = load(place)
    assert moved.entries[OTHER].item.version == whole().entries[OTHER].item.version
    assert findings(place) == []


def test_taking_the_same_package_in_again_changes_nothing(place: Path) -> None:
    package = unpacked(pack(whole(), [OTHER], ROOT))
    take_in(package, place, CITY)
    before = {path: path.read_bytes() for path in place.rglob("*.yaml")}
    again = take_in(package, place, CITY)
    assert (again.findings, again.laws) == ((), ())
    assert {path: path.read_bytes() for path in place.rglob("*.yaml")} == before


def test_what_is_here_and_differs_is_kept_unless_the_package_is_to_replace_it(place: Path) -> None:
    own = place / SAMPLE
    own.write_text(own.read_text().replace("amount: 110", "amount: 120"))
    package = unpacked(pack(whole(), ["jg-vehicle-transfer"], ROOT))
    refused = take_in(package, place, CITY)
    assert [finding.file for finding in refused.findings] == [SAMPLE.as_posix()]
    assert "amount: 120" in own.read_text()
    assert take_in(package, place, CITY, replace=True).findings == ()
    assert "amount: 110" in own.read_text()


def test_a_package_with_a_finding_leaves_the_catalogue_as_it_was(place: Path) -> None:
    package = unpacked(pack(whole(), [OTHER], ROOT))
    broken = {name: text.replace("kind: '", "kind: 'x") for name, text in package.files.items()}
    before = {path: path.read_bytes() for path in place.rglob("*.yaml")}
    done = take_in(Package(package.city, package.items, broken, package.laws), place, CITY)
    assert [finding.path for finding in done.findings] == ["kind"]
    assert {path: path.read_bytes() for path in place.rglob("*.yaml")} == before


def test_a_bundle_of_the_first_format_becomes_a_package_of_today(place: Path) -> None:
    bundle = whole().entries[OTHER].bundle
    package = unpacked(zipped({"bundle.json": json.dumps(bundle)}))
    assert package.items == (OTHER,)
    laws = unpacked(pack(whole(), [OTHER], ROOT)).laws
    done = take_in(Package("", package.items, package.files, laws), place, CITY)
    assert done.findings == ()
    assert load(place).entries[OTHER].item.version == whole().entries[OTHER].item.version


def test_a_published_version_is_packed_from_what_was_kept_of_it() -> None:
    package = unpacked(pack_published([whole().entries[OTHER].bundle], CITY, ROOT))
    (item,) = (yaml.safe_load(text) for name, text in package.files.items() if name.startswith("items/"))
    assert item["id"] == OTHER
    assert {law["id"] for law in package.laws} == {
        law["id"] for law in unpacked(pack(whole(), [OTHER], ROOT)).laws
    }


def test_every_format_before_todays_has_its_step() -> None:
    assert set(STEPS) == set(range(1, FORMAT))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no-package"),
        (b"PK\x03\x04 is not enough", "no-package"),
        (zipped({"bundle.json": "{}"}), "damaged-package"),
        (zipped({"bundle.json": "[1"}), "damaged-package"),
        (zipped({MANIFEST: "{}"}), "damaged-package"),
        (zipped({MANIFEST: '{"format": 99, "city": "x", "items": []}'}), "unknown-format"),
        (zipped({MANIFEST: '{"format": 0, "city": "x", "items": []}'}), "unknown-format"),
        (zipped({MANIFEST: '{"format": 2, "city": "x", "items": [1]}'}), "damaged-package"),
        (zipped({MANIFEST: '{"format": 2, "city": "x", "items": []}', LAWS: "a: [" }), "damaged-package"),
        (zipped({MANIFEST: '{"format": 2, "city": "x", "items": []}', LAWS: "a: 1"}), "damaged-package"),
        (zipped({"../laws.yaml": "x"}), "strange-file"),
        (zipped({"items/../../x.yaml": "x"}), "strange-file"),
        (zipped({"/etc/x.yaml": "x"}), "strange-file"),
        (zipped({"items/a/b/c.yaml": "x"}), "strange-file"),
        (zipped({"routes/x.sh": "x"}), "strange-file"),
        (zipped({"city.yaml": "x"}), "strange-file"),
        (zipped({f"routes/r{n}.yaml": "" for n in range(5_001)}), "too-large-package"),
    ],
)  # fmt: skip
def test_what_is_no_package_is_refused(content: bytes, code: str) -> None:
    assert refusal(content).code == code


def test_an_id_that_does_not_exist_cannot_be_packed() -> None:
    with pytest.raises(KeyError):
        pack(sample(), ["no-such-item"], ROOT)
