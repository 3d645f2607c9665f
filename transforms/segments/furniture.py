"""What sites and tools put round a text: navigation, buttons, counters, licence footers, lines of converters.

Some lines are furniture wherever they stand ("You must log in or register to reply here."); others are plain words that a
button happens to bear ("Like", "Share", "Next") and count only in company: next to certain furniture, or in a run of buttons
at a document's edge. Forum pages and chats inside a story have the same words, so furniture surrounded by story stays story.
"""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re

from transforms.segments import pages
from transforms.segments.postings import POSTING_TOKENS, is_posting

_FLAGS = re.IGNORECASE
PERSONAL = re.compile(r"\b(?:I|I'm|I've|my|me)\b")
SENTENCE_END = frozenset('.!?,;…"”')

# Words of buttons that stand in rows.
_ROW_WORDS = (
    r"(?:report|reply|quote|like|share|edit|link|flag|tip|delete|bookmark|reblog|permalink|parent|thread|track|memories|comments?"
    r"|leave a comment|\d+ comments?|log in|sign up|login|register|join|home|browse|search|just in|community|communities|forums?|help"
    r"|about|fandoms|tags|members|faq|rss|previous|next|prev|up|index|contents|top|story|author|follow|favou?rites?|votes?"
    r"|add to library|add to favorites|e-?mail|facebook|twitter|tumblr|pinterest|reddit|print|download|epub|pdf|mobi|html|txt"
    r"|reviews?|write a review|kudos|subscribe|mark for later|tools|save|a\+|a-|full|3/4|1/2|expand|tighten)"
)
_ROW = re.compile(rf"(?:{_ROW_WORDS}|[<>«»←→↑|·•/:.,()-]+)(?:(?:[ \t]*[|·•/,.:»«←→<>]+[ \t]*|[ \t]{{1,4}}){_ROW_WORDS}){{1,15}}", _FLAGS)
_PAGE_WORD = r"(?: (?:chapter|part|page|entry|story|post))?"
_STEPS = re.compile(
    rf"(?:[←<«‹] *)?prev(?:ious)?{_PAGE_WORD} *[|·•/]? *(?:(?:chapter )?(?:index|contents|home|up|toc) *[|·•/]? *)?next{_PAGE_WORD}(?: *[→>»›])?"
    rf"|[←<«‹]+ *(?:prev(?:ious)?|back|first){_PAGE_WORD}|(?:next|last){_PAGE_WORD} *[→>»›]+"
    r"|(?:part|page|chapter) \d+(?: *\| *(?:part|page|chapter)? ?\d+){1,40}|\W*< ?\d+(?: \d+){1,20} ?>\W*",
    _FLAGS,
)
_POSTED = re.compile(r"\{(?:reactions|attachments|embed|stickers)\}|posted (?:on|by) (?=[^.!?]*(?:\d{4}|@|»|\bin\b|\bunder\b|\bat\b))[^.!?]{4,60}", _FLAGS)
_FORBIDS = re.compile(r"^(?:©|\(c\)|copyright)(?=[^A-Z]*$).*\b(?:do not|don['’]t|please|steal)\b|^(?:©|\(c\)|copyright).*\b(?:I|my|mine|me|steal|[Nn]o part of this)\b", re.MULTILINE)
TRIM = " \t\u3000*_[](){}|·•:»«›‹→←◄►◀▶\u200b"


