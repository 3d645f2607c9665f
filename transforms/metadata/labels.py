"""The labels that stand before values in the headers of stories: `Title:`, `Pairing -`, `**Rated:**`, `Название:`, `あらすじ：`.

A label alone proves little: scripts, e-mails, character sheets and recipes inside a story have labels too. Each label carries
a weight; callers add up the weights of different labels that stand together, and values from closed vocabularies count more.
The vocabulary is that of docs/metadata.md; the languages are en, es, pt, fr, de, it, ru, pl, zh, ja, ko.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.metadata.tables import entries, fold


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line.

    `field` is a field of `Metadata`, or a name of ours for what has no column ("disclaimer", "genre", "spoilers", "mail" ...).
    `kind` is the segment kind of the line: "metadata", "summary" or "note" (with `topics`), or "boilerplate". `value` is the
    rest of the line without wrappers, `end` the offset in the line where it starts. `weight` is what the label proves on
    its own, from 0 (occurs in any text) to 2 (occurs in story headers only). `bare` says that the line is the label and
    nothing else, without a separator.
    """

    field: str
    kind: str
    value: str
    label: str
    end: int
    weight: float
    topics: tuple[str, ...] = ()
    bare: bool = False

    @property
    def strong(self) -> bool:
        """Whether the label hardly ever begins a line of fiction."""
        return self.weight >= 1.5


@dataclass(frozen=True, slots=True)
class _Entry:
    field: str
    kind: str
    weight: float
    topics: tuple[str, ...]


