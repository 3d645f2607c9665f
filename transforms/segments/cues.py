"""What authors say when they speak to readers: named cues with weights, and the account of them for one paragraph.

Single words prove nothing (story characters review, comment, update and enjoy things), so cues stand in classes, each class
counts once with a little more for repetition, and what is summed is weighed against the signs of narration. A weight is close
to a log-odds: two classes together are what hardly ever happens in a story paragraph (5 of 48,173 measured). Positions, gaps
and fences are the business of `edges`.
"""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from transforms.segments.literals import BOUNDARY, TOKEN, Index, is_western, needs


class Cue(NamedTuple):
    """A named class of evidence found in a stretch of text, with what it counts for (positive: a note; negative: a story)."""

    name: str
    weight: float
    hits: int = 1


# name | weight | topic | hard | pattern. `hard` classes hardly occur in fiction that is not itself about writing fan fiction.
_TABLE: tuple[tuple[str, float, str | None, bool, str], ...] = (
    (
        "work", 2.4, "author_note", True,
        r"\b(?:fan-?fic(?:tion)?s?|fics?|ficlets?|one-?shots?|two-?shots?|drabbles?|head-?canons?|fandoms?|song-?fics?|longfic|wips?|lemons?|oc'?s|ooc"
        r"|cross-?over|plot ?bunn(?:y|ies)|fluff|smut|whump|femslash|fem!\w+|self-insert|y/n|reader insert|canon(?:-?\w+)?|non-canon|spoilers?|omake|betas?|au's|hurt/comfort"
        r"|threadmark\w*|slow ?burn|(?:missing|deleted) scenes?|bingo (?:card|square|fill)|big bang|secret santa|yuletide|kink ?meme|nanowrimo|gift ?fic|ficathon|ships?(?= (?:them|it|this))|clich[eé]s?)\b",
    ),
    (
        "chapter", 1.6, "author_note", True,
        r"\b(?:(?:this|next|last|new|previous|first|final|short|long|the|every|each|upcoming|following|a|another|second|third|of) (?:(?:short|long|little|new|next|real) )?(?:chap(?:ter|pie|py)?s?|installment|instalment|epilogue|prologue|sequel|part(?= (?:is|was|will|goes|comes|up|soon)|[.!?)]*$))"
        r"|chap(?:ter)?s? (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|sequel|chappies?|chaps)\b",
    ),
    (
        "story", 1.1, "author_note", False,
        r"\b(?:this|my|the|these|an?other|own|whole|other|of) (?:(?:first|new|little|short|silly|weird|last|small|sad|whole|other|old|entire) ){0,2}(?:story|stories|piece|writing|series|collection|poems?|au|trilogy|verse)\b",
    ),
    (
        "ownership", 2.4, "disclaimer", True,
        r"\b(?:(?:i|we|i also|also|still|me) (?:really |sadly |do |obviously |clearly |totally )?(?:do|did|does)(?: not|n'?t) (?:actually |really |even )?own|(?:\A|[.!?:] ?)(?:do|does)(?: not|n'?t) own|does(?: not|n'?t) own (?:us|any|me|the (?:characters?|rights|show|series)|them|anything|anyone|it)|dont own|i own (?:nothing|no(?:ne| one|thing)|only|the)|own(?:s|ed)? (?:none of|nothing|any of (?:it|this|these|the characters))"
        r"|(?:all )?(?:rights|credit)s? (?:go(?:es)? to|belongs? to|reserved)|(?:characters?|everything|world|rights|universe|names?) (?:all )?belongs? to|belongs? to (?:their|its|his|her|the) (?:respective |rightful |original |proper )?(?:owners?|creators?|authors?|writers?)|infringement|(?:none|not|never|nothing|neither) (?:\w+ )?(?:is |are |of \w+ )?mine"
        r"|no (?:money|profit)|copyrights?|trademarks?|just (?:borrowing|playing)|disclaim(?:er|ers|ed)|if i owned|property of|owned by|take no credit|isn'?t mine|aren'?t mine)\b",
    ),
    (
        "beta", 2.4, "credit", True,
        r"\b(?:beta-?(?:read(?:er|ing|ers)?|'?d|ed)|un-?beta(?:'?d|ed)?|no beta|my beta|proof-?read\w*|(?:all|any) (?:other |remaining |the )?(?:mistakes|errors|typos)|mistakes (?:are|is) (?:all )?(?:mine|my)|typos?"
        r"|cheer-?read\w*|spell ?check\w*|sensitivity read\w*|brit-?pick\w*)\b",
    ),
    (
        "begging", 3.2, "request", True,
        r"\b(?:r ?(?:&|and|n) ?r\b|read (?:and|&|n) review|(?:please|pls|plz|kindly) (?:\w+ ){0,2}(?:review|comment|vote|fav\w*|follow|subscribe|kudos)|(?:comment|vote|review) (?:your|below|down below|if you|with your|which|what you|and (?:vote|comment|let|tell|follow|share|review))|(?:vote|comment)(?: and|,| &| \+) (?:comment|vote)|(?:leave|drop|send|write|gimme|give) (?:me |us |this |it |a |some |your |any |lots of |the |one |kudos |comments? |reviews? |or |and |little |nice |quick |short ){1,5}(?:reviews?|comments?|kudos|feedback|thoughts|votes?|likes?|stars?|hearts?)"
        r"|reviews? (?:are|is|=|make)|comments? (?:are|is|=|make)|kudos (?:are|is|=|if|and)|feedback (?:is|makes|=)|review(?:s)? ?(?:please|pls|plz)|comments? and kudos|kudos and comments?|than(?:ks?|x)(?: you)?(?: \w+){0,3} for (?:reading|the (?:guesses|suggestions|feedback|reviews?|kudos|comments|follows?|favs?|faves|favorites|votes)|all (?:of )?(?:the|your) (?:\w+ )?(?:reviews?|kudos|comments|favs?|faves|follows|support)|your (?:\w+ )?(?:reviews|comments|kudos))|(?:requests?|prompts?|commissions?|asks) (?:are|is) (?:still |now |currently )?(?:open|closed)|concrit|constructive criticism|no flames|flames will|happy reading)\b"
        r"|\A\W{0,4}(?:reviews?|comments?|kudos|feedback|votes)(?: (?:and|or|&) (?:kudos|comments?|reviews?|votes|likes))? [a-z]+s? (?:the|my|me|this|us|a|an|all|to|love|like|better|always|appreciated|welcome|loved|if)\b",
    ),
    (
        "imploring", 2.6, "request", True,
        r"\b(?:(?:please|pls|plz|kindly) (?:\w+ ){0,2}(?:leave|drop (?:me|a)|let me know|tell me)|drop (?:me|us) a (?:line|note)|let (?:me|us) know (?:what|how|if|in|your|whether|which|who)|what (?:do|did) (?:you|u|we|y'?all|ya|you guys|everyone) (?:all |guys )?think|hope (?:that )?(?:you|u|y'?all|you guys|everyone|you all|ya)(?:'ll| will| have| all| guys)? (?:like[ds]?|enjoy(?:ed)?|lik|love)|than(?:ks?|x)(?: you)?(?: \w+){0,3} for (?:all (?:the|your)|your (?:patience|support|kind|lovely)))\b",
    ),
    (
        "response", 2.0, "request", True,
        r"\b(?:r ?& ?r|read (?:and|&) review|(?:please|pls|plz|leave|drop|your|the|all the|lovely|nice|kind|for|more|to|any|some|every|single|of|no|get|got|got|read all|in the|in a|by|many|few|those|these|kudos and|comments and) (?:\w+ )?(?:reviews?|kudos|comments?|feedback)"
        r"|review(?:ers?|ed|ing)?(?= (?:if|and|or|please|me|you|this|so|are|make)|[!:;.,)]|s?$)|reviews|kudos|kudo|comments? (?:and|if|are|with|on|below|or|section|box|in)|concrit|con-crit|feedback|flam(?:es?|ers?)|constructive criticism|crit|votes?(?= (?:and|if|for|or|below|in|comment))|upvote|subscrib\w+|bookmark(?:s|ed)?|likes and"
        r"|fav(?:e|es|ed|orite|ourite|s)?(?:d|s|ing)? (?:and|this|me|or|it)|follow(?:s|ed|ers)? (?:and|or|this)|(?:hit|click|press|push|poke) (?:that|the|this) (?:\w+ ){0,3}button|(?:most|highest|majority of) votes?|votes? (?:wins?|decides?|close[sd]?)|pm me|dm me|message me|my inbox|ask ?box|in(?:to)? my dms?|shout ?out|favou?rited?)\b|\breview!",
    ),
    (
        "opinion", 1.3, "request", False,
        r"\b(?:let me know|lemme know|tell me (?:what|if|how|why|where|who|your|in|which|by|about|whether|all)|what (?:do|did|does|are|is|would|should) (?:you|u|y'?all|ya|everyone|everybody|your)\b[^.!?\n]{0,40}\?"
        r"|(?:hope|hoping|hopefully) (?:that )?(?:you(?:'ll| guys| all| will)?|y'?all|u|everyone|somebody|someone|anyone|it) |(?:any|your) (?:thoughts|ideas|suggestions|requests|questions)|suggestions|i(?:'d| would) (?:love|like) to (?:hear|know)|you(?:'re| are) (?:all )?(?:awesome|amazing|the best)"
        r"|any ?(?:one|body) (?:who |want|know|notice|catch|spot|get|guess|else)|(?:can|did) (?:you|any ?one) (?:spot|catch|guess|find|recogni[sz]e)|be (?:nice|kind|gentle)|open to|come (?:and |find me|say hi|talk to me|yell at me|scream)|say hi|find me|yell at me|scream (?:at|with) me|don'?t be (?:shy|afraid)"
        r"|don'?t like,? don'?t read|(?:please|kindly) (?:\w+ ){0,2}(?:forgive|excuse|bear|tell|enjoy|note|correct|read|point|let|leave|vote|comment|be))\b",
    ),
    (
        "schedule", 1.8, "update", True,
        r"\b(?:updat(?:es?|ed|ing)(?= (?:soon|again|this|every|will|are|is|on|when|next|the|as|more|once|twice|schedule|in|for|and|as)|[!?.,:;)]|$)|update[sd]?|(?:i'?ll|i will|will|to|going to|gonna|i'?ve|have|i|was|been|being|be|got|is|first|originally|previously|also|re-?) (?:\w+ )?(?:re-?)?(?:post(?:ed|ing|s)?|upload(?:ed|ing)?)(?= )|cross-?post(?:ed|ing)?|x-?posted"
        r"|sorry (?:for|about|it|this|if|it'?s|that|i)[^.!?\n]{0,40}\b(?:wait|delay|late|short|long|absence|hiatus|took|while|gap|silence|cliff\w*|taking|updat\w*|chapter|forever)|hiatus|writer'?s? block|(?:long|longer) wait|for the (?:long )?wait|next (?:one|bit|time|update|part|instal?lment|week|weekend|story) (?:is|will|should|comes?|goes|up|may|might|soon|in|has)"
        r"|more (?:on|by|after|before|over|during|this|next) (?:mon|tues|wednes|thurs|fri|satur|sun|the weekend|christmas|easter|week|month|exams?|tomorrow)\w*|part (?:two|three|four|\d) (?:is|will|soon|coming|of|goes|comes)|more soon|coming soon|stay tuned|abandon(?:ed|ing) (?:this|it|the|my)|re-?writ(?:e|ing|ten)|back(?:log)? of chapters|to be continued|discontinu\w*|half (?:written|finished|done)|(?:one|two|three|four|five|\d+|a few|a couple|some|lots|few|many) more (?:to go|coming|to come|chapters?|parts?|left|on the way|of these)|more (?:coming|to come)|took (?:so long|forever|ages|a while|me (?:so long|forever|ages|a while|way))|sorry (?:this|that|it|i) (?:took|is late|was late)|(?:be|been) back (?:soon|next|on|in|with|by)|until (?:next|the next))\b",
    ),
    (
        "life", 0.9, "update", False,
        r"\b(?:exams?|finals|midterms?|homework|coursework|dissertation|thesis|uni|college|semester|my (?:laptop|computer|pc|phone|wifi|internet|wi-fi|job|cat|dog|mum|mom|dad|family|grandma|grandad|grandpa|teacher|professor|class|hometown|commute|flat|apartment|shifts|weekend|thesis|therapist|students|sister|brother|roommate|flatmate|boyfriend|girlfriend|husband|wife|kids?|baby|nan|gran|cousin|best friend|friend|boss|shift|vacation|holiday|thumb|muse)"
        r"|real life|irl|life (?:got|has been|happened)|(?:on|by|this|next|every|until|till) (?:mon|tues|wednes|thurs|fri|satur|sun)days?|i (?:grew up|live in|used to live|went to school|work (?:in|at|as))|at work|moving house|power ?cut)\b",
    ),
    (
        "process", 1.3, "author_note", False,
        r"\b(?:i (?:just |first |actually |originally |only |finally |really )?(?:wrote|typed|rewrote|edited|started (?:this|writing|it)|finished (?:this|writing|it)|looked (?:it|this|that|these|them) up|google[d]?|research(?:ed)?|made (?:up|it up|this up)|invented|changed (?:the|a|some)|moved the|cheated|fudged|stole|borrowed)|(?:i'?ve|i have|i had|i'?d) (?:been )?(?:always |also |never |only |just )?(?:written|writing|wanted to write|had (?:this|the) (?:idea|scene)|wanted to (?:do|try)|carr(?:ied|ying) this)"
        r"|(?:while|after|when|before|since|of|by|from|for|am|i'm|start|started|stop|keep|kept|time|love|loved|like|enjoyed|hate) writing|(?:to|never|can'?t|couldn'?t|i) write (?:this|about|a|an|in|the|it|more|fluff|for|from|them|him|her)|(?:this|it|that|which|and) (?:was|is|came|started|began) (?:\w+ )?(?:out of|as|from|supposed|meant|written|just|inspired|based|a (?:gift|fill|response|birthday|present|translation|sequel|prequel|companion|remix|repost|collection|short|quick|little|one))"
        r"|takes? place|set (?:after|before|during|in|somewhere|between|right|sometime|some time|around|post|pre|at the|a few|immediately)|ignor(?:es|ing) (?:the|season|everything|canon|anything)|inspired by|based (?:on|off)|idea (?:came|for|would|wouldn'?t|hit|popped|has|of|from|behind)|the (?:first time|idea)|first (?:attempt|try|time|go) (?:at |for |with )?(?:\w+ )?(?:writing|doing|posting|at|in)|my (?:first|1st)|wouldn'?t (?:leave|let) me|out of my (?:system|head)|in my head|(?:any|the) resemblance|word count|\d+ words|hundred words|words? (?:limit|long)|seasons? (?:\d+|one|two|three|four|five|six|seven|eight|nine)|episodes?|the (?:show|anime|manga|movie|film|books|games?|canon|timeline|prompt|finale|pilot|comics?|fandom|ending)|on purpose|tense(?:s)?)\b",
    ),
    (
        "writing", 2.1, "author_note", True,
        r"\b(?:i (?:just |first |actually |originally |only |finally |really |basically |kinda |kind of |literally )?(?:wrote|typed|rewrote|finished|started|posted|uploaded|edited|revised|drafted|cranked|banged) (?:all (?:of )?)?(?:this|these|it|chapter) (?:as|for|in|on|at|while|when|because|after|instead|back|years|last|during|one|two|three|all|up|out|over|a|and|so|from|with|to|during|before|ages|chapter|story|thing|fic|whole|down at)"
        r"|(?:i'?ve|i have|i had|i'?d) (?:been |never |always |just |only )?(?:written|writing|wanted to write|meaning to write|had this (?:idea|scene|one|fic|story|in))|(?:while|stop|stopped|start|started|time|fun|trouble|from|of|love|loved|enjoyed|was|am|i'm|keep|kept|hate|by|with|after|finished|finish) writing(?! (?:to|his|her|him|them|desk|table))|(?:this|it|which) (?:was|is) (?:\w+ )?(?:originally |just |only )?(?:supposed|meant) to be (?:a|an|the|much|so|short|longer|shorter|one|fluffy|funny|crack|angst\w*|\d)|(?:this|it|that) (?:was|is) (?:\w+ )?(?:written|inspired|based|typed)|inspired by|based (?:off|on (?:the|a|an) (?:prompt|song|post|episode|tumblr|book|movie|film|game|show|headcanon))|idea (?:for this|would not|wouldn'?t|came|popped|hit)|(?:never|first time|used to|not used to|how to|can'?t|cannot) writ(?:e|ten|ing) (?:this|smut|fluff|angst|for|about|in|a|an|poems?|them|her|him|these|anything)|wrote (?:this|it) (?:for|in|at|on|while|when|because|instead|after))\b",
    ),
    (
        "provenance", 1.6, "credit", False,
        r"\b(?:prompt(?:s|ed|er)?|(?:fest|exchange|challenge|bingo|big bang|secret santa|yuletide|kink ?meme|kinkmeme|nanowrimo|gift ?fic)|(?:written|made|created) for|title (?:is |comes |taken |stolen )*(?:from|by|courtesy)|lyrics|playlist|soundtrack|listen(?:ed|ing)? to (?:the|this|a|it|while|on)|song (?:is|by|for|used|that|i|in)|the song|(?:sung|goes|sing|set|singable) to (?:the tune|any\w*|something)|(?:to|the) tune of|translat(?:ed|ion|or|ing)|dedicated to|dedicate this|a (?:gift|present) for|happy (?:birthday|new year|holidays|halloween|christmas)|(?:big |many |special |huge |more )?(?:thanks|thank you|thx) (?:\w+ ){0,3}(?:to|for|as ever|as always)|credits?(?= (?:to|for|goes))|on anon|nonny|anon)\b",
    ),
    (
        "thanks", 1.2, "reply", False,
        r"\b(?:thank(?:s| you|ies|z)(?: you)?(?: all| guys| everyone| everybody| so much| again| sooo* much| a lot| very much| a million)*(?:,| to| for| and|!|[.] | (?!(?:said|says|i|he|she|they|god|goodness)\b)\w+)|love you (?:all|guys)|you guys (?:are|rock|make|have|asked|all)|appreciate|grateful)",
    ),
    (
        "greeting", 1.3, "author_note", False,
        r"\A\W{0,6}(?:hi+|hey+a?|hello+|hiya|howdy|greetings|yo|heyo+|hallo|'?sup|ohai|welcome|good (?:morning|evening|day)|what'?s up|wow|whew|phew|ahh+|aaa+)\b(?:[ ,!.~:]+(?:so|there|again|sv|sb|qq|y'?all|all|guys|everyone|everybody|folks|peeps|people|dear|lovely|lovelies|me|my|readers?|world|y'?all|friends?|minna|you|loves|darlings|this|that|here|back|welcome|it'?s|i'?m|i)\b|!)"
        r"|\A\W{0,4}(?:so+|okay|ok|alright|well)\b[ ,!.]+(?:so |then |yeah,? |um+,? )*(?:this is (?:my|a|the)|here'?s|here is|guys|everyone|hi\b|hey\b|hello|first off|i(?:'m| am) (?:back|sorry|not dead|alive)|i know (?:i|it)|i (?:just )?(?:wrote|started|finished|decided|had))",
    ),
    (
        "handoff", 1.8, "author_note", False,
        r"\b(?:on (?:with|to) (?:the|it|this)|onto the|without further (?:ado|adieu)|happy reading|enjoy(?= ?(?:[!.~:;)^\u263a-\U0001faff]|$|the (?:chapter|story|fic|show|ride|read)|this|reading|it[!.]|and |xx))|here (?:it is|we go|you go|goes|ya go|is (?:chapter|the|part|a)|have)|here'?s (?:chapter|the|part|a|another|hoping|some|to)|(?:so|and|anyway|well),? here(?:'s| (?:he|she|it|they|we) (?:is|are|goes?))|now (?:on|back|read|go|onto)|story time|read on|let'?s (?:go|get|begin|start|do this)|anyways?[,!.]|action!|back to (?:the|our) (?:story|show|fic|regular\w*)|off (?:we|you) go)",
    ),
    (
        "platform", 2.2, "author_note", True,
        r"\b(?:ao3|archive of our own|ff\.?net|ffn|ff\.n|fanfiction\.net|wattpad|tumblr|live ?journal|dreamwidth|twitter|discord|patreon|ko-?fi|instagram|deviantart|youtube|spotify|pinterest|fimfiction|royal ?road|scribble ?hub|quotev|spacebattles|sufficient velocity|blue ?sky|f-list|flist)\b|https?://|\bwww\.|\.(?:com|net|org|co\.uk|livejournal)\b|(?<![\w.])@[a-z][\w-]{2,}|\bu/\w+",
    ),
    (
        "net", 1.5, None, False,
        r"\b(?:lol+|lmao|rofl|ha(?:ha)+h?|he(?:he)+|xd|omg|btw|tbh|idk|imo|imho|pls|plz|ppl|thx|kinda sorta|asap|fyi|tysm|ily|ikr|gah|ugh+|ehehe|mwah+|soo+|ooo+h|eep|squee+|welp|meep|arigatou?|gomen|ja ne|minna(?:-san)?|kyaa+)\b"
        r"|(?:^|(?<=\s))(?:[:;=8][-'^o]?[)(pd3*|/\\]+(?!\w)|xd+|<3+|\^[_.-]?\^[;']*|>[_.]+<|t[_.]t|o[_.]o|-_-;*|\*(?:hides?|runs?|ducks?|bows?|waves?|hugs?|grins?|sweatdrops?|cries|sobs?|coughs?|sighs?|blinks?|shrugs?|dies|dodges?|points?|glares?|throws?|hands?|passes|looks?|sniffles?|sniffs?|wipes?|holds?|drags?|gives?|pokes?|winks?|facepalms?)\b[^*\n]{0,60}\*)|[!?]{2,}|[\U0001f300-\U0001faff\u2600-\u27bf\u2764](?!\u20e3)|[(（][^()（）\n]{0,4}[´`•´ω｀ﾟ°≧≦▽∀ಠ][^()（）\n]{0,10}[)）]",
    ),
    (
        "address", 1.2, None, False,
        r"\b(?:you guys|y'?all|you all|all of you|those of you|some of you|several of you|(?:a )?(?:few|lot|couple|lots) of you|many of you|most of you|one of you|any of you|you lot|guys|folks|peeps|(?:every|any|some)(?:one|body) (?:who|that|for|asked|wants|has|else)|to every(?:one|body)|if (?:you|u|anyone|anybody|you'?ve|you'?re|you'?d) |as you (?:know|can|may|might|see)|you (?:can|may|might|will|'ll) (?:notice|find|see|have|read|also|tell|ask|skip)|(?:dear|lovely|faithful|my|new|old|all|lurking|silent|patient) readers?|readers|bear with (?:me|us)|trust me|promise(?:d)?|warn(?:ed|ing)?|heads? up|fair warning|not for you)\b",
    ),
    (
        "dedicated", 2.0, "dedication", False,
        r"\A\W{0,4}(?:this (?:one|story|fic|chapter|is|goes)(?:'s| is)? (?:goes )?(?:out )?(?:dedicated )?(?:for|to)\b|for (?:my |all |every|@\w|the (?:lovely|wonderful|amazing|anon|\w+ who)))|\bdedicat(?:ed|ion) to\b|\bthis (?:one |chapter |fic |story |part )?(?:is|goes out|goes) (?:for|to) (?:you|my|all|every\w*)|(?:\A|[.!?] )for (?:the|my|all|both|every\w*|those) [^.!?\n]{3,60}, (?:who|because|without)\b|\bwith (?:\w+ )?(?:love|thanks|apologies) to\b|happy (?:belated |early )?(?:birthday|bday|christmas|holidays|xmas|new year)|(?:written|made|gift|present) for\b",
    ),
    (
        "warning", 1.8, "warning", False,
        r"\b(?:(?:trigger|content|general|blanket|fair|small|spoiler|big|quick|obligatory) warnings?|warnings? (?:for|of|in)|(?:tw|cw)\b ?[:/-]|heads?[- ]up|character deaths?|nothing (?:too )?(?:graphic|explicit)|graphic|non-?con|dub-?con|m-?rated|rat(?:ed|ing) (?:is |will |may |m\b|t\b|for|up|went|has|changed)|(?:bumped|changed|upped|raised) the rating|slash|yaoi|yuri|boy ?x ?boy|girl ?x ?girl|mature (?:content|themes)|mentions? of (?:\w+ )?(?:abuse|suicide|blood|violence|death|self|rape|sex|drug|war|torture|past)|swear(?:ing)?(?: words)?|triggering|depictions? of|skip (?:this|the|it|to|that|from)|happy ending|no one dies|nobody dies|tissues)\b",
    ),
    (
        "language", 2.4, "author_note", True,
        r"\b(?:english (?:is(?:n'?t| not)|not|isnt|is my second|being my second)|(?:first|native|mother|second) (?:language|tongue)|my english|bad english|google translate)\b",
    ),
    (
        "signoff", 1.4, "sign_off", False,
        r"\b(?:xo+xo*|xx+|until next (?:time|chapter|week)|till next time|see (?:you|ya|u) (?:next|soon|later|in the|all|on|around|then|at)|(?:lots of |much |all my )love|bye+|ta-?ta|toodles|peace out|over and out|cheers|that'?s all|ja ne|stay (?:safe|tuned|awesome)|take care|much love|hugs|love you all|catch you|later days)\b[ ,!.~:<3]*",
    ),
    (
        "glossary", 1.5, "glossary", False,
        r"^\W{0,4}(?:\d+[.)]? ?)?[^\n=:–—-]{1,30} ?(?:=|: | - | – | — )[^\n]{2,90}\n\W{0,4}(?:\d+[.)]? ?)?[^\n=:–—-]{1,30} ?(?:=|: | - | – | — )",
    ),
    (
        "setting", 2.4, "author_note", True,
        r"\A\W{0,4}(?:this (?:story |fic |one |chapter )?(?:is |takes place |was )?)?(?:set (?:in|after|before|during|somewhere|between|right|sometime|around|at|post|pre|immediately|shortly|several|a few|some|early|late|mid)|takes place|post-\w+|pre-\w+|mid-\w+|au(?: where| in which|,|:|!|\.)|modern au|canon divergen\w+|canon[- ]compliant|what if|missing scene|deleted scene|episode tag|tag to|coda to|spoilers for|follows|ignores|assumes|no spoilers|sequel to|prequel to|companion (?:piece )?to|part (?:of|two of|one of) (?:my|the))\b"
        r"|\bjust (?:a|some) (?:little |short |quick |small |tiny |silly )+(?:thing|something|fluff|bit|piece|drabble|idea|ficlet|scene|snippet|story|post)",
    ),
    (
        "apology", 1.8, "update", True,
        r"(?:\A\W{0,4}|\A[^.!?\n]{3,40}[.!] )(?:so |ok |okay |and |i'?m |i am |very |really |so,? so |also )*(?:sorry|apologies|my apologies|forgive me)(?= (?:for|about|this|that|if|it|everyone|guys|to|i)\b|[ ,.!:]*(?:it|this|i|everyone|guys|folks)\b)",
    ),
    (
        "reply_line", 1.5, "reply", False,
        r"\A[*_>]{0,3}@?[\w][\w .'\-]{1,28}(?:\([^)\n]{1,30}\))?[*_]{0,2} ?(?::|-|–|—)[*_]{0,2} ?[*_]?(?:yes|no|yep|nope|yeah|thanks?|thank|i\b|i'm|you|your|ha|lol|glad|aw+|it'?s|sorry|omg|oh|hi|hey|welcome|well|maybe|don'?t|do not|that|so happy|here)",
    ),
    (
        "item", 2.2, "glossary", False,
        r"\A\W{0,4}(?:\d+[.)]? ?)?[*_]*[^\n=.!?\"]{1,36}[*_]* (?:=|==|->) \S",
    ),
    (
        "meta", 1.3, "author_note", False,
        r"\b(?:own writing|(?:the|your|this) author(?:ess)?|authoress|my (?:ocs?|muse|version|take on|readers|writing|characters?|attempt|apologies|profile|page|other (?:works?|stor(?:y|ies)|fics?)|two cents)|(?:dialogue|accent|voices?|characteri[sz]ation|pacing|title|summary|tags|plot|scene|ending|style|format(?:ting)?|italics|bold|wording|grammar)(?= (?:is|was|are|were|in|for|of|means?|comes?|may|might|has|that|i|came|off|too|will))|in character|out of character|plot (?:holes?|twist)|cliff-?(?:hanger|hangers|ies|y)|foreshadow\w*|in italics|point of view|pov|liberties|historically|accura(?:te|cy)|inaccurac\w+|characters?|unresearched|trope)\b",
    ),
)  # fmt: skip