# Words that buttons, menus and counters are made of, and the small words between them.
_BUTTONS = frozenset(
    ["kudos", "bookmark", "bookmarks", "comment", "comments", "chapter", "chapters", "index", "entire", "work", "works", "full", "page", "pages", "share", "shared", "sharing", "like", "likes", "liked", "tweet", "reblog", "reblogged", "reply", "replies", "quote", "report", "abuse", "vote", "votes", "voted", "review", "reviews", "story", "stories", "fiction", "fictions", "author", "authors", "alert", "alerts", "favorite", "favorites", "favourite", "favourites", "fav", "favs", "follow", "following", "followers", "add", "added", "library", "reading", "list", "app", "get", "download", "epub", "pdf", "mobi", "html", "txt", "print", "printer", "printable", "email", "facebook", "twitter", "tumblr", "pinterest", "reddit", "whatsapp", "next", "prev", "previous", "back", "forward", "first", "last", "top", "bottom", "end", "home", "menu", "search", "site", "map", "login", "log", "logout", "sign", "in", "up", "out", "register", "join", "account", "profile", "settings", "options", "help", "about", "faq", "rss", "feed", "archive", "archives", "forum", "forums", "community", "browse", "fandom", "fandoms", "categories", "category", "tags", "tag", "links", "link", "more", "less", "show", "hide", "see", "view", "read", "reads", "views", "hits", "notes", "likes", "hide", "expand", "tighten", "text", "font", "size", "theme", "dark", "light", "mode", "skin", "reader", "threadmark", "threadmarks", "watch", "unwatch", "ignored", "thread", "threads", "post", "posts", "posted", "posting", "filed", "under", "leave", "cancel", "submit", "send", "edit", "delete", "flag", "parent", "permalink", "track", "memories", "part", "parts", "toc", "contents", "section", "entry", "entries", "fiction", "donate", "subscribe", "unsubscribe", "notifications", "notified", "updates", "loading", "skip", "content", "main", "original", "source", "via", "people", "person", "person's", "today", "most", "recent", "popular", "random", "spoiler", "show", "shrink", "click", "anon", "anonymous", "moderator", "mod", "staff", "recommend", "recommended", "stars", "star", "rating", "rate", "save", "saved", "file", "files", "version", "mobile", "desktop", "friend", "friends", "tell", "skip", "close", "open", "load", "all", "none", "guest", "user", "users", "online", "member", "members", "privacy", "policy", "terms", "service", "contact", "cookie", "cookies", "copyright", "ao3", "wattpad", "ffn", "write", "new",
     "threaded", "table", "flat", "ignore", "guestbook", "webring", "webrings", "ring", "visitor", "visitors", "counter", "viewed", "best", "older", "newer", "collapse", "continue", "below", "above", "jump", "go", "click", "here", "return", "hosted", "updated", "discord", "patreon", "pin", "stats", "recs", "fics", "fanfic", "fanfiction", "gallery", "news", "awards", "sitemap", "select", "choose", "remember", "password", "username", "results", "inappropriate", "blog", "blogs", "subscribers", "guests", "viewing", "browsing", "bookmarked", "trackback", "feedback", "mail", "mailing", "enter", "cut", "fandom", "sort", "filter", "collection", "collections", "series", "promoted", "sponsored", "wiki", "newest", "latest", "challenges", "titles", "bigger", "smaller", "larger", "friendly", "quick", "crossposted", "previous", "day", "week", "add", "header", "footer", "navigation", "statement", "title", "fic", "pics", "rings", "published", "ago", "create", "quizzes", "genres", "achievements", "übersicht", "favoriten", "statistik", "startseite", "suche", "suchen", "anmelden", "registrieren", "geschichten", "kategorien", "kommentare", "inicio", "início", "buscar", "categorías", "categorias", "gêneros", "entrar", "cadastrar", "comentarios", "comentários", "favoritos", "favoritar", "historias", "histórias", "accueil", "rechercher", "connexion", "inscription", "commentaires", "favoris", "главная", "фанфики", "заявки", "вопросы", "поиск", "войти", "отзывы", "нравится", "скачать", "регистрация", "форум", "подписаться", "zaloguj", "strona", "główna", "szukaj", "komentarze", "accedi", "cerca", "categorie", "commenti", "recensioni", "zoeken", "inloggen", "reacties", "首页", "登录", "注册", "收藏", "评论", "quizzes", "surveys", "masterlist", "masterlists", "ask", "asks", "premium", "just", "communities", "c2s", "shop", "store", "topic", "topics", "cart", "collect", "deviations", "bio", "gen", "award", "awarded", "replies", "chapters", "ch", "site", "list"]
)  # fmt: skip
_SMALL = frozenset(["the", "this", "to", "by", "of", "a", "an", "as", "on", "for", "and", "or", "with", "your", "you", "it", "be", "is", "in", "at", "from", "s", "me", "my", "our", "us", "i", "no", "not"])
_PIECE = re.compile(r"[^\W\d_][^\W_]*(?:'[^\W\d_]+)?|\d[\d.,]*[km]?\b")
_ORNAMENT = re.compile(r"[|»«›‹→←↑↓▲▼★☆♥♡⭐👁💬⚠+•·<>\[\]()#\d]")


