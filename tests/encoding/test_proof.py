"""The proof that ftfy would leave a text alone, and the faster way through ftfy, against the ftfy that is installed.

`bench/encoding.py --fuzz 500000` runs the same on many more strings.
"""

import random

import ftfy
import pytest
from ftfy.badness import BADNESS_RE

from transforms.encoding import mojibake, proof
from transforms.encoding.edits import apply

from .scraps import texts


def repaired(text: str) -> str:
    return apply(text, mojibake.find_mojibake(text, proof.Survey(text)))


def test_ftfy_is_understood():
    assert proof._ALTERNATIVES is not None, "this ftfy's badness expression has new parts: slower, not wrong"


def test_every_pair_of_mojibake_characters():
    alphabet = sorted(proof._EVER)
    rng = random.Random(2)
    everything = proof.any_suspicion()
    pairs = [a + b for a in alphabet for b in alphabet]
    for pair in rng.sample(pairs, 8_000):
        for text in (pair, "a" + pair, pair + " ", " " + pair + "b"):
            bad = BADNESS_RE.search(text) is not None
            assert (everything.search(text) is not None) == bad, ascii(text)
            assert (proof.Survey(text).suspicion().search(text) is not None) == bad, ascii(text)


@pytest.mark.parametrize("seed", range(4))
def test_differential(seed):
    proved = 0
    for text in texts(400, seed):
        want = ftfy.fix_text(text, proof.CONFIG)
        if proof.unchanged(text):
            proved += 1
            assert want == text, ascii(text)
        assert repaired(text) == want, ascii(text)
    assert proved > 20


def test_segments_are_cut_as_ftfy_cuts_them(monkeypatch):
    config = proof.CONFIG._replace(max_decode_length=7)
    monkeypatch.setattr(proof, "CONFIG", config)
    monkeypatch.setattr(mojibake, "CONFIG", config)
    monkeypatch.setattr(proof, "SEGMENT", 7)
    for text in texts(300, 9):
        assert repaired(text) == ftfy.fix_text(text, config), ascii(text)


def test_a_newer_ftfy_is_used_as_it_is(monkeypatch):
    monkeypatch.setattr(proof, "_ALTERNATIVES", None)
    proof.any_suspicion.cache_clear()
    try:
        for text in texts(200, 4):
            assert repaired(text) == ftfy.fix_text(text, proof.CONFIG), ascii(text)
    finally:
        proof.any_suspicion.cache_clear()