# All but `_CASED` are matched against the text in lower case: patterns that ignore case are many times slower.
_CUES = tuple((name, weight, topic, hard, re.compile(pattern, re.MULTILINE)) for name, weight, topic, hard, pattern in _TABLE)
_CASED = {
    "work": re.compile(r"\b(?:AU|OCs?|POVs?|WIP|OTP|PWP)\b"),
    "ownership": re.compile(r"\b[Bb](?:elongs?|ELONGS?) (?:to|TO) (?:[Tt]he (?:\w+ )?)?[A-Z]"),
    "setting": re.compile(r"\b[Pp]ost-[A-Z]{2,}"),
    "dedicated": re.compile(
        r"\A\W{0,4}[Ff]or [A-Z@][\w.-]*(?:,| and | who| because|'s|\.$|\.,)|\b[Tt]his (?:one |chapter |fic |story |part )?(?:is|goes out|goes) (?:for|to) [A-Z@]"
    ),
}
HARD = frozenset(name for name, _, _, hard, _ in _CUES if hard) | {"foreign"}

# Words of authors in other languages: the classes are merged, since these markers carry most of the evidence.
_FOREIGN = (
    ("foreign", 2.8, None, True, re.compile(
        r"\b(?:cap[ií]tulos?|fanfics?|rese[ñn]as?|reviews|comentarios?|coment[aá]rios?|actualiz\w+|atualiz\w+|personajes? no|personagens? (?:n[aã]o|s[aã]o)|espero que (?:les|os|voc[eê]s|gostem|te)|gracias por|obrigad[ao]s? (?:por|a)|leitores|lectores|no me pertenec\w+|n[aã]o me pertence\w*|sin [aá]nimo de lucro|dejen|d[eé]jenme|nos leemos|pr[oó]xim[oa] cap[ií]tulo|votem|comentem|beijos|besos|gostaram|gostem|boa noite|oi,? gente|hola a todos|laisser|reviews?|à bientôt|bisous|n'h[eé]sitez|la suite|soyez indulgent\w*|premier (?:os|fic|essai)|rien ne m'|avoir lu|lu jusqu|dites-moi|lg|w[uü]rde mich|freue mich|[uü]ber reviews|n[aä]chste(?:s|n)? kapitel|hinterlasst|beta(?:lesen|leserin)?|erste(?:r|s)? (?:versuch|ff|os|geschichte)|fatemi sapere|lasciate|recensite|prossimo capitolo|un bacio|grazie per|mia prima|baci|zostawcie|dajcie zna[cć]|nast[eę]pny rozdzia[lł]|pozdrawiam|moje pierwsze|betowa\w*|chapitres?|lecteurs|lectrices|j'esp[eè]re que|merci (?:[aà]|pour|de)|ne m'appartien\w+|laissez|commentaires?"
        r"|kapitel|reviews?|kommentare?|leser(?:innen)?|danke (?:an|f[uü]r)|geh[oö]ren? (?:nicht )?(?:mir|alle)|viel spa[sß]s?|capitol[oi]|recension[ei]|lettori|grazie (?:a|per)|non mi appart\w+|spero (?:che|vi)|buona lettura|boa leitura|buena lectura|bonne lecture|rozdzia[lł]\w*|komentarz\w*|czytelni\w+|dzi[eę]kuj[eę]|mi[lł]ego czytania|nie nale[zż]\w+ do mnie)\b"
        r"|(?:глав[аыуе]\b|фанфик\w*|отзыв\w*|коммент\w*|читател\w*|персонаж\w*|не принадлеж\w+|спасибо (?:за|всем)|приятного чтения|автор\w*|беч?ен\w*|не бечено|прод[аыуе]\b|обновлен\w+)"
        r"|章|更新|评论|評論|留言|读者|讀者|收藏|感想|原作|二次創作|番外|ooc|同人|連載|コメント|お読み|ありがとう|次回|作者|설정|연재|댓글|감사합니다|다음 ?화|독자|팬픽",
        0)),
)  # fmt: skip