_ITEMS = re.compile(r"[ \t]*(?:[|·•»«<>\[\]→←▸►◄]|(?<=[ \t])[*~/–—-](?=[ \t])|::(?=[ \t])|(?<=[ \t]):(?=[ \t]))[ \t*~|]*|[ \t]{3,}")
_PARTED = frozenset("|·•»«<>[]→←▸►◄*~/–—-:\t")  # a sign that parts items, as wide space does
_TURN = re.compile(
    r"(?:read |up )?(?:next|prev(?:ious)?|last)(?: (?:up|chapter|part|story|page|post|entry))?[ ]?[:»→›>–—-]{1,2} ?\S.{0,60}"
)
_ASKS = re.compile(
    r"(?:post|jump|go|share|sort|log|sign|add|rate|report|follow|subscribe|type|leave|select|choose|browse|skip|switch|view|show|read)\b"
)
_NUMBERED = re.compile(r"\d{1,3}[.)] [a-z]")
_DAY = re.compile(r"(?:day|week|night|month|year|entry) \d")
_PAGES = re.compile(r"[<«(]*(?:\[\d{1,4}\]|\d{1,4})(?:[ |·,]+(?:\[\d{1,4}\]|\d{1,4}|\.{3}|…)){2,}[>»)]*")
_CHAPTERED = re.compile(r"(?:chapter|part|ch\.?|book|episode) [\divx]{1,5} ?[:–—-] ?[a-z'\"“][^|»«]{3,}$")
_TITLED = re.compile(r"(?:chapter|part|book|act|episode) [\divx]+ ?(?:\([a-z' ]+\)|[-:–—] ?[a-z' ]+)")
_REFERS = re.compile(r"\b(?:in|see|from|with) (?:part|pt|chapter|ch)\b")  # "Disclaimers in part 1"
_COUNTER = re.compile(r"[\d.,]+[km]? \w+")
_COUNTS = re.compile(r"\d[\d.,]*[km]?(?:[ \t·•|/]+\d[\d.,]*[km]?)+")


def _menu(core: str) -> float:
    """What a row of three or more items proves, parted by bars, stars, arrows or brackets, that hold words of buttons ("Mail Me",
    "Lost Password?", "Back to Ada's Page"): 1 if three in four do, 0.4 if half of them do.
    """
    if _PARTED.isdisjoint(core) and "   " not in core:
        return 0.0
    items = [item.strip(" ?!()") for item in _ITEMS.split(core) if item and not item.isspace()]
    if len(items) < 3 or any(item.count(" ") > 5 for item in items):
        return 0.0
    known = sum(_COUNTER.fullmatch(item) is not None or any(word in _BUTTONS for word in _PIECE.findall(item)) for item in items)
    known /= len(items)
    return 1.0 if known >= (0.75 if len(items) < 5 else 0.6) else 0.4 if known >= 0.5 else 0.0