# field | kind[:topics] | weight | labels. Labels are lower case, without separators, singular and plural as they occur.
_TABLE = """
title | metadata | 0.75 | title; story title; fic title; name of story; story; fic; fanfic; fic name; story name; work title; title of story; new fic; ficlet; drabble; fill; minific; mini-fic; titulo; título; titre; titel; titolo; название; название работы; заголовок; имя фика; tytuł; 标题; 標題; 题目; 題目; 文名; 书名; 書名; 篇名; タイトル; 題名; 作品名; 小説名; 제목; 작품명; 제 목
authors | metadata | 1.25 | thread starter; story by; fic by; story author; original author; author(s)
authors | metadata | 0.75 | author; authors; by; written by; writer; writers; penname; pen name; author name; pseud; posted by; autor; autora; autor(a); autores; autoras; escrito por; escrita por; publicado por; publicada por; postado por; enviado por; auteur; auteure; auteurs; autrice; auteur(e); ecrit par; écrit par; autorin; verfasser; verfasserin; geschrieben von; autore; autori; scritto da; автор; авторы; автор(ы); автор фика; autorka; autorzy; 作者; 原作者; 撰文; 文; 著者; 筆者; 書いた人; 작가; 글쓴이; 지은이; 저자; 글
fandoms | metadata | 1 | show; tv show; source material; series/fandom; movie; game/fandom; book/fandom
fandoms | metadata | 2 | fandom; fandoms; fandom(s); fandom / universe; show/fandom; фандом; фэндом; фандомы; фандом(ы); fandomy; 同人原作; 原作; 衍生; 原作名; 二次創作元; ジャンル名; 팬덤; 원작; fandom/s
categories | metadata | 1 | ao3 categories; ao3 category; category; categories; category(ies); categoria; categoría; categorías; categorias; catégorie; catégories; kategorie; kategorien; категория; направленность; категории; kategoria; kategorie fika; 类别; 類別; 分类; 分類; カテゴリ; カテゴリー; 분류; 카테고리
warnings | metadata | 1.5 | archive warning; archive warnings; archive warning(s); ao3 warnings; ao3 warning; advertencias del archivo; avisos do arquivo
caution | note:warning | 1 | warning; warnings; warning(s); content warning; content warnings; content warning(s); trigger warning; trigger warnings; trigger warning(s); triggers; trigger; content notes; content note; tw; cw; tw/cw; cw/tw; caution; squicks; advertencia; advertencias; avisos; aviso; avertissement; avertissements; warnung; warnungen; triggerwarnung; triggerwarnungen; avvertimenti; avvertimento; avvertenze; предупреждение; предупреждения; предупреждение(я); ostrzeżenia; ostrzeżenie; 警告; 预警; 預警; 避雷; 注意; 注意事項; 注意書き; 경고; 주의; 주의사항
relationships | metadata | 2 | relationship; relationships; relationship(s); pairing; pairings; pairing(s); pairing/s; main pairing; main pairings; side pairing; side pairings; other pairings; pairings/relationships; relationships/pairings; romantic pairing; ship; ships; ship(s); couple; couples; emparejamiento; emparejamientos; pareja; parejas; casal; casais; couple(s); paar; paare; coppia; coppie; пейринг; пейринги; пейринг/персонажи; пейринг и персонажи; пэйринг и персонажи; пэйринги; пэйринг; paring; paringi; parowanie; 配对; 配對; cp; 主cp; カップリング; カプ; 커플링; 커플; 페어링; 共演
characters | metadata | 0.75 | character; characters; character(s); character/s; main characters; main character; featuring; personajes; personaje; personagens; personagem; personnages; personnage; personen; charaktere; figuren; hauptpersonen; personaggi; персонаж; персонажи; герои; действующие лица; главные герои; postacie; postaci; bohaterowie; 角色; 人物; 主要角色; 登場人物; キャラ; キャラクター; 등장인물; 캐릭터
cast | metadata | 1.5 | characters/pairings; characters/pairing; pairing/characters; pairings/characters; character/pairing; characters/ships; characters and pairings; pairings and characters; characters & pairings; characters/relationships; relationships/characters; pairing/character; pairing(s)/character(s)
tags | metadata | 1.5 | tag; tags; additional tags; additional tag; freeform tags; freeforms; freeform; entry tags; post tags; labels; filed under; keyword; keywords; key words; story tags; etiquetas; etiquetas adicionales; étiquettes; mots-clés; mots clés; schlagworte; stichworte; schlagwörter; tagi; теги; тэги; метки; ключевые слова; дополнительные метки; 标签; 標籤; 关键词; 關鍵字; タグ; 태그; 키워드; hashtags
rating | metadata | 1.5 | rating; rated; ratings; story rating; rating/warnings; fiction rated; age rating; clasificación; clasificacion; classificação; classificacao; classificação indicativa; classification; altersfreigabe; einstufung; altersempfehlung; freigabe; valutazione; рейтинг; ограничение; возрастной рейтинг; rating wiekowy; ograniczenie wiekowe; kategoria wiekowa; 分级; 分級; 级别; 等级; 等級; レーティング; 年齢制限; 対象年齢; 등급; 수위; 연령등급
status | metadata | 0.75 | status; story status; completed; complete; completion; completion status; work status; estado; estatus; statut; état; stato; статус; stan; 状态; 狀態; 进度; 狀況; 文章状态; 状況; 連載状況; 상태; 연재상태; completa; concluida; concluída; terminada; terminée; abgeschlossen; conclusa
language_stated | metadata | 1 | language; languages; lang; idioma; língua; lingua; langue; sprache; язык; język; 语言; 語言; 言語; 언어
published | metadata | 0.75 | published; publish date; date published; published on; posted; posted on; date posted; date; first posted; first published; originally posted; publicado; publicada; fecha; fecha de publicación; data de publicação; publié; publiée; publié le; date de publication; veröffentlicht; veröffentlicht am; pubblicata; pubblicato; pubblicata il; data; опубликовано; дата публикации; дата; opublikowano; 发表时间; 發表時間; 发布时间; 发表日期; 日期; 投稿日; 公開日; 掲載日; 게시일; 작성일; 연재일
updated | metadata | 1 | updated; last updated; update date; date updated; last update; actualizado; actualizada; atualizado; atualizada; mis à jour; mise à jour; aktualisiert; letzte aktualisierung; aggiornata; aggiornato; обновлено; дата обновления; zaktualizowano; 更新; 更新时间; 更新時間; 最后更新; 更新日; 最終更新; 최종수정일; 업데이트
stated_words | metadata | 1.5 | words; wc; word count; wordcount; word-count; total words; length; story length; words total; total word count; palabras; número de palabras; palavras; número de palavras; mots; nombre de mots; wörter; wortanzahl; wortzahl; wörterzahl; länge; parole; numero di parole; conteggio parole; слов; слова; количество слов; кол-во слов; размер; объем; liczba słów; słowa; słów; długość; 字数; 字數; 总字数; 總字數; 篇幅; 文字数; 글자수; 분량; 단어수
chapters | metadata | 1 | chapters; chapter count; number of chapters; capítulos; capitulos; chapitres; kapitel; kapitelanzahl; capitoli; глав; количество глав; кол-во частей; частей; rozdziały; liczba rozdziałów; 章节数; 章數; 总章数; 話数; 章数; 회차; 총화수
series | metadata | 0.75 | series; part of series; series name; serie; série; reihe; цикл; серия; seria; cykl; 系列; シリーズ; 시리즈
url | metadata | 1 | url; story url; link; links; story link; source; source url; original source; story source; original; original work; original story; original url; original link; link to original; read on ao3; read it on ao3; read on ffn; read at; also at; also on; also posted at; also posted on; crossposted; cross-posted; crossposted at; crossposted to; x-posted; ao3; ao3 link; ffn; ffn link; url de la historia; enlace; lien; ссылка; ссылка на оригинал; оригинал; odnośnik; 链接; 連結; 地址; 原文地址; 原文链接; リンク; 링크
site_id | metadata | 1 | story id; work id; storyid; workid; fic id; sid
summary | summary | 1 | summary; story summary; short summary; brief summary; description; story description; blurb; synopsis; sumario; sumário; resumen; resumo; sinopsis; sinopse; résumé; resume; zusammenfassung; inhalt; inhaltsangabe; kurzbeschreibung; klappentext; riassunto; sommario; trama; introduzione; саммари; описание; аннотация; краткое содержание; streszczenie; opis; podsumowanie; 简介; 簡介; 文案; 内容简介; 摘要; 概要; 梗概; あらすじ; 紹介文; 내용; 줄거리; 요약; 소개글
chapter_summary | summary | 1 | chapter summary; summary for the chapter; capítulo resumen; resumen del capítulo; resumo do capítulo
genre | metadata | 1.5 | genre; genres; genre(s); genre/s; género; géneros; genero; gênero; gêneros; genere; generi; жанр; жанры; жанр(ы); gatunek; gatunki; 类型; 類型; 体裁; ジャンル; 장르
classification | metadata | 1 | classification codes; story type; type; type of story; storytype; codes; code; story codes; class; classifications; archive classification; tipo; тип; 属性
spoilers | metadata | 1.5 | spoiler; spoilers; spoiler(s); spoiler/s; spoiler warning; spoiler warnings; spoilers for; spoiler alert; спойлеры; spoilery; spoilerwarnung
setting | metadata | 0.75 | timeline; time line; time frame; timeframe; continuity; canon; episode tag; episode; season; missing scene; sequel to; sequel; prequel; universe; verse; set; setting; era; période; zeitlinie; таймлайн; canon status; au; alternate universe
archive | metadata | 1.5 | archive; archiving; distribution; archive/distribution; distribution/archive; archive permission; permission to archive; archive rights; permission; permissions; размещение; distribución; verteilung; archivierung; archivage; публикация на других ресурсах; 转载; 轉載; 授权; 授權; 転載; 무단전재
email | metadata | 1.25 | website; web site; web page; homepage; home page; author's website; tumblr; twitter; e-mail; email; e-mail address; email address; author e-mail; author email; author's e-mail; author's email; contact; mail; correo; correo electrónico; почта; メール
part | metadata | 0.75 | part; parts; chapter/part; installment; teil; parte; partie
parties | metadata | 0.75 | translator; translation by; translated by; traductor; traductora; traducido por; tradutor; tradutora; traducteur; traductrice; übersetzer; übersetzerin; traduttore; traduttrice; переводчик; перевод; tłumacz; tłumaczenie; 译者; 譯者; 翻译; 翻譯; 翻訳; 訳者; 번역; 번역자; artist; art by; illustrator; podficcer; read by; cover; cover by; cover art
stats | metadata | 1 | stats; statistics; story stats; estadísticas; estatísticas; statistiques; statistiken
counts | metadata | 0.75 | comments; kudos; bookmarks; hits; reviews; favs; favorites; favourites; follows; follow; views; reads; read; votes; likes; comentarios; comentários; reviews:; отзывы; просмотры; лайки
export | metadata | 1.5 | packaged; publisher; author url; series url; collections; collection; downloaded; date downloaded; generated; file size; filesize; size; extraction date; date saved; average rating; user rating; extratags; status date; updated on; challenges; challenge status; read count; word counter
mood | metadata | 1 | current mood; current music; current location; mood; security; posting access; location; music
mail | metadata | 0 | from; to; newsgroups; subject; message-id; message id; sent; cc; reply-to; reply to; organization; organisation; lines; path; followup-to; references; sender; nntp-posting-host; x-newsreader; mime-version; content-type; received; mailing-list; delivered-to; return-path; user-agent; x-mailer; approved; xref; list-archive; x-no-archive; x-original-to; posted-by; objet; betreff; von; oggetto; кому; тема
work_metadata | metadata | 1 | header; original title; alternative title; raws; raw; editor; edited by; proofreader; proofread by; posting date; posted at; disposition; chapter title; chapter; fic type; written for fandom; point of view; pov; перспектива; narration; kinks; kink; kink(s); tropes; trope; season/episode; feast
disclaimer | note:disclaimer | 1.5 | disclaimer; disclaimers; disclaimer(s); legal; legal stuff; the legal stuff; legal bit; legal bits; legal note; disclaim; legalese; legal disclaimer; standard disclaimer; standard disclaimers; copyright; copyright notice; copyrights; descargo; descargo de responsabilidad; exención; renuncia; isenção; haftungsausschluss; rechtliches; дисклеймер; дисклэймер; отказ; отказ от прав; отказ от ответственности; zastrzeżenie; 声明; 聲明; 免责声明; 免責声明; 免責聲明; 免責事項; 면책; 디스클레이머; disclaimer/claimer; claimer; avertissement légal
feedback | note:request | 1.5 | feedback; comments and feedback; feedback/comments; feed back; reviews/feedback; r&r; review; flames; commentaires; feedback an; отзывы автору; критика
credit | note:credit | 1.5 | beta; betas; beta(s); beta reader; beta readers; beta'd by; betaed by; beta-reader; beta-read by; beta by; betareader; beta lectora; бета; беты; бета-ридер; бета(ы); гамма; beta-leser; betaleserin; relecture; bêta; beta lettrice; betowała; thanks; thanks to; thank you; special thanks; acknowledgements; acknowledgments; acknowledgement; credit; credits; prompt; prompts; prompt(s); challenge; for challenge; written for; inspiration; inspired by; song; songs; soundtrack; playlist; song credit; lyrics; lyrics by; title from; kink meme prompt; original prompt; заявка; ключ; agradecimientos; agradecimentos; remerciements; danksagung; ringraziamenti; благодарности; podziękowania; 感谢; 感謝; bêta-lectrice; cheerleader; requested by
dedication | note:dedication | 1 | dedication; dedications; dedicated to; dedicated; gift for; giftee; recipient; for; dedicatoria; dedicatória; dédicace; widmung; dedica; посвящение; dedykacja; 献给; 獻給; 献辞
notes | note:author_note | 1.5 | author's note; author's notes; authors note; authors notes; author note; author notes; author's comments; author's comment; authors' note; authors' notes; authoress' note; authoress' notes; authoress's note; note from the author; notes from the author; a/n; a/ns; an; a.n.; a\\n; writer's note; writer's notes; nota de la autora; nota del autor; notas de la autora; notas del autor; n. de la a.; n. del a.; nota do autor; nota da autora; notas do autor; notas da autora; notas finais do capítulo; note de l'auteur; note de l'auteure; note de l'autrice; notes de l'auteur; notes de l'auteure; notes de l'autrice; ndla; n.d.a.; nda; anmerkung der autorin; anmerkung des autors; anmerkungen der autorin; anmerkungen des autors; a/n der autorin; note dell'autrice; note dell'autore; nota dell'autrice; nota dell'autore; от автора; примечание автора; примечания автора; п/а; а/н; прим. авт.; прим.авт.; od autorki; od autora; notka od autorki; notka od autora; 作者的话; 作者有话说; 作者有话要说; 作者有話說; 作者有話要說; 作者より; 작가의 말; 작가의말
notes | note:author_note | 0.75 | note; notes; story notes; story note; work notes; beginning notes; beginning note; opening notes; head notes; initial notes; pre-notes; end notes; end note; endnotes; chapter notes; chapter note; chapter end notes; notes for the chapter; additional notes; other notes; misc notes; commentary; comment; author comments; author's ramblings; ramblings; author's rant; fyi; ps; p.s.; nota; notas; nota de la autora; nota del autor; notas de la autora; notas del autor; notas de autor; notas de autora; nota de autor; nota de autora; n/a; n. de la a.; nda; n.d.a.; nota do autor; nota da autora; notas do autor; notas da autora; notas iniciais; notas finais; notas do capítulo; notas de la historia; notas da história; note de l'auteur; note de l'auteure; note de l'autrice; notes de l'auteur; notes de l'auteure; notes de l'autrice; n.d.a; ndla; nda; anmerkung; anmerkungen; anmerkung der autorin; anmerkung des autors; anmerkungen der autorin; vorwort; nachwort; vorbemerkung; kommentar; a/n der autorin; note dell'autrice; note dell'autore; note; nota dell'autrice; nota dell'autore; nota autore; note autore; от автора; примечание; примечания; примечание автора; примечания автора; п/а; а/н; прим. авт.; прим.авт.; комментарий автора; заметки автора; od autorki; od autora; notka; notka od autorki; notka od autora; uwagi; notatka; 作者的话; 作者有话说; 作者有话要说; 作者有話說; 作者有話要說; 作者注; 作者按; 前言; 后记; 後記; 备注; 備註; 前書き; 後書き; まえがき; あとがき; 作者より; 備考; ひとこと; 작가의 말; 작가의말; 작가 노트; 작가후기; 후기; 비고
translator_note | note:author_note | 1.5 | note to recipient; notes to recipient; note for recipient; dear recipient; recipient note; translator's note; translator's notes; translator note; translators note; t/n; tn; translation note; translation notes; beta's note; beta note; b/n; editor's note; e/n; archivist's note; archivist note; nota de la traductora; nota del traductor; n/t; nota da tradutora; nota do tradutor; note de la traductrice; note du traducteur; n.d.t.; ndt; anmerkung der übersetzerin; anmerkung des übersetzers; nota della traduttrice; от переводчика; примечание переводчика; прим. перев.; п/п; od tłumaczki; od tłumacza; 译者注; 譯者注; 訳者注; 訳注; 역주; 번역자의 말
title | metadata | 0.75 | titel van het verhaal; tittel; otsikko; nimi; cím; název; naslov; başlık; adı; τίτλος; назва; judul; tựa đề; tên truyện; pamagat
authors | metadata | 0.75 | auteur(s); schrijver; schrijfster; författare; forfatter; skrevet av; kirjoittaja; szerző; írta; autorka(y); autor/ka; pisac; yazar; yazan; συγγραφέας; автор(ка); penulis; tác giả; escrita por; escritora; escritor; scritta da
relationships | metadata | 2 | koppel; koppels; stel; paritus; paritukset; páros; párosítás; páry; párování; parovi; çift; πρόσωπα; пейрінг; pasangan; cặp đôi; shippaus; parring
characters | metadata | 0.75 | karakters; karakter; karakterer; karaktärer; hahmot; szereplők; szereplő; postavy; likovi; karakterler; χαρακτήρες; персонажі; tokoh; nhân vật; roller; personages
rating | metadata | 1.5 | leeftijd; åldersgräns; ikäraja; ikärajoitus; korhatár; besorolás; přístupnost; uzrast; yaş sınırı; рейтинг твору; aldersgrense; kijkwijzer
genre | metadata | 1.5 | genrer; tyylilaji; műfaj; žánr; žánry; žanr; tür; είδος; жанр твору; thể loại; genre(n)
summary | summary | 1 | samenvatting; korte inhoud; sammanfattning; handling; sammendrag; resumé; tiivistelmä; yhteenveto; összefoglaló; tartalom; leírás; shrnutí; obsah; popis; sažetak; özet; konu; περίληψη; опис; анотація; ringkasan; sinopsis; tóm tắt; buod; omschrijving
disclaimer | note:disclaimer | 1.5 | vastuuvapaus; jogi nyilatkozat; jogok; zřeknutí se práv; odricanje; feragat; αποποίηση; відмова від прав; vrijwaring; ansvarsfriskrivning; vastuunvapautus
stated_words | metadata | 1.5 | woorden; aantal woorden; ord; antal ord; antall ord; sanoja; sanamäärä; szavak; szavak száma; počet slov; broj riječi; kelime; kelime sayısı; λέξεις; слів; jumlah kata; số chữ
chapters | metadata | 1 | hoofdstukken; kapitler; lukuja; fejezetek; fejezetek száma; kapitoly; poglavlja; bölüm; bölümler; κεφάλαια; розділи
warnings | metadata | 1.5 | archiefwaarschuwing; avvertimenti dell'archivio; archivwarnung; avertissement de l'archive; ostrzeżenia archiwum
caution | note:warning | 1 | waarschuwing; waarschuwingen; varning; varningar; advarsel; advarsler; varoitus; varoitukset; figyelmeztetés; figyelmeztetések; varování; upozornění; upozorenje; uyarı; uyarılar; προειδοποίηση; попередження; peringatan; cảnh báo; babala
language_stated | metadata | 1 | taal; språk; sprog; kieli; nyelv; jazyk; jezik; dil; γλώσσα; мова; bahasa; ngôn ngữ
status | metadata | 0.75 | estado da história; voltooid; färdig; állapot; stav; durum; tình trạng
published | metadata | 0.75 | gepubliceerd; gepubliceerd op; publicerad; publisert; julkaistu; feltöltve; publikováno; yayınlandı; δημοσιεύτηκε; ngày đăng; published at
notes | note:author_note | 1 | notities; aantekening; författarens anmärkning; forfatterens notat; kirjoittajan huomautus; a/n (magyar); megjegyzés; megjegyzések; szerzői megjegyzés; poznámka autorky; poznámka autora; poznámky; bilješka; napomena; yazar notu; yazarın notu; σημείωση; примітки; примітка автора; catatan penulis; lời tác giả
credit | note:credit | 1.5 | béta; betázta; betaolvasó; betaoval; bétaolvasó; opprinnelig idé
glossary | note:glossary | 1 | glossary; translations; vocabulary; glosario; glossário; glossaire; glossar; glossario; глоссарий; словарик; słowniczek; 词汇表; 用語集; 용어집
update_note | note:update | 1 | update schedule; updates; edit; eta; update; important; important note; announcement; news
"""  # noqa: E501


