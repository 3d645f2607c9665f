"""Decoding: every encoding of the test texts, mixed files, and any bytes at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.encoding import HOW, decode

TEXTS = json.loads((Path(__file__).parent / "texts.json").read_text("utf-8"))
ENGLISH = "\n\n".join(t for t in TEXTS["en"] if not set(t) & set("♥−")) + "\n"


@pytest.mark.parametrize("language", TEXTS)
def test_utf8(language):
    text = "\n".join(TEXTS[language])
    assert decode(text.encode()) == decode(text.encode(), "windows-1251")
    got = decode(text.encode())
    assert (got.text, got.encoding, got.how, got.doubtful_lines) == (text, "utf-8", "utf-8", 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_marks_are_taken_off(encoding):
    got = decode(("\ufeff" + ENGLISH).encode(encoding))
    assert (got.text, got.encoding, got.how) == (ENGLISH, encoding, "bom")
    assert decode(("\ufeff\ufeff" + ENGLISH).encode(encoding)).text == ENGLISH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["en", "fr", "ru", "el", "vi"])
def test_utf16_without_a_mark(language, encoding):
    text = "\n".join(TEXTS[language])
    got = decode(text.encode(encoding))
    assert (got.text, got.how) == (text, "utf-16-nuls")


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *(("en", e) for e in ("cp1252", "mac_roman")),
        *((lang, e) for lang in ("fr", "de", "es") for e in ("cp1252", "mac_roman")),
        *(("ru", e) for e in ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")),
        *(("el", e) for e in ("cp1253", "iso8859_7")),
        *(("pl", e) for e in ("cp1250",)),
        *(("tr", e) for e in ("cp1254",)),
        *(("zh", e) for e in ("gb18030",)),
        *(("ja", e) for e in ("cp932", "euc_jp", "iso2022_jp")),
        *(("ko", e) for e in ("cp949",)),
    ],
)
def test_old_encodings(language, encoding):
    text = ("\n".join(TEXTS[language]) + "\n") * 3
    text = text.encode(encoding, "ignore").decode(encoding)
    got = decode(text.encode(encoding))
    assert got.text == text
    assert got.how in HOW and got.detail


@pytest.mark.parametrize("piece", ["’s ", " Renée ", "—", " “No,” "])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_one_sign_in_much_english(piece, encoding):
    text = "the road went down to the water and nobody was there to see it " * 200
    text = text[:6000] + piece + text[6000:]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("other", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("which", [0, 3, 7, 15])
def test_mixed_lines(other, which):
    lines = ENGLISH.splitlines(keepends=True)
    raw = b"".join(line.encode(other if i // 2 == which else "utf-8") for i, line in enumerate(lines))
    got = decode(raw)
    assert got.text == ENGLISH
    assert (got.how, got.encoding) == ("line-wise", "cp1252" if other == "cp1252" else "mac-roman")
    assert got.doubtful_lines == 1


def test_utf8_page_in_an_old_template():
    raw = b"\xa9 1999 Archive \x97 all rights reserved\n" + ENGLISH.encode() + b"\xab back \xbb\n"
    assert decode(raw).text == "© 1999 Archive — all rights reserved\n" + ENGLISH + "« back »\n"


def test_a_cut_end_and_a_stray_byte_do_not_turn_the_file_over():
    raw = ENGLISH.encode()
    cut = raw[: raw.rindex("”".encode()) + 2]
    got = decode(cut)
    assert got.how == "utf-8-stray" and got.doubtful_lines == 1
    assert got.text == ENGLISH[: ENGLISH.rindex("”")] + "\ufffd"
    got = decode("“Yes.”\nplain words only".encode() + "…".encode()[:2])
    assert got.text == "“Yes.”\nplain words only\ufffd"
    got = decode(raw.replace(b"raining", b"rain\xffing"))
    assert got.text == ENGLISH.replace("raining", "rain\ufffding")


def test_a_lone_quote_of_cp1252_in_a_utf8_line_is_read():
    got = decode("“It is late,” she said. “We can’t.”\n".encode().replace("’".encode(), b"\x92"))
    assert got.text == "“It is late,” she said. “We can’t.”\n"


def test_the_declared_encoding_is_a_hint():
    text = "“We can’t stay,” she said."
    assert decode(text.encode("cp1252"), "iso-8859-1").text == text
    assert decode(text.encode("cp1252"), "iso-8859-1").how == "declared"
    assert decode(text.encode(), "iso-8859-1").text == text  # it is UTF-8, whatever is declared
    russian = "\n".join(TEXTS["ru"])
    assert decode(russian.encode("koi8_r", "ignore"), "windows-1252").text == russian.encode("koi8_r", "ignore").decode("koi8_r")
    for nonsense in ("", "no such thing", "utf-8", "base64", "\0", "x" * 10_000, "idna"):
        assert decode(text.encode("cp1252"), nonsense).text == text


def test_in_doubt_it_is_cp1252():
    assert decode(b"\xe9").text == "é"
    assert decode(b"caf\xe9").text == "café"
    assert decode(b"\x80").text == "€"


def test_nothing():
    got = decode(b"")
    assert (got.text, got.encoding, got.how) == ("", "utf-8", "utf-8")


def test_a_long_work_with_its_first_quote_late():
    text = "plain words only, line after line, and nothing to see\n" * 8000 + "“At last,” she said. “It’s time.”\n"
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    "raw",
    [b"\xff" * 200_000, b"\xe2" * 200_000, b"\0" * 200_000, b"a\0" * 100_000, b"\xe2\x80\x99\xff" * 50_000]
    + [b"caf\xe9 " * 50_000, b"word " * 400_000 + b"\xe9 " + b"word " * 100_000, b"\x1b$B" + b"a\x1b(" * 50_000],
    ids=lambda b: repr(b[:6]),
)
def test_hostile_bytes_end(raw):
    decode(raw).text.encode("utf-8")


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from([b"\xe2\x80\x99", b"\x92", b"\xff\xfe", b"\0", b"\xef\xbb\xbf", b"a b\n", b"\xc3", b"\x1b$B"])
        ).map(b"".join),
    )
)
def test_any_bytes_become_text(raw):
    got = decode(raw)
    got.text.encode("utf-8", "surrogatepass")
    assert got.how in HOW
    "".encode(got.encoding)
    assert not got.text.startswith("\ufeff")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_utf8_comes_back(text):
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return
    if "\0" not in text and "\x1b" not in text:
        assert decode(raw).text == text.lstrip("\ufeff")
