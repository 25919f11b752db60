"""Merkle trees as in RFC 6962, section 2.1 (RFC 9162 keeps them): one hash for many leaves, proofs for one.

A leaf is hashed behind 0x00 and a node behind 0x01, so that no node can pass for a leaf. All hashes are the
32 bytes of SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

LEAF, NODE = b"\x00", b"\x01"


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The hash of the tree; that of no leaves is SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = [leaf_hash(leaf) for leaf in leaves]
    while len(level) > 1:
        level = _above(level)
    return level[0]


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The neighbours on the way from the leaf to the root, lowest first. Raises IndexError without a leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    proof, level = [], [leaf_hash(leaf) for leaf in leaves]
    while len(level) > 1:
        neighbour = index ^ 1
        if neighbour < len(level):
            proof.append(level[neighbour])
        level, index = _above(level), index // 2
    return proof


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The next level: pairs are hashed together, one that is left over goes up as it is."""
    pairs = range(0, len(level) - 1, 2)
    above = [node_hash(level[n], level[n + 1]) for n in pairs]
    return above + list(level[len(level) & ~1 :])


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf at `index` of `size` to the root: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf_hash(leaf)
    for neighbour in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(neighbour, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, neighbour)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root
