"""What sites and tools put round a text: navigation, buttons, counters, licence footers, lines of converters.

Some lines are furniture wherever they stand ("You must log in or register to reply here."); others are plain words that a
button happens to bear ("Like", "Share", "Next") and count only in company: next to certain furniture, or in a run of buttons
at a document's edge. Forum pages and chats inside a story have the same words, so furniture surrounded by story stays story.
"""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re

from transforms.segments.postings import POSTING_TOKENS, is_posting

_FLAGS = re.IGNORECASE
PERSONAL = re.compile(r"\b(?:I|I'm|I've|my|me)\b")
SENTENCE_END = frozenset('.!?,;…"”')

# Lines (without wrappers, lower case) that are certain on their own.
_LINES = """
    main content | skip to main content | skip to content | chapter index | full-page index | full page index | entire work | work header | work text
    | chapter text | work endnotes | chapter management | hide creator's style | show creator's style | hide comments | show comments | mark for later
    | mark as read | post comment | add to library | continue reading next part | continue to next part | continue reading | keep reading | read more
    | follow/fav | follow/favorite | fanfiction | unleash your imagination | review this chapter | type your review here | type your review here.
    | post review as | review this story/chapter | return to top | back to top | top of page | ↑ top | ^ top | go to top | log in | login | sign up
    | register | sign in | reader mode | watch thread | unwatch thread | jump to new | jump to latest | view all threadmarks | click to expand
    | click to expand... | report reply | chapter notes | chapter end notes | end notes | preface | afterword | leave a comment | post a new comment
    | post new comment | add to memories | tell a friend | read comments | link to this entry | you must log in or register to reply here.
    | you must log in or register to reply here | you must be logged in to review | you must be logged in to post a comment | not open for further replies
    | not open for further replies.
    | end file. | end file | table of contents | previous chapter | next chapter | previous entry | next entry | previous entry next entry | report chapter
    | report story | fiction index | back to index | add to favorites | add to favourites | add to bookmarks | add bookmark | add to reading list
    | get notified when | you'll also like | you may also like | recommended stories | promoted stories | reply to this | link parent thread
    | reply parent thread link | flat threaded | printer friendly | print this page | email this story | share this story | share on facebook
    | share on twitter | view profile | view story | story stats | save to library | next part | next page | previous page | first page | last page
    | page top | mobile version | desktop version | privacy policy | terms of service | contact us | cookie policy | aller au contenu | chapitre suivant
    | chapitre précédent | nächstes kapitel | vorheriges kapitel | capítulo siguiente | capítulo anterior | próximo capítulo | capitolo successivo
    | следующая глава | предыдущая глава | оглавление | содержание | 下一章 | 上一章 | 目录 | 返回目录 | 次の話 | 前の話 | 目次 | 다음화 | 이전화 | 목록 | share this: | like this:
    | share this | like this | loading... | loading… | go to page | start reading | fanfiction.net | royal road | scribble hub | archive of our own beta | archive of our own
"""
_EXACT = frozenset(line.strip() for line in _LINES.split("|"))