def _read_table() -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for row in _TABLE.strip().splitlines():
        field, kind, weight, labels = (cell.strip() for cell in row.split("|", 3))
        kind, _, topic = kind.partition(":")
        entry = _Entry(field, kind, float(weight), (topic,) if topic else ())
        for label in entries(labels):
            found.setdefault(label, entry)
    return found


_ENTRIES = _read_table()
_LONGEST = max(map(len, _ENTRIES))
_PLURAL = re.compile(r"\((?:s|es|ies|e|a|n|и|ы|я|й)\)", re.IGNORECASE)  # "Warning(s)", "Autor(a)", "Пейринг(и)"

# Names of our own fields are labels too, so that what was read once can be built again.
_FIELD_NAMES = frozenset(
    ("site", "site_id", "url", "title", "authors", "fandoms", "categories", "warnings", "relationships", "characters", "tags")
    + ("cast", "rating", "status", "language_stated", "published", "updated", "stated_words", "chapters", "series", "summary")
)

# Lines that are a label and nothing else, as pages copied from the browser have them. Only what is a whole line there.
_BARE = frozenset(
    entries("""
    Summary; Chapter Summary; Notes; Chapter Notes; End Notes; Chapter End Notes; Author's Note; Author's Notes; Authors Note
    Author Note; By; Written by
    Rating; Archive Warning; Archive Warnings; Category; Categories; Fandom; Fandoms; Relationship; Relationships; Character
    Characters
    Additional Tags; Language; Series; Collections; Stats; Disclaimer; A/N; Synopsis; Prompt; Glossary; Warnings; Pairing
    Pairings
    Description; Story Description; Blurb; Tags; Genre; Genres; Resumen; Resumo; Résumé; Sinopsis; Sinopse; Zusammenfassung
    Kurzbeschreibung; Riassunto; Саммари; Описание; Аннотация; От автора; Примечания; Примечание автора; 简介; 文案; 作者有话要说
    作者有话说; あらすじ; 前書き; まえがき; 後書き; あとがき; 줄거리; 작가의 말; Streszczenie; Opis; Od autorki; Notas
    Notas do Autor; Notas da Autora; Notas de la autora; Notas del autor; Note de l'auteur; Note dell'autrice; Anmerkung
    Vorwort; Nachwort
    """)
)