# Words too common to suggest a class of cues; all others in a pattern (by their first four letters) do.
_COMMON = frozenset(
    ["the", "you", "your", "to", "for", "of", "this", "it", "is", "and", "my", "me", "in", "at", "on", "was", "were", "have", "that", "all", "with", "if", "be", "will", "has", "are", "one", "time", "first", "little", "so", "we", "he", "she", "him", "her", "they", "them", "their", "from", "by", "as", "an", "or", "not", "do", "does", "did", "but", "had", "been", "just", "only", "very", "some", "any", "more", "most", "no", "out", "up", "down", "who", "what", "how", "when", "where", "why", "there", "here", "about", "into", "over", "then", "than", "can", "could", "would", "should", "may", "might", "must", "go", "get", "got", "goes", "come", "comes", "made", "make", "take", "back", "off", "way", "day", "his", "its", "our", "us", "am", "im", "ll", "ve", "re", "don", "didn", "isn", "old", "new", "good", "day", "days", "two", "three", "four", "five", "each", "every", "other", "own", "like", "love", "know", "see", "say", "said", "tell", "told", "look", "find", "end", "part", "left", "last", "next", "right", "again", "still", "even", "too", "much", "many", "day's", "don't", "it's", "i'm", "that's", "never", "around", "behind", "before", "after", "while", "because", "quick", "past"]
)
_KEPT = frozenset(("more", "own", "like", "love", "next", "part", "tell", "part", "here", "made"))
_LITERAL = re.compile(r"[a-z]{2,}(?:'?[a-z]+)?")
_SIGNS = re.compile(r"[!?][!?]|[:;=8][-'^o]?[)(pd3*|/\\]|<3|[\^>t;o-][_.]|\*\w|[´`•ω°≧≦▽∀ಠﾟ\U0001f300-\U0001faff\u2600-\u27bf]|\bxd|https?:|www|@\w|\.(?:com|net|org)|&")
_BY_SIGN = frozenset(("net", "platform", "begging", "imploring", "signoff", "response"))
_ALWAYS = frozenset(("apology", "setting", "greeting", "dedicated", "reply_line", "item"))  # anchored at the start, so free of cost


