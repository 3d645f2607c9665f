"""Values of header fields: ratings, vocabularies, counts, dates, lists."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.metadata import Metadata, Series, build, merge, values
from transforms.metadata.addresses import address_in
from transforms.metadata.fields import truncated
from transforms.metadata.labels import field_of, label_at


@pytest.mark.parametrize(
    ("text", "site", "stated", "system", "level"),
    [
        ("Teen And Up Audiences", None, "Teen And Up Audiences", "ao3", "teen"),
        ("Not Rated", None, "Not Rated", "ao3", "not_rated"),
        ("Fiction T", None, "T", "ffn", "teen"),
        ("Fiction Rated: K+", None, "K+", "ffn", "general"),
        ("M", None, "M", None, "mature"),
        ("M", "ffn", "M", "ffn", "mature"),
        ("E", "ao3", "E", "ao3", "explicit"),
        ("[PG]", None, "PG", "mpaa", "general"),
        ("PG-13 (language)", None, "PG-13", "mpaa", "teen"),
        ("NC-17, for the kitchen scene", None, "NC-17", "mpaa", "explicit"),
        ("R for language", None, "R", None, "mature"),
        ("R/NC-17", None, "R/NC-17", None, None),
        ("FRT", None, "FRT", "fr", "teen"),
        ("P16", None, "P16", "fanfiktion", "mature"),
        ("giallo", None, "giallo", "efp", "teen"),
        ("NC-21", None, "NC-21", "ficbook", "explicit"),
        ("18+", None, "18+", None, "explicit"),
        ("R-18", None, "R-18", None, "explicit"),
    ],
)
def test_reads_ratings(text: str, site: str | None, stated: str, system: str | None, level: str | None) -> None:
    assert values.rating(text, site) == values.Rating(stated, system, level)


@pytest.mark.parametrize(
    "text", ["Teddy bears", "Really mild", "Most audiences", "Level 6", "two stars", "Karamazov", "Explicitly no", "", "9/10"]
)
def test_knows_what_is_no_rating(text: str) -> None:
    assert values.rating(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("7,526", 7526),
        ("7526", 7526),
        ("7.526", 7526),
        ("7 526", 7526),
        ("7\u202f526", 7526),
        ("1,234,567", 1_234_567),
        ("12.1k", 12_100),
        ("12,1k", 12_100),
        ("~2000", 2000),
        ("2K+", 2000),
        ("about 3k", 3000),
        ("approximately 5,000", 5000),
        ("2300 words", 2300),
        ("1.5万字", 15_000),
        ("2.5", None),
        ("drabble", None),
        ("", None),
        ("many", None),
        ("9" * 40, None),
    ],
)
def test_reads_counts(text: str, count: int | None) -> None:
    assert values.count_of(text) == count


def test_pages_are_no_words() -> None:
    assert values.words_of("Миди, 40 страниц") is None
    assert values.words_of("драббл, 600 слов") == 600
    assert values.words_of("12 pages") is None


@pytest.mark.parametrize(
    ("text", "chapters"),
    [
        ("3/10", (3, 10)),
        ("3/?", (3, None)),
        ("12", (12, None)),
        ("(1/3)", (1, 3)),
        ("2 of 5", (2, 5)),
        ("", (None, None)),
        ("a few", (None, None)),
    ],
)
def test_reads_chapters(text: str, chapters: tuple[int | None, int | None]) -> None:
    assert values.chapters_of(text) == chapters


@pytest.mark.parametrize(
    ("text", "site", "day"),
    [
        ("2015-12-31", None, date(2015, 12, 31)),
        ("2015-12-31 03:22:41", None, date(2015, 12, 31)),
        ("12/10/2015", None, None),
        ("12/10/2015", "ffn", date(2015, 12, 10)),
        ("31/10/2015", None, date(2015, 10, 31)),
        ("10/31/2015", None, date(2015, 10, 31)),
        ("08-14-11", None, date(2011, 8, 14)),
        ("31.12.2015", "ffn", date(2015, 12, 31)),
        ("31 Dec 2015", None, date(2015, 12, 31)),
        ("Dec 31, 2015", None, date(2015, 12, 31)),
        ("December 31st, 2015", None, date(2015, 12, 31)),
        ("31. Dezember 2015", None, date(2015, 12, 31)),
        ("31 de diciembre de 2015", None, date(2015, 12, 31)),
        ("31 décembre 2015", None, date(2015, 12, 31)),
        ("31 декабря 2015", None, date(2015, 12, 31)),
        ("2015年12月31日", None, date(2015, 12, 31)),
        ("2015년 12월 31일", None, date(2015, 12, 31)),
        ("Sat, 8 Apr 2000 19:02:11 -0500", None, date(2000, 4, 8)),
        ("5/8", "ffn", None),
        ("7h", "ffn", None),
        ("yesterday", None, None),
        ("November 1996", None, None),
        ("2015-02-31", None, None),
        ("stardate 43125.8", None, None),
    ],
)
def test_reads_dates_only_where_certain(text: str, site: str | None, day: date | None) -> None:
    assert values.date_of(text, site) == day


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Complete", "complete"),
        ("Completed", "complete"),
        ("In-Progress", "in_progress"),
        ("WIP", "in_progress"),
        ("Завершён", "complete"),
        ("в процессе", "in_progress"),
        ("abgeschlossen", "complete"),
        ("连载中", "in_progress"),
        ("완결", "complete"),
        ("Complete (for now)", "complete"),
        ("Hungry", None),
        ("Complete?", None),
        ("", None),
    ],
)
def test_reads_statuses(text: str, status: str | None) -> None:
    assert values.status_of(text) == status


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("The 100 (TV)", True),
        ("doctor who (2005)", True),
        ("Harry Potter - J. K. Rowling", True),
        ("Batman - All Media Types", True),
        ("Gravity Falls", True),
        ("Star Wars, Red Dwarf", True),
        ("Once (for real)", False),
        ("The Lighthouse Keepers", False),
        ("She left - Tom stayed", False),
    ],
)
def test_recognises_fandoms(text: str, is_one: bool) -> None:
    assert values.is_fandom_like(text) is is_one


@pytest.mark.parametrize(
    ("field", "text", "items"),
    [
        ("relationships", "Iroh & Zuko (Avatar), Jin & Zuko (Avatar)", ("Iroh & Zuko (Avatar)", "Jin & Zuko (Avatar)")),
        ("relationships", "Clexa, Octavia/Lincoln", ("Clexa", "Octavia/Lincoln")),
        ("relationships", "Arthur, Merlin & Gwaine", ("Arthur, Merlin & Gwaine",)),
        ("relationships", "None", ()),
        ("relationships", "Kirk/Spock and Scotty/Uhura", ("Kirk/Spock", "Scotty/Uhura")),
        ("relationships", "Salt and Pepper", ("Salt and Pepper",)),
        ("characters", "Arthur & Merlin", ("Arthur", "Merlin")),
        ("characters", "The Cook and the very old Thief", ("The Cook and the very old Thief",)),
        ("fandoms", "Merlin and Doctor Who", ("Merlin", "Doctor Who")),
        ("fandoms", "Pride and Prejudice", ("Pride and Prejudice",)),
        ("fandoms", "Lilo and Stitch", ("Lilo and Stitch",)),
        ("authors", "Marian Teague, mteague@post.example", ("Marian Teague",)),
        ("characters", "Mole, Ratty and Badger", ("Mole", "Ratty", "Badger")),
        ("characters", "Zuko (Avatar, the Last Airbender), Iroh", ("Zuko (Avatar, the Last Airbender)", "Iroh")),
        ("tags", "#fluff #hurt comfort #tw blood", ("fluff", "hurt comfort", "tw blood")),
        ("tags", "Fluff, Angst, Fluff", ("Fluff", "Angst")),
        ("authors", "Marian Teague <mteague@post.example>", ("Marian Teague",)),
        ("authors", "[personal profile] clover_leaf", ("clover_leaf",)),
        ("authors", "Pseud (username)", ("Pseud (username)",)),
        ("fandoms", "Yes, Prime Minister", ("Yes, Prime Minister",)),
        ("fandoms", "Naruto, Bleach", ("Naruto", "Bleach")),
        ("fandoms", "Buffy/Angel", ("Buffy", "Angel")),
        ("categories", "F/F, M/M", ("F/F", "M/M")),
        ("tags", "n/a", ()),
    ],
)
def test_splits_lists(field: str, text: str, items: tuple[str, ...]) -> None:
    assert values.split_list(field, text) == items


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Title: Salt Road", "title", "Salt Road"),
        ("**Rated:** T", "rating", "T"),
        ("Archive Warning(s): None", "warnings", "None"),
        ("Пейринг: Ан/Бо", "relationships", "Ан/Бо"),
        ("Titre : Les volets", "title", "Les volets"),
        ("【标题】盐路", "title", "盐路"),
        ("あらすじ：船を数える", "summary", "船を数える"),
        ("_Summary:_ He goes.", "summary", "He goes."),
        ("(A/N: hey)", "notes", "hey"),
        ("Pairing - Mira/Tov", "relationships", "Mira/Tov"),
        ("Summary", "summary", ""),
    ],
)
def test_finds_labels(line: str, field: str, value: str) -> None:
    label = label_at(line)
    assert label is not None
    assert (label.field, label.value) == (field, value)
    assert line[label.end :].startswith(value)


@pytest.mark.parametrize(
    "line", ["CLARKE: hello", "An apple - red", "He said: Title", "", "   ", "***", "The rating: low", "Namely: this"]
)
def test_knows_what_is_no_label(line: str) -> None:
    assert label_at(line) is None


def test_builds_from_pairs() -> None:
    metadata = build(
        [
            ("Archive Warnings", ("No Archive Warnings Apply",)),
            ("Category", "Naruto"),
            ("Series", "Part 2 of The Coast"),
            ("Published", "2021-03-04"),
            ("Words", "7,526"),
            ("Chapters", "3/?"),
            ("Rating", "Fiction T"),
            ("Coffee", "black"),
            ("Title", "First"),
            ("Title", "Second"),
        ],
        "ffn",
    )
    assert metadata.warnings == ("No Archive Warnings Apply",)
    assert metadata.fandoms == ("Naruto",)
    assert metadata.series == (Series("The Coast", 2),)
    assert (metadata.published, metadata.stated_words, metadata.stated_chapters) == (date(2021, 3, 4), 7526, 3)
    assert (metadata.total_chapters, metadata.rating, metadata.rating_system) == (None, "T", "ffn")
    assert metadata.title == "First"
    assert ("Coffee", "black") in metadata.stated


def test_a_category_is_a_category_or_a_fandom() -> None:
    assert build([("Category", "F/F, Gen")]).categories == ("F/F", "Gen")
    assert build([("Category", "Buffy: The Vampire Slayer")]).fandoms == ("Buffy: The Vampire Slayer",)
    assert build([("Category", "S, A")]) == Metadata(stated=(("Category", "S, A"),))


def test_structure_wins_field_by_field() -> None:
    structure = Metadata(title="A", rating="M", rating_system="ao3", rating_level="mature", tags=("x",))
    text = Metadata(title="B", authors=("c",), rating="T", rating_system="ffn", rating_level="teen", stated_words=10)
    merged = merge(structure, text)
    assert (merged.title, merged.authors, merged.rating, merged.rating_system) == ("A", ("c",), "M", "ao3")
    assert (merged.rating_level, merged.tags, merged.stated_words) == ("mature", ("x",), 10)


def test_the_address_tells_site_and_id() -> None:
    for text, site, number in (
        ("http://archiveofourown.org/works/123/chapters/9", "ao3", "123"),
        ("Read at https://www.fanfiction.net/s/77/1/Title.", "ffn", "77"),
        ("https://www.royalroad.com/fiction/21/x", "royalroad", "21"),
        ("https://somewhere.example/a", None, None),
    ):
        found = address_in(text)
        assert found is not None
        assert (found.site, found.site_id) == (site, number)
    assert address_in("no address here") is None


def test_truncation_needs_a_large_difference() -> None:
    assert truncated(Metadata(stated_words=1000), 600)
    assert not truncated(Metadata(stated_words=1000), 900)
    assert not truncated(Metadata(stated_words=100), 60)
    assert not truncated(Metadata(), 0)


TOKENS = "Title Author : , / & ( ) [ ] - | 1 7,526 PG K+ F/F x ; . ~ \n Rated Naruto by and # T"
WORDS = st.sampled_from(TOKENS.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_reading_values_never_fails(text: str) -> None:
    for field in ("authors", "fandoms", "relationships", "characters", "tags", "categories", "warnings"):
        assert all(item.strip() == item and item for item in values.split_list(field, text))
    values.rating(text)
    values.count_of(text)
    values.chapters_of(text)
    values.date_of(text)
    build([("Title", text), ("Words", text), ("Rating", text), ("Series", text), ("Status", text)])


def test_every_field_name_stands_for_itself() -> None:
    for name in ("title", "authors", "language_stated", "stated_words", "site_id"):
        assert field_of(name) == name
    assert field_of("Nonsense") is None
