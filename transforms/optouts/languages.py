"""How notes in other languages forbid reuse: es, pt, fr, de, it, ru, pl, zh, ja, ko."""

from __future__ import annotations

import re

_I = re.IGNORECASE
# Other languages: kind and pattern; with the words for "without permission" they are `ask_first`.
FOREIGN = tuple(
    (kind, re.compile(pattern, _I))
    for kind, pattern in (
        # es, pt
        ("no_repost", r"\b(?:no|não|nao)\s+(?:re-?sub(?:ir|as|áis|a)|re-?post(?:ear|ar|en|em|e)|re-?public(?:ar|ques)|"
        r"copi(?:ar|es|éis|em)|plagi(?:ar|es|em)|public(?:ar|ado)?[^.!?\n]{0,30}otr[oa]s?\s+\w+|"
        r"subir[^.!?\n]{0,30}otr[oa]s?\s+\w+|post(?:ar|em)\s+em\s+outr[oa]s?)"),
        ("no_repost", r"\b(?:prohibid[oa]|prohíbe|prohibo|proibid[oa]|proibo|proíbo)\b[^.!?\n]{0,60}\b(?:re-?sub\w+|"
        r"re-?post\w+|copi\w+|reproduc\w+|reprodu\w+|public\w+|distribu\w+|plági\w*|plagi\w+)"),
        ("no_repost", r"\bproibid[oa]\s+(?:repost|a\s+c[óo]pia|o\s+pl[áa]gio)|\b(?:plágio|cópia)\s+é\s+crime"),
        ("no_translation", r"\b(?:no|não|nao)\s+(?:se\s+(?:puede|permite)\s+)?tradu(?:cir|zir|zcan|zam|zcas|zas|cciones)\b|"
        r"\bprohibid[oa]s?\s+(?:la\s+|las\s+)?traducci\w+|\bproibid[oa]s?\s+(?:a\s+|as\s+)?tradu\w+"),
        ("no_ai", r"\b(?:no|não|nao|prohibid[oa]|prohíbo|prohibo|proibid[oa]|proíbo|proibo)\b[^.!?\n]{0,90}(?:\bIAs?\b|"
        r"inteligencias?\s+artificial(?:es)?|inteligências?\s+artificia(?:l|is)|chatgpt)(?!\s+(?:fue|foi|"
        r"en\s+la|na\s+escrita))"),
        ("no_archive", r"\b(?:no|não|nao)\s+archiv(?:ar|es|en)\b|\b(?:não|nao)\s+arquiv(?:ar|em)\b"),
        # fr
        ("no_repost", r"\bne\s+(?:pas|jamais)\s+(?:re-?post\w*|re-?publi\w*|copier|reproduire|re-?diffuser|voler|"
        r"publier\s+ailleurs)|\b(?:interdit|interdite|interdiction|défense|"
        r"merci\s+de\s+ne\s+pas)\b[^.!?\n]{0,40}\b(?:re-?post\w*|re-?publi\w*|copi\w*|reprodui\w*|"
        r"reproduction|diffus\w*)|\breproduction\s+(?:\w+\s+){0,3}interdite"),
        ("no_translation", r"\bne\s+pas\s+(?:la\s+|le\s+|les\s+)?traduire\b|\b(?:interdit\w*|"
        r"interdiction)\b[^.!?\n]{0,30}\btradu\w+|\btraductions?\s+interdites?"),
        ("no_ai", r"\b(?:ne\b[^.!?\n]{0,60}\bpas|n['’]autorise\s+(?:pas|aucun\w*)|n['’]accepte\s+pas|refuse|interdi\w+|"
        r"interdiction)\b[^.!?\n]{0,90}(?:\b[lu]?['’]?\s?IA\b|intelligences?\s+artificielles?|chatgpt)"),
        ("no_archive", r"\bne\s+pas\s+archiver\b"),
        # de
        ("no_repost", r"\bnicht\b[^.!?\n]{0,40}\b(?:re-?post\w*|kopier\w*|klau\w*|weiter(?:ver(?:breit|öffentlich)\w*|"
        r"geben)|(?:woanders|anderswo|anderen\s+seiten)\s+(?:hochladen|posten|veröffentlichen))|\b(?:verboten|"
        r"untersagt)\b[^.!?\n]{0,40}\b(?:kopier\w*|re-?post\w*)|\b(?:kopieren|reposten|vervielfältigung|"
        r"weiterverbreitung)\b[^.!?\n]{0,30}\b(?:verboten|untersagt|nicht\s+(?:gestattet|erlaubt))"),
        ("no_translation", r"\bnicht\b[^.!?\n]{0,20}\bübersetzen\b|\bkeine\s+übersetzungen\b|"
        r"\bübersetzungen?\b[^.!?\n]{0,30}\b(?:verboten|untersagt|nicht\s+(?:gestattet|erlaubt))"),
        ("no_ai", r"\b(?:nicht|keine?r?|untersag\w*|verbot\w*|verbiete)\b[^.!?\n]{0,100}\b(?:KI|"
        r"künstlich\w+\s+intelligenz\w*|chatgpt|AI)\b(?![^.!?\n]{0,20}\b(?:benutzt|geschrieben|erstellt)\b)|"
        r"\bKI\b[^.!?\n]{0,60}\b(?:verboten|untersagt|nicht\s+(?:gestattet|erlaubt))"),
        ("no_archive", r"\bnicht\b[^.!?\n]{0,20}\barchivier(?:en|t)\b"),
        # it
        ("no_repost", r"\b(?:non|vietat[oa]|divieto\s+di|proibit[oa])\b[^.!?\n]{0,20}\b(?:ripubblica\w*|ripost\w*|copia\w*|"
        r"riprodu\w*|la\s+riproduzione|pubblica\w*[^.!?\n]{0,20}altrove|plagi\w*)"),
        ("no_translation", r"\b(?:non|vietat[oa]|divieto\s+di)\s+(?:la\s+)?tradu\w+"),
        ("no_ai", r"\b(?:non|vietat[oa]|divieto)\b[^.!?\n]{0,90}(?:\bIA\b|\bAI\b|intelligenz[ae]\s+artificial[ei]|"
        r"chatgpt)(?!\s+(?:è|stata))"),
        # ru
        ("no_repost", r"(?:запрещ\w+|не\s+(?:разреш\w+|перепост\w+|копир\w+|публик\w+|выклад\w+|размещ\w+|воров\w+|"
        r"таска\w+))[^.!?\n]{0,40}(?:копир\w+|перепост\w*|публикац\w+|размещ\w+|распростран\w+|на\s+других)|"
        r"\bне\s+(?:копир(?:уйте|овать)|перепост\w*|воровать|таскайте)|(?:копирование|размещение|публикация|"
        r"перепост)[^.!?\n]{0,40}(?:запрещ|не\s+разреш)"),
        ("no_translation", r"не\s+переводить|перевод[^.!?\n]{0,20}запрещ\w*|запрещ\w*[^.!?\n]{0,20}перевод"),
        ("no_ai", r"(?:запрещ\w+|не\s+(?:разреш\w+|использ\w+|дава\w+|соглас\w+|скармлива\w+)|"
        r"против)[^.!?\n]{0,90}(?:нейросет\w*|искусственн\w+\s+интеллект\w*|\bИИ\b|chatgpt|\bAI\b)"),
        # pl
        ("no_repost", r"\bzakaz\s+(?:kopiowania|repostowania|rozpowszechniania|publikowania)|\bnie\s+(?:kopiowa[ćc]|"
        r"kopiuj\w*|repost\w*|publikowa[ćc]\s+(?:nigdzie|na\s+innych))"),
        ("no_translation", r"\bnie\s+tłumacz\w*|\bzakaz\s+tłumaczenia"),
        ("no_ai", r"\b(?:nie|zakaz)\b[^.!?\n]{0,90}(?:\bAI\b|\bSI\b|sztuczn\w+\s+inteligencj\w*|chatgpt)"),
        # zh, ja, ko
        ("no_repost", r"(?:禁止|请勿|請勿|勿|谢绝|謝絕|"
        r"不要|不得|不可|拒绝|拒絕|禁)\s*(?:任何\s*形式的?\s*)?(?:二次)?(?:转载|轉載|搬运|搬運|转发|轉發|"
        r"二传|二傳|盗文|抄袭|抄襲)|(?:転載|再配布|複製)[^。\n]{0,12}(?:禁止|お断り|ご遠慮|しないで|厳禁)|"
        r"(?:불펌|전재|재배포|도용|복사)[^.\n]{0,8}(?:금지|하지\s*마|말아)"),
        ("no_translation", r"(?:禁止|请勿|請勿|勿|不要|不得)\s*翻[译譯]|翻訳[^。\n]{0,8}(?:禁止|しないで|お断り|ご遠慮)|"
        r"번역[^.\n]{0,8}(?:금지|하지\s*마|말아)"),
        ("no_ai", r"(?:禁止|请勿|請勿|勿|谢绝|不得|不要|不可|拒绝|禁)[^。\n]{0,20}(?:AI|人工智能|人工智慧|大模型|机器学习|"
        r"機器學習|训练模型)|(?:AI|生成AI|人工知能|"
        r"機械学習)[^。\n]{0,20}(?:禁止|お断り|ご遠慮|しないで|やめてください)|(?:AI|인공지능)[^.\n]{0,20}(?:금지|하지\s*마|말아|불허)"),
    )
)  # fmt: skip
FOREIGN_ASK = re.compile(
    r"\bsin\s+(?:mi\s+|previo\s+|su\s+|el\s+)?(?:\w+\s+)?(?:permiso|consentimiento|autorizaci\w+)|"
    r"\bsem\s+(?:a\s+)?(?:minha\s+)?(?:\w+\s+)?(?:permiss\w+|autoriza\w+)|\bsans\s+(?:mon\s+|ma\s+|"
    r"l['’])?(?:\w+\s+)?(?:autorisation|permission|accord|consentement)|"
    r"\bohne\s+(?:meine\s+|vorherige\s+)?(?:\w+\s+)?(?:erlaubnis|genehmigung|zustimmung)|"
    r"\bsenza\s+(?:il\s+)?(?:mio\s+)?(?:\w+\s+)?(?:permesso|consenso)|"
    r"без\s+(?:\w+\s+){0,2}(?:разрешени\w+|согласи\w+|ведома)|"
    r"только\s+с\s+(?:\w+\s+)?(?:разрешени\w+|согласи\w+)|с\s+разрешения\s+(?:автор\w*|переводчик\w*)|"
    r"\bbez\s+(?:mojej\s+)?(?:zgody|pozwolenia)|"
    r"未经[^。\n]{0,8}(?:允许|许可|授权|同意)|未經[^。\n]{0,8}(?:允許|許可|授權|同意)|(?:转载|轉載|翻译|翻譯)[^。\n]{0,6}(?:请|請|需|须|"
    r"須)[^。\n]{0,8}(?:联系|聯繫|授权|授權|询问|詢問|告知)|無断[^。\n]{0,12}(?:転載|翻訳|使用)|무단\s*(?:전재|복제|배포|번역)|"
    r"\b(?:pide|pidan|pedir|pregunta(?:d|r)?|peçam?|pedir|demande[zr]?|bitte\s+(?:vorher\s+)?frag\w*|"
    r"vorher\s+fragen|fragt\s+(?:mich\s+)?(?:vorher|bitte)|chiede(?:re|te)|спрашивайте|"
    r"спросите)\b[^.!?\n]{0,40}(?:permiso|permiss\w+|primero|antes|avant|d['’]abord|permission|vorher|"
    r"zuerst|prima|permesso|разрешени\w+)",
    _I,
)
FOREIGN_PERMITS = re.compile(
    r"\bse\s+permite\b|欢迎|歡迎|разреш(?:аю|ено)\b(?!.{0,3}только)|\bpode[m]?\s+|\bpuede[ns]?\s+|erlaubt\b|autorisé", _I
)