def _triggers(pattern: str) -> frozenset[str]:
    pattern = re.sub(r"\\\*\(\?:[^()]*\)", " ", pattern)  # what stands behind a star is found by that sign
    plain = re.sub(r"\\[a-zA-Z]|\(\?(?:[a-z-]*:|[!=<]+)|\[[^\]]*\]", " ", pattern.lower())
    return frozenset(run[:4] for run in _LITERAL.findall(plain) if run not in _COMMON or run in _KEPT)


_TRIGGERS = tuple((name, _triggers(pattern)) for name, _, _, _, pattern in _TABLE)
_BY_TOKEN: dict[str, set[int]] = {}
for _at, (_name, _tokens) in enumerate(_TRIGGERS):
    for _token in _tokens:
        _BY_TOKEN.setdefault(_token, set()).add(_at)
_SUGGESTS = frozenset(_BY_TOKEN)
_ALWAYS_AT = frozenset(at for at, (name, *_) in enumerate(_CUES) if name in _ALWAYS)
_SIGN_AT = frozenset(at for at, (name, *_) in enumerate(_CUES) if name in _BY_SIGN)
_INDEX = Index([needs(pattern, _COMMON) for *_, pattern in _TABLE], _COMMON)
_CASED_NEEDS = {name: {one.replace(BOUNDARY, "") for one in needs(pattern.pattern)} for name, pattern in _CASED.items()}
_CASED_AT = frozenset(at for at, (name, *_) in enumerate(_CUES) if name in _CASED)
_GLOSSARY_AT = next(at for at, (name, *_) in enumerate(_CUES) if name == "glossary")


