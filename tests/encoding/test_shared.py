"""The labelled damage cases and the public-domain texts that lie beside the project, where they are."""

import base64
import collections
import importlib.util
import sys
from pathlib import Path

import pytest

from transforms.encoding import decode, repair

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="no shared material beside the project")


@pytest.fixture(scope="module")
def cases():
    path = SHARED / "bench" / "encoding_cases.py"
    spec = importlib.util.spec_from_file_location("encoding_cases", path)
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module.build()


def test_damage_cases(cases):
    counts = collections.defaultdict(collections.Counter)
    for case in cases:
        text = decode(base64.b64decode(case["damaged_b64"])).text if "damaged_b64" in case else case["damaged"]
        got = repair(text).text
        counts[case["class"]]["right" if got == case["expected"] else "untouched" if got == text else "wrong"] += 1
    share = {k: (c["right"] / c.total(), c["wrong"] / c.total()) for k, c in counts.items()}
    assert share["exact"][0] >= 0.96
    assert share["evidence"][0] >= 0.45 and share["evidence"][1] <= 0.04
    assert share["lost"][0] == share["clean"][0] == 1


def test_public_domain_texts_are_left_alone():
    changed = {}
    for path in sorted((SHARED / "gold" / "public_domain" / "texts").glob("*.txt")):
        got = repair(decode(path.read_bytes()).text)
        if got.repairs:
            changed[path.name] = [(r.rule, r.count) for r in got.repairs]
    # One of them is damaged: "an old abbÃ© with a book".
    assert changed == {"cherry1.txt": [("utf8_as_latin1", 1)]}
