"""Repair: the cases a person can read and extend, and what must hold for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.encoding import RULES, Repair, repair, repair_pieces
from transforms.encoding.results import MAX_PLACES

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text("utf-8"))
TEXTS = json.loads((HERE / "texts.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["note"])
def test_case(case):
    got = repair(case["damaged"])
    if case.get("known_failure"):
        assert got.text != case["repaired"], "this works now: take the mark off"
        return
    assert got.text == case["repaired"]
    assert bool(got.repairs) == (case["damaged"] != case["repaired"])
    assert repair(got.text).repairs == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_each_rule_does_what_its_example_says(rule):
    got = repair(rule.damaged)
    assert got.text == rule.repaired
    assert rule.name in [r.rule for r in got.repairs]
    assert rule.find.__doc__ and rule.wrong_when and rule.about


def test_every_recorded_name_is_in_the_table():
    names = {r.rule for case in CASES for r in repair(case["damaged"]).repairs}
    assert names <= {rule.name for rule in RULES}


@pytest.mark.parametrize("language", TEXTS)
def test_clean_text_is_the_same_object(language):
    for text in [*TEXTS[language], "\n\n".join(TEXTS[language])]:
        got = repair(text)
        assert got.text is text
        assert got.repairs == ()


def _read_as(text: str, encoding: str) -> str:
    raw = text.encode()
    if encoding != "cp1252":
        return raw.decode(encoding)
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in raw)


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_mojibake_of_any_language_comes_back(language, encoding):
    for text in TEXTS[language]:
        assert repair(_read_as(text, encoding)).text == text
    whole = "\n\n".join(TEXTS[language])
    assert repair(_read_as(whole, encoding)).text == whole


def test_places_are_those_of_the_text_before():
    text = "one\r\ntwo don&#8217;t\r\nthree\x00 couldn=E2=80=99t"
    got = {r.rule: r for r in repair(text).repairs}
    assert text[got["line_breaks"].where[0]] == "\r"
    assert text[got["entities"].where[0]] == "&"
    assert text[got["control_characters"].where[0]] == "\0"
    assert text[got["quoted_printable"].where[0]] == "="
    assert got["line_breaks"] == Repair("line_breaks", 2, (3, text.index("\r", 5)))


def test_places_are_bounded_and_counts_are_not():
    got = repair("a\x00" * 500)
    assert got.repairs[0].count == 500
    assert len(got.repairs[0].where) == MAX_PLACES


def test_pieces_share_their_evidence():
    mac = "“Not here,” she said. We can’t.".encode().decode("mac_roman")
    pieces = ["He owed £5 at the cafÃ©.\n\n", mac + "\n\n", "", "  \n\n", "It&#8217;s over &lt;3\n\n"]
    repaired, repairs = repair_pieces(pieces)
    assert "".join(repaired) == repair("".join(pieces)).text
    assert repaired == ("He owed £5 at the café.\n\n", "“Not here,” she said. We can’t.\n\n", "", "  \n\n", "It’s over <3\n\n")
    assert {r.rule for r in repairs} >= {"entities"}


def test_evidence_in_one_piece_serves_the_other():
    # Alone, the reference in the second could be meant.
    assert repair("salt &lt;and&gt; smoke").repairs == ()
    assert repair_pieces(["don&#8217;t\n\n", "salt &lt;and&gt; smoke\n\n"])[0][1] == "salt <and> smoke\n\n"


def test_clean_pieces_come_back_as_they_are():
    pieces = ("“Yes.”\n\n", "", "No\n\n")
    assert repair_pieces(pieces) == (pieces, ())
    assert repair_pieces([]) == ((), ())


def test_a_change_across_pieces_loses_nothing():
    repaired, _ = repair_pieces(["one\r", "\ntwo\r", "\n"])
    assert repaired == ("one\n", "two\n", "")
    repaired, _ = repair_pieces(["cafe", "\u0301 noir"])
    assert len(repaired) == 2 and "".join(repaired) == "café noir"


@pytest.mark.parametrize(
    "text",
    [
        "&" + "amp;" * 60_000,
        "&" + "#38;" * 60_000,
        "<a " * 60_000 + "&#8217;t",
        "=E2=80=99=\n" * 30_000,
        "â" * 60_000,
        "don\ufffdt \ufffd" * 20_000,
        "the don?t and he said ?" * 8_000,
        "ÒA" * 60_000,
        "Ïðèâåò " * 20_000,
        "I鈥檓 " * 20_000,
        "\x1b[" + "0;" * 60_000,
        "\ud83d" * 30_000,
        "a" + "\u0301" * 60_000,
        "“RenÃ©e” spelled " * 10_000,
        "³a" * 60_000,
        "\\u2019" * 30_000,
        "aEUR" * 40_000,
    ],
    ids=lambda t: ascii(t[:8]),
)
def test_long_pathological_lines_end(text):
    got = repair(text)
    got.text.encode("utf-8")
    assert repair(got.text).repairs == ()


# Pieces from which damaged text of all kinds is put together.
_SCRAPS = st.sampled_from(
    [c["damaged"] for c in CASES]
    + [
        "â€™",
        "â€",
        "Ã©",
        "Ã",
        "&amp;",
        "&#8217;",
        "&lt;",
        "<3",
        "<i>",
        "don",
        "t ",
        "\ufffd",
        "\x9d",
        "\x85",
        "\r",
        "\n",
        "?",
        "\ud83d",
    ]
    + [
        "“",
        "”",
        "’",
        "=E2=80=99",
        "=\n",
        "%E2%80%99",
        "\\u2019",
        "\u200b",
        "\xad",
        "\ufeff",
        "¹",
        "í",
        "Õ",
        "鈥",
        "窶",
        "ÔÇÖ",
        "ã©",
    ]
)
_DAMAGED = st.lists(st.one_of(_SCRAPS, st.text(max_size=6)), max_size=8)


@settings(max_examples=150, deadline=None)
@given(_DAMAGED)
def test_repair_is_idempotent_and_encodable(pieces):
    got = repair("".join(pieces))
    got.text.encode("utf-8")
    assert repair(got.text).repairs == ()
    assert all(r.count >= 1 and list(r.where) == sorted(r.where) for r in got.repairs)
    assert all(0 <= place <= len("".join(pieces)) for r in got.repairs for place in r.where)


@settings(max_examples=100, deadline=None)
@given(_DAMAGED)
def test_pieces_are_the_text_cut(pieces):
    repaired, repairs = repair_pieces(pieces)
    whole = repair("".join(pieces))
    assert len(repaired) == len(pieces)
    assert "".join(repaired) == whole.text
    assert repairs == whole.repairs


def test_the_documentation_has_the_table():
    from transforms.encoding.rules import table

    assert table() in (HERE.parents[1] / "docs" / "encoding.md").read_text("utf-8")