QUOTED = re.compile(r"“[^”]{0,2000}(?:”|$)|\"[^\"]{0,2000}(?:\"|$)|«[^»«]{0,2000}»|»[^«»]{0,2000}«|„[^“”]{0,2000}[“”]|「[^」]{0,2000}」|『[^』]{0,2000}』|‘[^’\n]{1,300}[.,!?…—]’")
RAYA = re.compile(r"^\s*[—–]\s?\S")
_FIRST = frozenset(("I", "my", "My", "me", "myself", "mine", "i", "im", "ive"))
_SECOND = frozenset(("you", "your", "yours", "yourself", "ur", "u"))
_THIRD = frozenset(
    ["er", "sie", "ihm", "ihn", "ihr", "elle", "il", "lui", "ella", "él", "ele", "ela", "lei", "gli", "он", "она", "его", "её", "ему", "ей", "они", "jego", "jej", "jemu", "ona", "he", "she", "him", "his", "her", "hers", "they", "them", "their", "himself", "herself"]
)
_WORDS = re.compile(r"\w+")


def _any_case(words: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in (word, word.capitalize(), word.upper()))


# A word's classes as digits of one number, so that one sum counts them all.
_BITS = 16
_MOST = (1 << _BITS) - 1
_PERSONS: dict[str, int] = {}
for _place, _words in enumerate(
    (
        _FIRST,
        _any_case(_SECOND),
        _any_case(_THIRD),
        ("we", "We", "our", "Our", "us"),
        _any_case(("the", "and", "of", "was", "that", "with", "you", "is", "her", "his")),
        ("i", "im"),
    )
):
    for _word in _words:
        _PERSONS[_word] = _PERSONS.get(_word, 0) + (1 << _place * _BITS)