_OPENERS = " \t\u3000\xa0*_~#>=-–—+•·◆◇■□●○★☆♥♡|[](){}<\"“”'«»【】「」『』〖〗《》:."
_CLOSERS = ' \t\u3000\xa0*_~#<>=|[](){}"“”«»【】「」『』〖〗《》'
_EMPHASIS = "*_~"
# The separator: a colon (ASCII or full width), or a dash or equals sign that stands free.
_SEPARATOR = re.compile(
    r"[:：︰∶]{1,2}|\.{3,}\s*:?|\t+| {3,}(?=\S)|(?<=[ \t*_)\]])(?:-{1,2}>?|[–—=|])(?=[ \t*_]|$)"
    r"|=+[:：]?|(?<=[ \t])[★☆♥♡•·»~]+(?=[ \t])"
)
_ITEM = re.compile(r"\d{1,2}[.)][ \t]+(?=[^\W\d_])")
_WRAPS = frozenset("~*_=+")
_WRAPPED = re.compile(r"(?P<sign>[~*_=+]{1,3})(?P<label>[^~*_=+:\n]{2,30}?)(?P=sign)[ \t]+(?=\w)")
_BRACKETED = re.compile(r"[【〖《\[「『(<]\s*([^】〗》\]」』)>\n]{1,40}?)\s*[】〗》\]」』)>]\s*(?=\S)")