_SHAPES = re.compile(
    r"""
      (?:skip|jump)[ ]to[ ](?:the[ ])?(?:main[ ])?(?:content|text|navigation|story).{0,20} | (?:passer|aller|accéder)[ ]au[ ]contenu.{0,20} | zum[ ](?:haupt)?inhalt[ ](?:springen|wechseln)
    | (?:saltar|ir)[ ]al[ ]contenido.{0,20} | (?:pular|ir)[ ]para[ ]o[ ]conteúdo.{0,20} | vai[ ]al[ ]contenuto.{0,20} | (?:overslaan|ga)[ ]naar[ ](?:hoofd)?inhoud | przejdź[ ]do[ ]treści | перейти[ ]к[ ]содержимому | hoppa[ ]till[ ]innehåll | 跳[至到].{2,6}
    | (?:hide|show)[ ]comments?(?:[ ]\(\d+\))? | comments?[ ]\(\d[\d,]*\) | kudos[ ]?\(\d[\d,]*\) | bookmarks?[ ]?\(\d[\d,]*\)
    | (?:[←<«‹][ ]*)?(?:prev(?:ious)?)(?:[ ](?:chapter|part|page|entry|story|post))?[ ]*[|·•/]?[ ]*(?:(?:chapter[ ])?(?:index|contents|home|up|toc)[ ]*[|·•/]?[ ]*)?(?:next)(?:[ ](?:chapter|part|page|entry|story|post))?(?:[ ]*[→>»›])?
    | [←<«‹]+[ ]*(?:prev(?:ious)?|back|first)(?:[ ](?:chapter|part|page|entry|post))? | (?:next|last)(?:[ ](?:chapter|part|page|entry|post))?[ ]*[→>»›]+
    | you[ ]are[ ]not[ ]logged[ ]in\b.{0,80} | (?:dragon[ ]prints|page[ ]?views|visits)[ ]?:[ ][\d,]+
    | (?:forums?|board[ ]index|home|index)[ ]*[>›»‹/][ ].{3,100} | likes?:[ ].{3,120}[ ]and[ ]\d+[ ]others?
    | postby[ ].{2,30}[ ]»[ ].{6,40}
    | \((?:link|reply|parent|thread|expand|frozen|screened)\) | support[ ]["“'].{2,60}["”']
    | \(?see[ ]the[ ]end[ ]of[ ](?:the|this)[ ](?:chapter|work)[ ]for[ ].{0,80} | \(?more[ ]notes[ ]at[ ]the[ ]end.{0,20}
    | (?:please[ ])?drop[ ]by[ ]the[ ]archive[ ]and[ ]comment.{0,120} | please[ ]drop[ ]by[ ]the[ ](?:archive|site).{0,140} | works?[ ]inspired[ ]by[ ]this[ ]one.{0,40}
    | [\d.,]+[km]?[ ](?:reads?|views?)(?:[ ·•|,]+[\d.,]+[km]?[ ](?:votes?|likes?|stars?))?(?:[ ·•|,]+[\d.,]+[km]?[ ](?:comments?|parts?))?
    | [\d.,]+[km]?[ ](?:notes|points|upvotes|comments?|replies|reviews|likes|kudos|reblogs|hits|votes|favou?rites|bookmarks|views)(?:[ ]*[|·•,/][ ]*.{0,60})?
    | (?:threadmarks?|recent[ ]readers|view[ ]count)[ ]?:[ ]*[\d,.k]+(?:[ ].{0,30})? | threadmarks?[ ]?:[ ].{1,100} | threadmarks(?:[ ]\S.{0,40})? | (?:sidestory|apocrypha|informational|staff[ ]post|media):[ ].{1,80}
    | [\w-]{2,30}:[ ]\((?:default|[^()]{2,40})\)[ ][\w-]{2,30}
    | (?:post[ ])?\#\d{1,6} | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ]\d{1,2},[ ]\d{4}[ ]\#\d{1,6} | [a-z]+[ ]x[ ]\d+(?:[ ,]+[a-z]+[ ]x[ ]\d+)+
    | (?:like|likes|liked|love|haha)[ ]?:?[ ]\d[\d,]* | last[ ]edited(?:[ ]by[ ][\w .-]+)?:?[ ].{0,50} | edited[ ](?:by[ ].{1,30}[ ])?on[ ].{4,30}
    | [\w.\-][\w.\- ]{1,29},[ ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ]\d{1,2},[ ]\d{4}(?:[ ]at[ ][\d:apm ]+)?(?:[ ](?:\#\d+|report|reply|like|quote|share|bookmark|edit|delete|flag))+
    | [\w.\-]{2,30}(?:,[ ][\w.\-]{2,30}){0,4}(?:[ ]and[ ](?:[\w.\-]{2,30}|\d+[ ]others?))?[ ](?:likes?|like)[ ]this\.? | reactions?:[ ].{1,80}
    | (?:report|reply|quote|like|share|edit|link|flag|tip|delete|bookmark|reblog|permalink|parent|thread|track|memories|comment|comments|leave[ ]a[ ]comment|\d+[ ]comments?|log[ ]in|sign[ ]up|login|register|join|home|browse|search|just[ ]in|community|communities|forum|forums|help|about|fandoms|tags|members|faq|rss|previous|next|prev|up|index|contents|top|story|author|follow|favorite|favourite|favorites|vote|votes|add[ ]to[ ]library|add[ ]to[ ]favorites|email|e-mail|facebook|twitter|tumblr|pinterest|reddit|print|download|epub|pdf|mobi|html|txt|review|reviews|write[ ]a[ ]review|kudos|subscribe|mark[ ]for[ ]later|tools|save|a\+|a-|full|3/4|1/2|expand|tighten|[<>«»←→↑|·•/:.,()-]+)(?:[ \t]*[|·•/,.:»«←→<>]+[ \t]*|[ \t]{1,4})(?:(?:report|reply|quote|like|share|edit|link|flag|tip|delete|bookmark|reblog|permalink|parent|thread|track|memories|comment|comments|leave[ ]a[ ]comment|\d+[ ]comments?|log[ ]in|sign[ ]up|login|register|join|home|browse|search|just[ ]in|community|communities|forum|forums|help|about|fandoms|tags|members|faq|rss|previous|next|prev|up|index|contents|top|story|author|follow|favorite|favourite|favorites|vote|votes|add[ ]to[ ]library|add[ ]to[ ]favorites|email|e-mail|facebook|twitter|tumblr|pinterest|reddit|print|download|epub|pdf|mobi|html|txt|review|reviews|write[ ]a[ ]review|kudos|subscribe|mark[ ]for[ ]later|tools|save|a\+|a-|full|3/4|1/2|expand|tighten)(?:[ \t]*[|·•/,.:»«←→<>]+[ \t]*|[ \t]{1,4}|$)){1,14}
    | the[ ]author[ ]would[ ]like[ ]to[ ]thank[ ]you[ ]for[ ]your[ ]continued[ ]support.{0,80}
    | (?:generated|created|converted|downloaded|exported|made|produced|packaged|saved|archived|scraped|formatted|compiled|printed|retrieved)[ ](?:by|with|from|on|using|via|at)[ ].{2,120}
    | (?:this[ ](?:e-?book|file|story|text|document|work)[ ]was[ ])(?:generated|created|converted|downloaded|exported|made|produced|packaged|saved|archived|automatically).{2,120}
    | .{0,60}this[ ]work[ ]is[ ]licen[sc]ed.{0,120} | (?:©|\(c\)|copyright)[ ]*(?:©[ ]*)?(?:\d{4}|[\w.\-]+[ ]\d{4}).{0,120} | .{0,40}creative[ ]commons.{0,120} | .{0,10}\bcc[ ]by(?:-\w\w)+.{0,60}
    | .{0,6}\(?read[ ](?:the[ ]rest[ ]of[ ]this[ ]entry|more)[^\w\n]{0,6} | [(\[]?\s?(?:cut[ ]for[ ]length|read[ ]more)[^\w\n]{0,6}
    | (?:return|back)[ ]to[ ](?:the[ ])?(?:top|index|contents|archive|main|home|list|story|author).{0,40} | this[ ]story[ ]archived[ ]at[ ].{3,100} | archived[ ]at[ ].{3,100}
    | you[ ](?:must|need[ ]to|have[ ]to)[ ](?:be[ ])?(?:log(?:ged)?[ ]in|sign(?:ed)?[ ](?:in|up)|regist(?:er|ered))\b.{0,60} | (?:this[ ](?:page|story|site|chapter)[ ]has[ ]been[ ])?(?:visited|viewed|accessed|read)[ ][\d,]+[ ]times?.{0,40} | (?:this[ ])?page[ ](?:hosted[ ]by|generated[ ]in|rendered[ ]in|loaded[ ]in|created[ ]with)[ ].{2,80} | (?:be[ ]the[ ]first[ ]to|no[ ])(?:[ ]?comments?|like|review).{0,40} | get[ ]notified[ ]when[ ].{1,80}
    | end[ ]of[ ](?:the[ ])?(?:export|download|document|conversion|e-?text|e-?book)\.? | \{(?:reactions|attachments|embed|stickers)\} | exported[ ]\d+[ ]message.{0,6}
    | =+>[ ]\S+\.(?:txt|html?|docx?|rtf|md)[ ]<=+
    | page[ ]\d+[ ]of[ ]\d+ | \d+[ ]of[ ]\d+[ ]pages? | viewing[ ]page.{0,40} | advertisement | sponsored.{0,20} | share[ ]?:[ ].{0,80} | your[ ]review[ ]has[ ]been[ ]posted.{0,20}
    | \W*you[ ]have[ ]reached[ ]the[ ]end[ ]of[ ](?:published|posted|the)[ ].{3,30} | be[ ]the[ ]first[ ]to[ ].{3,30} | (?:log|sign)[ ]in[ ]to[ ](?:reply|comment|review|vote|post|leave).{0,30}
    | posted[ ](?:on|by)[ ](?=[^.!?]*(?:\d{4}|@|»|\bin\b|\bunder\b|\bat\b))[^.!?]{4,60}
    | (?:epub|e-?book|pdf|file)[ ](?:created|generated|made|converted)[ ](?:by|with).{2,60} | chapter[ ]by[ ]chapter | read[ ]\d[\d,]*[ ]times | add[ ]\S.{0,30}[ ]to[ ]your[ ]library.{0,60} | skin[ ]by[ ].{2,30}
    | (?:part|page|chapter)[ ]\d+(?:[ ]*\|[ ]*(?:part|page|chapter)?[ ]?\d+){1,40} | \W*<[ ]?\d+(?:[ ]\d+){1,20}[ ]?>\W*
    | (?:copyright[ ])?all[ ]rights[ ]reserved\.? | powered[ ]by[ ].{2,60} | rated[ ]?:?[ ]?\d(?:\.\d)?[ ](?:stars|/[ ]?5).{0,40}
    """,
    _FLAGS | re.VERBOSE,
)