class Persons(NamedTuple):
    """How many words of a text are of the first person ("I", "my"), the second, the third; "we" and "our"; the commonest words of
    English; a small "i"."""

    first: int
    second: int
    third: int
    plural: int
    english: int
    small_i: int


# The same for texts in Western letters, whose words are parted by blanks in place of all other signs: that is faster.
_WESTERN_PERSONS = {word.encode("cp1252"): count for word, count in _PERSONS.items() if is_western(word)}
_WORDS_ONLY = bytes(code if _WORDS.match(bytes([code]).decode("cp1252", "replace")) else 32 for code in range(256))


_NUMERAL = re.compile(r"\b(?:vol(?:ume)?|part|book|chapter|act|scene)s?\.? I\b", re.IGNORECASE)
_COUNTED = ("vol", "part", "book", "chapter", "act", "scene")
_NUMBERED = 400  # characters of a text in which a numeral is looked for: titles are short


def count_persons(text: str) -> Persons:
    """The words of each person in a text, but for numerals ("Part I")."""
    if len(text) <= _NUMBERED and " I" in text:
        lower = text.lower()
        if any([word in lower for word in _COUNTED]):
            text = _NUMERAL.sub(" ", text)
    try:
        counts = map(_WESTERN_PERSONS.get, text.encode("cp1252").translate(_WORDS_ONLY).split())
    except UnicodeEncodeError:
        counts = map(_PERSONS.get, _WORDS.findall(text))
    total = sum(filter(None, counts))
    return Persons(total & _MOST, total >> 16 & _MOST, total >> 32 & _MOST, total >> 48 & _MOST, total >> 64 & _MOST, total >> 80 & _MOST)