def _buttons(core: str) -> float:
    """What a line proves that is made of words on buttons only: 1 with counters or arrows among several, 0.4 on its own."""
    if ":" in core or "：" in core:
        label, _, value = core.partition(":")
        words = label.split()
        asks = len(words) >= 2 and _ASKS.match(label) is not None and value.count(" ") <= 3
        return (
            0.4 if asks and all(word in _BUTTONS or word in _SMALL for word in words) else 0.0
        )  # else a label, perhaps of a header
    pieces = _PIECE.findall(core)
    if len(pieces) > 14:
        return 0.0
    words = [piece for piece in pieces if not piece[0].isdigit()]
    buttons = [word for word in words if word in _BUTTONS]
    if len(buttons) + sum(word in _SMALL and word not in _BUTTONS for word in words) < len(words) or 2 * len(buttons) < len(words):
        return 0.0
    if not buttons:
        if len(pieces) >= 2 and len([ch for ch in core if ch > "\u2500"]) >= 2:
            return 1.0  # counters behind pictures
        return 0.4 if (len(pieces) >= 2 and any(ch > "\u2190" for ch in core)) or len(pieces) >= 3 else 0.0
    if _TITLED.fullmatch(core) is not None or _REFERS.search(core) is not None:
        return 0.0  # "Chapter 9 (sort of)"
    if _DAY.match(core) is not None or (core[0].isdigit() and _NUMBERED.match(core) is not None):
        return 0.4
    dressed = len(_ORNAMENT.findall(core))
    if core[-1] in ".?!,;" and not (dressed and core.endswith(("...", "…"))):
        return 0.0
    if not dressed and len(buttons) >= 6 and len(buttons) == len(words):
        return 1.0
    if not dressed:
        lower = {word.rstrip(".") for word in words}
        return 1.0 if len(buttons) >= 4 and "next" in lower and lower & {"prev", "previous", "index"} else 0.4
    return 1.0 if len(buttons) >= 2 else 0.4


def button_share(line: str) -> float:
    """Which share of a line's words, small ones aside, are words of buttons; numbers are neither."""
    words = [word for word in _PIECE.findall(line.lower().replace("’", "'")) if not word[0].isdigit() and word not in _SMALL]
    return sum(word in _BUTTONS for word in words) / len(words) if words else 0.0


def furniture(line: str) -> float:
    """What a stripped line proves as furniture: 1 certain, 0.4 a plain word on a button, 0 none."""
    if POSTING_TOKENS.search(line) and is_posting(line):
        return 1.0
    if len(line) > 180 or (" " in line and len(set(line.lower().split())) == 1):
        return 0.0
    core = line.strip(TRIM).lower().replace("’", "'")
    if line[0] in "*_\"“" or line[:3].lower() in ("[ ]", "[x]"):
        return 0.0
    if "|" in core and all(pages.proof(part.strip()) for part in core.split("|")):
        return 1.0
    if line[0] in "<«[(" and _PAGES.fullmatch(line) is not None:
        return 1.0
    if line[0] == "#" and len(line) <= 4 and line[1:].isdigit():
        return 0.4  # a posting's number in a thread, or a part's
    if line[0] in "©(cC" and _FORBIDS.search(line) is not None:
        return 0.0  # an author's word to thieves
    lower = line.lower().replace("’", "'")
    known = max(pages.proof(core or lower), pages.proof(lower) if core != lower else 0.0)
    if known == pages.CERTAIN or any(shape.fullmatch(lower) or shape.fullmatch(core) for shape in (_ROW, _STEPS, _POSTED)):
        return 1.0
    if (known and len(line) <= 64) or not core.strip("<>«»←→↑"):
        return 0.4
    if len(line) > 120:
        return 0.0
    if _COUNTS.fullmatch(core):
        return 1.0 if core.count("k") + core.count("m") and core[-1] != "," else 0.4
    if _CHAPTERED.match(lower) is not None:
        return 0.0  # "Chapter 27: not a chapter - please read"
    if _TURN.fullmatch(lower) is not None and line[-1] not in ".?!" and not (line[0].islower() and ":" in line):
        return 0.4  # an author says in small letters what comes next
    return max(_menu(lower), _buttons(lower))


def is_step(line: str) -> bool:
    """Whether a stripped line leads to the pages before and after ("« Prev Next »")."""
    return _STEPS.fullmatch(line) is not None


def is_count(line: str) -> bool:
    """Whether a stripped line is a page of pages ("1 of 3")."""
    return _COUNTED.fullmatch(line) is not None


_COUNTED = re.compile(r"(?:(?:page|chapter|part|ch\.?) )?\d{1,4} (?:of|/) \d{1,4}", _FLAGS)