def entry_of(label: str) -> _Entry | None:
    """The vocabulary's entry for a label as written, without its separator."""
    if len(label) > _LONGEST + 24:
        return None
    folded = fold(_PLURAL.sub("", label).strip(_CLOSERS + _OPENERS))
    entry = _ENTRIES.get(folded)
    if entry is None and folded.endswith("."):
        entry = _ENTRIES.get(folded.rstrip("."))
    if entry is None and folded.rstrip("0123456789 #") != folded:
        entry = _ENTRIES.get(folded.rstrip("0123456789 #"))  # "Note 2", "Beta 1"
        entry = entry if entry is not None and entry.kind == "note" else None
    if entry is None and (open_at := folded.find(" (")) > 0:
        entry = _ENTRIES.get(folded[:open_at])  # "Pairings (if any)"
    if entry is None and "/" in folded:  # "Original/Fandom"
        parts = [part.strip() for part in folded.split("/")]
        found = [_ENTRIES[part] for part in parts if part in _ENTRIES]
        if any(" " in part for part in parts if part not in _ENTRIES):
            return None  # "Red Dwarf / Rated: K+"
        entry = max(found, key=lambda one: one.weight, default=None)
        entry = entry if entry is not None and entry.weight >= 1.5 else None
    return entry


def field_of(label: str) -> str | None:
    """The field of `Metadata` (or our name for what has no column) that a label stands for, in any of the languages.

    Names of fields stand for themselves; None for what is not in the vocabulary.
    """
    name = label.strip()
    if name in _FIELD_NAMES:
        return name
    entry = entry_of(name.rstrip(":： "))
    return entry.field if entry is not None else None