SMALL_I = re.compile(r"(?<![\w'’*.-])i(?:'m|’m|'ve|’ve|'ll|’ll|'d|’d|m)?(?=[ ,!?])")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SAY = ("said", "says", "asked", "asks", "whispered", "replied", "muttered", "murmured")
_SAY_BEHIND = (*_SAY, "whispers", "replies", "mutters", "told", "tells", "shouted", "answered", "growled", "sighed", "laughed", "called", "added", "snapped")
_SAID = re.compile(rf"[,.!?…]['\"”’]\s+(?:\w+ ){{0,3}}?(?:{'|'.join(_SAY_BEHIND)})\b")
_SAY, _SAY_BEHIND = frozenset(_SAY), frozenset(_SAY_BEHIND)


def is_said(text: str) -> bool:
    """Whether somebody says something in a text ("she said"): some verbs prove it anywhere, some only behind a quotation."""
    lower = text.lower()
    words = _WORDS.findall(lower)
    return not _SAY.isdisjoint(words) or (not _SAY_BEHIND.isdisjoint(words) and _SAID.search(lower) is not None)


# A paragraph without "I" or "you" is looked at only if it holds one of these, or begins as settings and dedications do.
_DISTINCT = frozenset(
    ["fic", "fics", "fanfic", "fanfics", "fanfiction", "fanfictions", "ficlet", "oneshot", "oneshots", "shot", "drabble", "drabbles", "chapter", "chapters", "chap", "chappie", "review", "reviews", "reviewers", "kudos", "update", "updates", "updated", "updating", "disclaimer", "disclaimers", "own", "owns", "belong", "belongs", "beta", "betas", "unbeta", "unbetaed", "betaed", "canon", "au", "oc", "ocs", "ooc", "wip", "pov", "prompt", "prompts", "ao3", "ffn", "tumblr", "wattpad", "livejournal", "dreamwidth", "twitter", "discord", "patreon", "youtube", "comment", "comments", "feedback", "flames", "concrit", "enjoy", "thanks", "thank", "hope", "please", "pls", "plz", "author", "authors", "authoress", "sequel", "prequel", "hiatus", "fluff", "smut", "angst", "slash", "femslash", "lemon", "lemons", "yaoi", "yuri", "spoiler", "spoilers", "warning", "warnings", "tw", "cw", "trigger", "triggers", "season", "seasons", "episode", "episodes", "fandom", "fandoms", "headcanon", "crossover", "reader", "readers", "vote", "votes", "kudo", "bookmark", "subscribe", "crossposted", "posted", "reposted", "uploaded", "unedited", "typos", "mistakes", "lyrics", "title", "song", "playlist", "translation", "dedicated", "dedication", "written", "wrote", "writing", "inspired", "based", "english", "exams", "finals", "hugs", "xoxo", "xo", "www", "http", "https", "com", "net", "infringement", "copyright", "rights", "mine", "profit", "characters", "story", "stories", "everyone", "guys", "folks", "happy", "birthday", "exchange", "fest", "bingo", "challenge", "gift", "yuletide", "short", "words", "word", "set", "post", "pre", "what", "next", "soon", "lol", "haha", "xd", "omg", "sorry", "apologies", "tune", "sung"]
)
_ENGLISH_WORD = re.compile(r"\b(?:the|and|of|you|with|that|this|not|for)\b")
_OTHER_SCRIPT = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_OPENS = frozenset(("set", "for", "this", "takes", "post", "pre", "sorry", "apologies", "so", "also", "au", "just", "missing", "tag", "coda", "spoilers", "follows", "ignores", "part", "canon", "modern"))


