"""Random texts in which mojibake, clean text of many scripts and the odd characters of both stand side by side."""

import random
from collections.abc import Iterator

_BASE = (
    [
        "“Yes”—and then…",
        "naïve",
        "Ещё раз",
        "我们",
        "はい",
        "아니",
        "Đừng",
        "it’s",
        " ",
        "\n",
        "e\u0301",
        "\u1100\u1161",
        "ﬁ",
        "Ａ",
        "\xad",
    ]
    + [
        "â€™",
        "Ã©",
        "Ã ",
        "â\x80\x9c",
        "\x92",
        "\x85",
        "вЂ™",
        "ГўВЂ",
        "β€™",
        "ā€",
        "‚Äô",
        "√©",
        "Œ",
        "œ",
        "É§",
        "…”",
        "à²",
        "1½“",
        "Ø§Ù",
        "×²",
    ]
    + [
        "\ufffd",
        "€",
        "£5",
        "§ 4",
        "°C",
        "┤",
        "│",
        "😀",
        "\u3099",
        "か\u3099",
        "\ufeff",
        "\u2028",
        "\x1a",
        "Â",
        "Â ",
        "?",
        "ì",
        "í",
        "fußß",
    ]
)
_READ = ["latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "macroman", "cp437", "sloppy-windows-1250", "iso-8859-2"]
_RANGES = [(0x20, 0x7F), (0xA0, 0x180), (0x370, 0x460), (0x2010, 0x2040), (0x2500, 0x25A0)]


def texts(count: int, seed: int) -> Iterator[str]:
    rng = random.Random(seed)
    for _ in range(count):
        parts = []
        for _ in range(rng.randint(1, 6)):
            kind = rng.random()
            if kind < 0.45:
                parts.append(rng.choice(_BASE))
            elif kind < 0.6:
                parts.append("".join(rng.choice("“”‘’–—…\xa0abc XYZ.,?!\n") for _ in range(rng.randint(1, 9))))
            elif kind < 0.9:
                text = "".join(chr(rng.randrange(*rng.choice(_RANGES))) for _ in range(rng.randint(1, 8)))
                for _ in range(rng.randint(0, 3)):
                    try:
                        text = text.encode().decode(rng.choice(_READ))
                    except UnicodeError:
                        break
                parts.append(text)
            else:
                parts.append(chr(rng.choice([rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)])))
        text = "".join(parts)
        if rng.random() < 0.2:
            text = text * rng.randint(2, 12) + "\n" + text
        yield text