def label_at(line: str) -> Label | None:
    """The known label that a line begins with, or None.

    Case, bold and italic marks, bullets and brackets round the label do not matter; the separator is a colon, or a dash,
    pipe or equals sign with white space round it. A line that is only a label ("Summary") counts where pages have it so.
    Wrong where a name in a script or a field in a form inside the story is spelled like a label; look at `weight`.
    """
    size = len(line)
    at = 0
    while at < size and at < 24 and (line[at] in _OPENERS or (line[at] > "\u2190" and not line[at].isalnum())):
        at += 1
    if (numbered := _ITEM.match(line, at)) is not None:
        at = numbered.end()  # "1. Title: Salt Road"
    if at >= size:
        return None
    opener = line[:at]
    head = line[at : at + _LONGEST + 12]
    if opener.strip() and opener.rstrip()[-1] in "【〖《「『[(<":
        bracketed = _BRACKETED.match(line, len(opener.rstrip()) - 1)
        entry = entry_of(bracketed.group(1)) if bracketed else None
        if bracketed and entry:
            end = bracketed.end()
            while end < size and line[end] in " \t\u3000:：":
                end += 1
            return Label(entry.field, entry.kind, line[end:].strip(), bracketed.group(1), end, entry.weight, entry.topics)
    if opener and opener[-1] in _WRAPS and (wrapped := _WRAPPED.match(line, len(opener.rstrip(opener[-1])))) is not None:
        entry = entry_of(wrapped["label"])
        if entry is not None:  # "~Title~ Salt Road"
            end = wrapped.end()
            return Label(entry.field, entry.kind, line[end:].strip(), wrapped["label"], end, entry.weight, entry.topics)
    for separator in _SEPARATOR.finditer(head):
        written = head[: separator.start()]
        entry = entry_of(written)
        if entry is None:
            # "A/N: x - y": the first separator decides, unless a dash stands inside the label ("E-mail" has no spaces).
            if separator.group()[0] in ":：︰∶":
                return None
            continue
        attached = (
            separator.group()[0] == "="
            and line[at + separator.end() : at + separator.end() + 1].strip()
            and written == written.strip()
        )
        if separator.group()[0] not in ":：︰∶" and entry.weight < 1 and not (attached or _looks_labelled(written, opener)):
            return None
        end = at + separator.end()
        marks = line[end : end + 3]
        if marks[:1] and marks[0] in _EMPHASIS and opener.strip() and opener.strip()[-1] in _EMPHASIS:
            while end < size and line[end] in _EMPHASIS:
                end += 1
        while end < size and line[end] in " \t\u3000\xa0":
            end += 1
        value = line[end:].rstrip()
        mark = opener.strip()[-1:]
        if mark and mark in _EMPHASIS and value.endswith(mark) and value.count(mark) % 2:
            value = value.rstrip(mark).rstrip()
        elif mark in ("[", "(", "{", "<") and value.endswith({"[": "]", "(": ")", "{": "}", "<": ">"}[mark]):
            value = value if value.count(mark) else value[:-1].rstrip()
        if entry.field == "counts" and value and not any(map(str.isdigit, value)):
            entry = entry_of("feedback") or entry  # "Comments: yes, please"
        return Label(entry.field, entry.kind, value, written.strip(" \t*_~#"), end, entry.weight, entry.topics)
    written = line[at:].strip(_CLOSERS + ":")
    if len(written) <= _LONGEST and fold(written) in _BARE:
        entry = _ENTRIES.get(fold(written))
        if entry is not None:
            most = 0.75 if entry.field == "authors" else 0.5  # "by", on a title page
            return Label(entry.field, entry.kind, "", written, size, min(entry.weight, most), entry.topics, bare=True)
    return None


def _looks_labelled(written: str, opener: str) -> bool:
    """Whether a label before a dash is set off: bold, or in capitals, or capitalised and short ("Title - Salt Road")."""
    return bool(opener.strip(" \t")) or written.isupper() or (written[:1].isupper() and len(written) <= 14)