def speaks_of_writing(text: str) -> bool:
    """Whether a text holds a word that suggests an author, or is not in a Latin script; a cheap question asked first."""
    lower = text.lower()
    if not _DISTINCT.isdisjoint(TOKEN.findall(lower)):
        return True
    start = TOKEN.search(lower)
    return (start is not None and start.group() in _OPENS) or not text.isascii() or _SIGNS.search(lower) is not None or "=" in text


@lru_cache(maxsize=1 << 7)  # a note is asked for its place, and again for its topics
def find_cues(text: str) -> tuple[tuple[str, float, str | None, int], ...]:
    """The classes of authors' words in a text: (name, weight, topic, hits)."""
    found = []
    if "’" in text:
        text = text.replace("’", "'")
    lower = text.lower()
    words = TOKEN.findall(lower)
    possible = _INDEX.possible(lower, words)
    wanted = set(_ALWAYS_AT)
    for token in _SUGGESTS.intersection([word[:4] for word in words]):
        wanted |= _BY_TOKEN[token]
    by_sign = (_SIGN_AT & possible) - wanted
    if by_sign and _SIGNS.search(lower):
        wanted |= by_sign
    if "\n" in text and ("=" in text or ":" in text or " - " in text or "–" in text):
        wanted.add(_GLOSSARY_AT)
    for at in sorted(wanted & (possible | _CASED_AT)):
        name, weight, topic, _, pattern = _CUES[at]
        hits, spot = 0, 0
        if at in possible:
            while hits < 4 and (found_one := pattern.search(lower, spot)) is not None:
                hits, spot = hits + 1, max(found_one.end(), spot + 1)
        if name in _CASED and any(string in text for string in _CASED_NEEDS[name]) and _CASED[name].search(text) is not None:
            hits += 1
        if not hits:
            continue
        found.append((name, weight + 0.3 * (hits - 1), topic, hits))
    if _ENGLISH_WORD.search(lower) is None or (not text.isascii() and _OTHER_SCRIPT.search(text) is not None):
        for name, weight, topic, _, pattern in _FOREIGN:
            hits = sum(1 for _ in zip(pattern.finditer(lower), range(4), strict=False))
            if hits:
                found.append((name, weight + 0.6 * (hits - 2), topic, hits) if hits > 1 else ("foreign_one", 1.4, topic, 1))
    return tuple(found)
