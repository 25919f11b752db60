"""Open data over HTTP: the page, the files, the guides for search engines, the sitemap."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings
from support.visits import shown

from yinuo.apps.items.models import Publication
from yinuo.apps.items.queries import catalogue, edition, forget
from yinuo.catalogue import facts
from yinuo.catalogue.exchange_columns import EXTENSION, ITEM, MATERIAL
from yinuo.core.item import Fee
from yinuo.web import structured
from yinuo.web.hall.open_data import FILES

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]
TABLES = {
    "items.csv": list(facts.COLUMNS),
    "exchange/items.csv": list(ITEM),
    "exchange/extension.csv": list(EXTENSION),
    "exchange/materials.csv": list(MATERIAL),
}
PATHS = [file.path for file in FILES]
ORIGIN = "https://hall.example"


@pytest.fixture
def another_publication() -> Iterator[None]:
    forget()
    yield
    forget()


def fetched(path: str, **headers: str) -> Any:
    return Client().get(f"/open-data/{path}", headers=headers)


def rows(path: str) -> list[dict[str, str]]:
    text = fetched(path).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(("lang", "says"), [("zh-hans", "开放数据"), ("en", "Open data")])
def test_the_page_names_every_file_its_size_licence_and_time(lang: str, says: str) -> None:
    client = Client()
    client.post("/preferences/", {"language": lang})
    response = client.get("/open-data/")
    words = shown(response)
    assert says in words
    assert "Apache-2.0" in words
    assert "2026" in words
    assert edition().version[:16] in words
    for path in PATHS:
        assert f'href="/open-data/{path}"' in response.content.decode()
        assert path in words
    assert len(re.findall(r"\d\s(?:KB|MB|bytes|字节)", words)) >= len(PATHS)


def test_every_page_leads_to_it() -> None:
    assert 'href="/open-data/"' in Client().get("/windows/").content.decode()


@pytest.mark.parametrize(("path", "columns"), TABLES.items())
def test_a_table_opens_in_a_spreadsheet_and_has_its_columns(path: str, columns: list[str]) -> None:
    response = fetched(path)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert list(rows(path)[0]) == columns
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows(path) for cell in row.values())


def test_the_tables_hold_every_item_and_every_material() -> None:
    items = catalogue().items
    assert [row["id"] for row in rows("items.csv")] == list(items)
    assert [row["row_guid"] for row in rows("exchange/items.csv")] == list(items)
    assert [row["row_guid"] for row in rows("exchange/extension.csv")] == list(items)
    assert len(rows("exchange/materials.csv")) == sum(len(item.materials) for item in items.values())


@override_settings(ORIGIN=f"{ORIGIN}/")
def test_the_addresses_in_the_files_are_those_of_the_deployment() -> None:
    for row in rows("exchange/items.csv"):
        assert row["link_addr"] == f"{ORIGIN}/items/{row['row_guid']}/"


def test_the_whole_catalogue_is_json_with_licence_and_publication() -> None:
    response = fetched("catalogue.json")
    value = json.loads(response.content)
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert value["licence"] == "Apache-2.0"
    assert value["publication"]["version"] == edition().version
    assert datetime.fromisoformat(value["publication"]["published_at"]) == edition().published_at
    assert {one["id"]: one["name"]["en"] for one in value["items"]} == {
        key: item.name.en for key, item in catalogue().items.items()
    }


@pytest.mark.parametrize("path", PATHS)
def test_whoever_has_a_file_already_is_told_so(path: str) -> None:
    first = fetched(path)
    assert first.status_code == 200
    for again in (
        fetched(path, if_none_match=first["ETag"]),
        fetched(path, if_none_match=f'"other", W/{first["ETag"]}'),
        fetched(path, if_modified_since=first["Last-Modified"]),
    ):
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == first["ETag"]
    assert fetched(path, if_none_match='"other"').status_code == 200
    assert fetched(path, if_modified_since="Thu, 01 Jan 2015 00:00:00 GMT").status_code == 200


def test_packed_and_plain_are_the_same_file_under_different_tags() -> None:
    plain, packed = fetched("catalogue.json"), fetched("catalogue.json", accept_encoding="br, gzip;q=0.8")
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    assert fetched("catalogue.json", accept_encoding="gzip;q=0, br")["ETag"] == plain["ETag"]


def test_a_new_publication_is_a_new_file(another_publication: None) -> None:
    before, old = fetched("catalogue.json"), edition()
    later = datetime(2026, 9, 1, tzinfo=UTC)
    Publication.objects.create(folder=old.version, items=len(old.catalogue.entries), published_at=later)
    forget()
    after = fetched("catalogue.json", if_none_match=before["ETag"])
    assert after.status_code == 200
    assert after["Last-Modified"] == "Tue, 01 Sep 2026 00:00:00 GMT"
    assert json.loads(after.content)["publication"]["published_at"] == "2026-09-01T00:00:00+00:00"


@pytest.mark.parametrize("path", ["", *PATHS])
def test_nothing_is_posted_to_it(path: str) -> None:
    assert Client().post(f"/open-data/{path}").status_code == 405
    assert Client().head(f"/open-data/{path}").status_code == 200


def test_a_file_that_does_not_exist_is_not_found() -> None:
    assert fetched("exchange/secrets.csv").status_code == 404


def embedded(path: str, lang: str = "zh-hans") -> Any:
    client = Client()
    client.post("/preferences/", {"language": lang})
    page = client.get(path).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


@override_settings(ORIGIN=ORIGIN)
def test_a_guide_carries_its_facts_for_search_engines() -> None:
    thing = embedded("/items/jg-vehicle-transfer/")
    assert (thing["@context"], thing["@type"]) == ("https://schema.org", "GovernmentService")
    assert thing["name"] == "机动车转让登记（本地）"
    assert thing["serviceType"] == "交管"
    assert thing["provider"]["@type"] == "GovernmentOrganization"
    assert all(thing["provider"][key] for key in ("name", "telephone", "address"))
    assert thing["areaServed"]["name"] == "白城市"
    assert thing["audience"]["audienceType"] == "个人、企业、其他单位"
    assert thing["url"] == f"{ORIGIN}/items/jg-vehicle-transfer/"
    assert thing["termsOfService"] == "《机动车登记规定》第二十五条、第二十六条"
    assert thing["mainEntityOfPage"]["inLanguage"] == "zh-Hans"
    assert (thing["offers"]["price"], thing["offers"]["priceCurrency"]) == ("110", "CNY")
    assert [place["name"] for place in thing["availableChannel"][2]["serviceLocation"]][:1] == [
        "白城市公安局洮北分局交通警察大队"
    ]


def test_it_speaks_the_language_of_the_page() -> None:
    thing = embedded("/items/jg-vehicle-transfer/", "en")
    assert thing["name"] == "Transfer of a vehicle within the city"
    assert thing["mainEntityOfPage"]["inLanguage"] == "en"
    assert thing["termsOfService"].endswith("Articles 25 and 26")


def test_every_guide_has_such_a_block_and_a_price_where_one_is_known() -> None:
    for item in catalogue().items.values():
        offer = embedded(f"/items/{item.id}/")["offers"]
        if item.fee is None:
            assert offer["price"] == "0", item.id
        else:
            assert ("price" in offer) is (item.fee.amount is not None), item.id
            assert offer.get("price") != "0", item.id


def test_a_fee_that_depends_has_no_price_but_words() -> None:
    from support.items import item, words

    depends = Fee(None, ground="价费字", note=words("看里程"))
    thing = structured.service(item(fee=depends), catalogue(), "zh", ORIGIN)
    assert thing["offers"] == {"@type": "Offer", "priceCurrency": "CNY", "description": "看里程"}


def test_a_sample_city_says_that_it_is_one() -> None:
    assert catalogue().city.is_sample
    assert embedded("/items/xf-recheck/")["disambiguatingDescription"] == catalogue().city.note.zh


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a & b > c", "\u2028'\""]
)
def test_no_text_can_end_the_block(text: str) -> None:
    made = structured.embedded({"name": text})
    assert not set("<>&") & set(made)
    assert json.loads(made) == {"name": text}


def test_the_block_is_data_and_the_policy_still_allows_no_script() -> None:
    response = Client().get("/items/jg-vehicle-transfer/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    scripts = re.findall(r"<script\b[^>]*>", response.content.decode())
    assert scripts == ['<script type="application/ld+json">']


@override_settings(ORIGIN=ORIGIN)
def test_the_sitemap_lists_every_guide_branch_and_topic_and_each_page_is_there() -> None:
    response = Client().get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [one.text or "" for one in ElementTree.fromstring(response.content).findall("s:url/s:loc", space)]
    items = catalogue().items.values()
    wanted = {f"{ORIGIN}/items/{item.id}/" for item in items}
    wanted |= {f"{ORIGIN}/branches/{item.branch}/" for item in items}
    wanted |= {f"{ORIGIN}/topics/{key}/" for item in items for key in item.topics}
    fixed = {f"{ORIGIN}/{path}" for path in ("", "branches/", "windows/", "figures/", "open-data/")}
    assert set(found) == wanted | fixed
    assert len(found) == len(set(found))
    for address in found:
        assert Client().get(address.removeprefix(ORIGIN)).status_code == 200, address


@override_settings(ORIGIN=ORIGIN)
def test_search_engines_are_kept_out_of_what_is_not_public() -> None:
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /desk/", "Disallow: /apply/", "Disallow: /cases/"} <= set(lines)
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in lines
