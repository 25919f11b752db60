"""Merkle trees of RFC 6962: the known roots, the definition itself, and proofs that prove only the truth."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.core.merkle import inclusion, leaf_hash, node_hash, root, verify_inclusion

# The eight leaves of the tests of Certificate Transparency, and the roots over the first 0 to 8 of them.
LEAVES = [
    bytes.fromhex(one)
    for one in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
leaves = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


def split(size: int) -> int:
    """The largest power of two below the size."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def defined_root(items: list[bytes]) -> bytes:
    """MTH as RFC 6962, section 2.1 writes it down, by recursion."""
    if not items:
        return sha256(b"").digest()
    if len(items) == 1:
        return sha256(b"\x00" + items[0]).digest()
    k = split(len(items))
    return sha256(b"\x01" + defined_root(items[:k]) + defined_root(items[k:])).digest()


def defined_path(index: int, items: list[bytes]) -> list[bytes]:
    """PATH as RFC 6962, section 2.1.1 writes it down."""
    if len(items) == 1:
        return []
    k = split(len(items))
    if index < k:
        return [*defined_path(index, items[:k]), defined_root(items[k:])]
    return [*defined_path(index - k, items[k:]), defined_root(items[:k])]


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    assert root(LEAVES[:size]).hex() == defined_root(LEAVES[:size]).hex() == ROOTS[size]


@given(leaves)
def test_the_root_is_the_one_that_is_defined(items: list[bytes]) -> None:
    assert root(items) == defined_root(items)


@given(leaves, st.data())
def test_a_proof_is_the_one_that_is_defined_and_proves(items: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(items) - 1))
    proof = inclusion(items, index)
    assert proof == defined_path(index, items)
    assert verify_inclusion(items[index], index, len(items), proof, root(items))


@given(leaves, st.data())
def test_a_proof_proves_nothing_else(items: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(items) - 1))
    leaf, size, proof, top = items[index], len(items), inclusion(items, index), root(items)
    other = data.draw(st.integers(-2, size + 2).filter(lambda n: n != index))
    assert not verify_inclusion(leaf + b"x", index, size, proof, top)
    assert not verify_inclusion(leaf, index, size, proof, leaf_hash(top))
    assert not verify_inclusion(leaf, index, size, [*proof, top], top)
    if not 0 <= other < size or items[other] != leaf:
        assert not verify_inclusion(leaf, other, size, proof, top)
    for n in range(len(proof)):
        flipped = bytes([proof[n][0] ^ 1]) + proof[n][1:]
        assert not verify_inclusion(leaf, index, size, [*proof[:n], flipped, *proof[n + 1 :]], top)
        assert not verify_inclusion(leaf, index, size, [*proof[:n], *proof[n + 1 :]], top)


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=40), st.data())
def test_whatever_is_changed_changes_the_root(items: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(items) - 1))
    changed = [*items[:index], items[index] + b"x", *items[index + 1 :]]
    shorter = [*items[:index], *items[index + 1 :]]
    assert len({root(items), root(changed), root(shorter), root([*items, b""])}) == 4


def test_a_node_does_not_pass_for_a_leaf() -> None:
    top = root([b"a", b"b"])
    assert root([leaf_hash(b"a") + leaf_hash(b"b")]) != top
    assert node_hash(leaf_hash(b"a"), leaf_hash(b"b")) == top


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_what_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion([b"a", b"b", b"c"], index)
    assert not verify_inclusion(b"a", index, 3, [], root([b"a", b"b", b"c"]))