_BESIDE = re.compile(r"\[\d{1,2}-\w{3}-\d{2,4} \d{1,2}:\d\d(?: [ap]m)?\] [\w.#-]{2,40}|(?:guild|server|channel|topic): .{2,60}|posted (?:on|by) [^.!?]{4,60}|source: [\w.-]{2,40}|jump:?|(?:un)?watch|[\w-]{2,40} mailing list|(?:un)?subscribe", _FLAGS)

# Buttons that are plain words; with a count or arrows they may be longer.
_WEAK = re.compile(
    r"(?:\d{1,3} of \d{1,4}|(?:this (?:site|page) (?:is )?)?best viewed (?:in|with|at) .{3,40}|(?:you are |you're )(?:the )?[\d,]+(?:st|nd|rd|th) (?:visitor|guest|reader|person).{0,40}|(?:you are |you're )?(?:visitor|guest|reader)(?: no\.?| number| #)* ?[\d,]{2,}(?: .{3,30})?|[\d,]+ (?:visitors|people|users|guests) .{3,40}|(?:return|back) to .{2,50}(?:archive|index|page|library|home)|actions?|kudos|bookmark|bookmarks|comments?|share|follow|following|like|likes|reblog|reply|vote|votes|favou?rite|favs?|add|next|prev|previous|home|browse|search|just in|community|forum|archive|index|report|subscribe|subscribed|download|save|print|edit|menu|close|cancel|submit|post|send|expand|tighten|notes|tags?|reviews?|story|author|login|options|settings|next chapter|previous chapter|first|last|up|top|donate|tip|join|source|via \S+|more|more like this|see all|view all|[<>«»←→↑]+|email|facebook|twitter|tumblr|pinterest|reddit|whatsapp|\W*share via \w+|follow\W+author|originally posted by.{0,40})",
    _FLAGS,
)
_FORBIDS = re.compile(r"^(?:©|\(c\)|copyright)(?=[^A-Z]*$).*\b(?:do not|don['’]t|please|steal)\b|^(?:©|\(c\)|copyright).*\b(?:I|my|mine|me|steal|[Nn]o part of this)\b", re.MULTILINE)
TRIM = " \t\u3000*_[](){}|·•:»«›‹→←\u200b"


# Words that buttons, menus and counters are made of, and the small words between them.
_BUTTONS = frozenset(
    ["kudos", "bookmark", "bookmarks", "comment", "comments", "chapter", "chapters", "index", "entire", "work", "works", "full", "page", "pages", "share", "shared", "sharing", "like", "likes", "liked", "tweet", "reblog", "reblogged", "reply", "replies", "quote", "report", "abuse", "vote", "votes", "voted", "review", "reviews", "story", "stories", "fiction", "fictions", "author", "authors", "alert", "alerts", "favorite", "favorites", "favourite", "favourites", "fav", "favs", "follow", "following", "followers", "add", "added", "library", "reading", "list", "app", "get", "download", "epub", "pdf", "mobi", "html", "txt", "print", "printer", "printable", "email", "facebook", "twitter", "tumblr", "pinterest", "reddit", "whatsapp", "next", "prev", "previous", "back", "forward", "first", "last", "top", "bottom", "end", "home", "menu", "search", "site", "map", "login", "log", "logout", "sign", "in", "up", "out", "register", "join", "account", "profile", "settings", "options", "help", "about", "faq", "rss", "feed", "archive", "archives", "forum", "forums", "community", "browse", "fandom", "fandoms", "categories", "category", "tags", "tag", "links", "link", "more", "less", "show", "hide", "see", "view", "read", "reads", "views", "hits", "notes", "likes", "hide", "expand", "tighten", "text", "font", "size", "theme", "dark", "light", "mode", "skin", "reader", "threadmark", "threadmarks", "watch", "unwatch", "ignored", "thread", "threads", "post", "posts", "posted", "posting", "filed", "under", "leave", "cancel", "submit", "send", "edit", "delete", "flag", "parent", "permalink", "track", "memories", "part", "parts", "toc", "contents", "section", "entry", "entries", "fiction", "donate", "subscribe", "unsubscribe", "notifications", "notified", "updates", "loading", "skip", "content", "main", "original", "source", "via", "people", "person", "person's", "today", "most", "recent", "popular", "random", "spoiler", "show", "shrink", "click", "anon", "anonymous", "moderator", "mod", "staff", "recommend", "recommended", "stars", "star", "rating", "rate", "save", "saved", "file", "files", "version", "mobile", "desktop", "friend", "friends", "tell", "skip", "close", "open", "load", "all", "none", "guest", "user", "users", "online", "member", "members", "privacy", "policy", "terms", "service", "contact", "cookie", "cookies", "copyright", "ao3", "wattpad", "ffn", "write", "new",
     "threaded", "table", "flat", "ignore", "guestbook", "webring", "webrings", "ring", "visitor", "visitors", "counter", "viewed", "best", "older", "newer", "collapse", "continue", "below", "above", "jump", "go", "click", "here", "return", "hosted", "updated", "discord", "patreon", "pin", "stats", "recs", "fics", "fanfic", "fanfiction", "gallery", "news", "awards", "sitemap", "select", "choose", "remember", "password", "username", "results", "inappropriate", "blog", "blogs", "subscribers", "guests", "viewing", "browsing", "bookmarked", "trackback", "feedback", "mail", "mailing", "enter", "cut", "fandom", "sort", "filter", "collection", "collections", "series", "promoted", "sponsored", "wiki", "newest", "latest", "challenges", "titles", "bigger", "smaller", "larger", "friendly", "quick", "crossposted", "previous", "day", "week", "add", "header", "footer", "navigation", "statement", "title", "fic", "pics", "rings", "published", "ago", "create", "quizzes", "genres", "achievements", "übersicht", "favoriten", "statistik", "startseite", "suche", "suchen", "anmelden", "registrieren", "geschichten", "kategorien", "kommentare", "inicio", "início", "buscar", "categorías", "categorias", "gêneros", "entrar", "cadastrar", "comentarios", "comentários", "favoritos", "favoritar", "historias", "histórias", "accueil", "rechercher", "connexion", "inscription", "commentaires", "favoris", "главная", "фанфики", "заявки", "вопросы", "поиск", "войти", "отзывы", "нравится", "скачать", "регистрация", "форум", "подписаться", "zaloguj", "strona", "główna", "szukaj", "komentarze", "accedi", "cerca", "categorie", "commenti", "recensioni", "zoeken", "inloggen", "reacties", "首页", "登录", "注册", "收藏", "评论", "quizzes", "surveys", "masterlist", "masterlists", "ask", "asks", "premium", "just", "communities", "c2s", "shop", "store", "topic", "topics", "cart", "collect", "deviations", "bio", "gen", "award", "awarded", "replies", "chapters", "ch", "site", "list"]
)  # fmt: skip
_SMALL = frozenset(["the", "this", "to", "by", "of", "a", "an", "as", "on", "for", "and", "or", "with", "your", "you", "it", "be", "is", "in", "at", "from", "s", "me", "my", "our", "us", "i", "no", "not"])
_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d[\d.,]*[km]?\b")
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
    if len(buttons) + sum(word in _SMALL for word in words) < len(words) or 2 * len(buttons) < len(words):
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
    if core in _EXACT:
        return 1.0 if not line.startswith(("*", "_")) else 0.0
    if line[0] in "*_\"“" or line[:3].lower() in ("[ ]", "[x]"):
        return 0.0
    if "|" in core and all(part.strip() in _EXACT or _WEAK.fullmatch(part.strip()) for part in core.split("|")):
        return 1.0
    if line[0] in "<«[(" and _PAGES.fullmatch(line) is not None:
        return 1.0
    if line[0] == "#" and len(line) <= 4 and line[1:].isdigit():
        return 0.4  # a posting's number in a thread, or a part's
    if line[0] in "©(cC" and _FORBIDS.search(line) is not None:
        return 0.0  # an author's word to thieves
    if _SHAPES.fullmatch(line) is not None or (6 <= len(core) < len(line) and _SHAPES.fullmatch(core) is not None):
        return 1.0
    if len(line) <= 64 and (_WEAK.fullmatch(core or line) is not None or _BESIDE.fullmatch(line) is not None):
        return 0.4
    if len(line) > 120:
        return 0.0
    lower = line.lower().replace("’", "'")
    if _COUNTS.fullmatch(core):
        return 1.0 if core.count("k") + core.count("m") and core[-1] != "," else 0.4
    if _CHAPTERED.match(lower) is not None:
        return 0.0  # "Chapter 27: not a chapter - please read"
    if _TURN.fullmatch(lower) is not None and line[-1] not in ".?!" and not (line[0].islower() and ":" in line):
        return 0.4  # an author says in small letters what comes next
    return max(_menu(lower), _buttons(lower))


def is_count(line: str) -> bool:
    """Whether a stripped line is a page of pages ("1 of 3")."""
    return _COUNTED.fullmatch(line) is not None


_COUNTED = re.compile(r"(?:(?:page|chapter|part) )?\d{1,4} (?:of|/) \d{1,4}", _FLAGS)


