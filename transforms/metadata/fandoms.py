"""Names of large fandoms, as headers without labels have them ("Gravity Falls", "BtVS").

Only for recognising a line as a fandom; a stated fandom is never replaced by a name of this list. Names that are also
ordinary titles or words ("Lost", "Friends", "Glee") stand here because they count only beside other header lines.
"""

from __future__ import annotations

import re

from transforms.metadata.ratings import rating
from transforms.metadata.tables import entries, fold

_NAMES = """
Harry Potter; HP; Fantastic Beasts; Fantastic Beasts and Where to Find Them; Percy Jackson; Percy Jackson and the Olympians; PJO; HoO; Heroes of Olympus
The Kane Chronicles; Magnus Chase; The Hunger Games; Hunger Games; Twilight; Twilight Saga; Divergent; The Maze Runner; The Mortal Instruments
Shadowhunters; The Infernal Devices; A Song of Ice and Fire; ASOIAF; Game of Thrones; GoT; House of the Dragon; The Lord of the Rings; Lord of the Rings
LotR; The Hobbit; Hobbit; The Silmarillion; Silmarillion; The Rings of Power; Narnia; Chronicles of Narnia; The Chronicles of Narnia; Discworld
Good Omens; His Dark Materials; Artemis Fowl; Warriors; Warrior Cats; Animorphs; Redwall; Inheritance Cycle; Eragon; A Series of Unfortunate Events
Anne of Green Gables; Little Women; Pride and Prejudice; Jane Eyre; Wuthering Heights; Emma; Sense and Sensibility; Sherlock Holmes; Les Misérables
Les Miserables; The Phantom of the Opera; Phantom of the Opera; Dracula; Frankenstein; The Picture of Dorian Gray; The Raven Cycle; Six of Crows
Grishaverse; Shadow and Bone; Captive Prince; Red, White & Royal Blue; Heartstopper; The Locked Tomb; The Murderbot Diaries; Murderbot; Vorkosigan Saga
Temeraire; Aubrey-Maturin; Hornblower; Dune; Foundation; Ender's Game; The Stormlight Archive; Mistborn; The Wheel of Time; Wheel of Time; The Witcher; Witcher
A Court of Thorns and Roses; ACOTAR; Throne of Glass; The Dresden Files; Dresden Files; Worm; Parahumans; Ward; Mother of Learning; Rivers of London
Star Trek; Star Trek: The Original Series; Star Trek: TOS; Star Trek TOS; TOS; Star Trek: The Next Generation; Star Trek: TNG; Star Trek TNG; TNG
Star Trek: Deep Space Nine; Star Trek: DS9; DS9; Star Trek: Voyager; Star Trek Voyager; VOY; Voyager; Star Trek: Enterprise; ENT; Enterprise
Star Trek: Discovery; Star Trek: Picard; Star Trek: Strange New Worlds; Star Trek: Lower Decks; Star Trek AOS; AOS
Star Wars; SW; The Mandalorian; Star Wars: The Clone Wars; The Clone Wars; Star Wars Rebels; Star Wars: Rebels; Andor; Rogue One; The Bad Batch; SWTOR
Knights of the Old Republic; KOTOR; Firefly; Serenity; Battlestar Galactica; BSG; Babylon 5; B5; Farscape; Stargate; Stargate SG-1; Stargate: SG-1; SG-1; SG1
Stargate Atlantis; Stargate: Atlantis; SGA; Stargate Universe; SGU; Doctor Who; DW; Torchwood; The Sarah Jane Adventures; Blake's 7; Red Dwarf
The Hitchhiker's Guide to the Galaxy; Quantum Leap; The Expanse; Expanse; Fringe; The X-Files; X-Files; XF; The Lone Gunmen; Millennium; Lost; Heroes; Sense8
Westworld; Orphan Black; Killjoys; Dark Matter; Wynonna Earp; Warehouse 13; Eureka; Sanctuary; Stranger Things; Black Mirror; The Umbrella Academy
Umbrella Academy; The OA; The 100; The Walking Dead; TWD; Fear the Walking Dead; The Last of Us; Supernatural; SPN; Buffy the Vampire Slayer; Buffy
Buffy: The Vampire Slayer; BtVS; Angel; Angel: The Series; AtS; Charmed; The Vampire Diaries; TVD; The Originals; Legacies; True Blood; Teen Wolf
Once Upon a Time; OUAT; Grimm; Merlin; Merlin (BBC); BBC Merlin; Robin Hood; Xena; Xena: Warrior Princess; Hercules: The Legendary Journeys; Highlander
Forever Knight; The Sentinel; due South; Due South; The Pretender; The A-Team; MacGyver; Knight Rider; Miami Vice; The Professionals; Starsky & Hutch
Starsky and Hutch; The Man from U.N.C.L.E.; Sherlock; BBC Sherlock; Sherlock (BBC); Elementary; House; House M.D.; House, M.D.; House MD; Hannibal; NBC Hannibal
Criminal Minds; CM; NCIS; NCIS: Los Angeles; NCIS: LA; CSI; CSI: Crime Scene Investigation; CSI: Miami; CSI: NY; Bones; Castle; Law & Order
Law and Order; Law & Order: SVU; Law & Order: Special Victims Unit; SVU; The Mentalist; White Collar; Leverage; Burn Notice; Psych; Monk; Numb3rs; Lie to Me
Person of Interest; POI; Hawaii Five-0; Hawaii Five-O; Magnum P.I.; Rizzoli & Isles; Rizzoli and Isles; Brooklyn Nine-Nine; B99; 9-1-1; 911; 9-1-1: Lone Star
Station 19; Grey's Anatomy; ER; Scrubs; The Good Doctor; Chicago Fire; Chicago P.D.; Chicago Med; The West Wing; West Wing; Scandal; Suits; The Good Wife
Ally McBeal; Gilmore Girls; Friends; How I Met Your Mother; HIMYM; The Big Bang Theory; Big Bang Theory; TBBT; Community; Parks and Recreation
Parks and Rec; The Office; 30 Rock; New Girl; Schitt's Creek; Ted Lasso; What We Do in the Shadows; Our Flag Means Death; OFMD; Black Sails; Crossbones
Downton Abbey; Call the Midwife; Poldark; Bridgerton; Outlander; Peaky Blinders; Queer as Folk; Skins; Misfits; Being Human; Primeval; Life on Mars
Ashes to Ashes; Spooks; The Thick of It; Yes, Minister; Yes, Prime Minister; Yes Minister; Blackadder; Tatort; Glee; One Tree Hill; Gossip Girl; Riverdale
The O.C.; Dawson's Creek; Veronica Mars; Pretty Little Liars; Smallville; Arrow; The Flash; Supergirl; DC's Legends of Tomorrow; Legends of Tomorrow
Batwoman; Gotham; Titans; Lucifer; Lois & Clark; Chilling Adventures of Sabrina; Wednesday; The Addams Family; Good Girls; Killing Eve; Warrior Nun
Motherland: Fort Salem; A League of Their Own; Yellowjackets; Interview with the Vampire; The Vampire Chronicles; Succession; Breaking Bad; Better Call Saul
Twin Peaks; The Magicians; The Librarians; Timeless; Agent Carter; Agents of S.H.I.E.L.D.; Agents of SHIELD; Marvel's Agents of S.H.I.E.L.D.
Marvel; Marvel Cinematic Universe; MCU; The Avengers; Avengers; Captain America; Iron Man; Thor; Spider-Man; Spiderman; X-Men; X-Men: First Class; XMFC
X-Men Evolution; X-Men: Evolution; Deadpool; Guardians of the Galaxy; Black Panther; Doctor Strange; Daredevil; Jessica Jones; Loki; Hawkeye; Moon Knight
WandaVision; The Falcon and the Winter Soldier; Fantastic Four; Venom; Runaways; Young Avengers; DC; DCU; DC Comics; Batman; Superman; Wonder Woman
Justice League; Young Justice; Teen Titans; Nightwing; Batfamily; Green Lantern; Suicide Squad; Birds of Prey; Watchmen; Sandman; The Sandman
Hellboy; The Old Guard; Kingsman; Kick-Ass; Transformers; G.I. Joe; Teenage Mutant Ninja Turtles; TMNT; Power Rangers; My Little Pony
My Little Pony: Friendship is Magic; MLP; Pirates of the Caribbean; PotC; Indiana Jones; James Bond; Mission: Impossible; Inception; Pacific Rim; The Matrix
Top Gun; The Fast and the Furious; Fast & Furious; Jurassic Park; Jurassic World; Ghostbusters; Back to the Future; Labyrinth; The Princess Bride; Newsies
Pitch Perfect; Mean Girls; High School Musical; Descendants; Enola Holmes; Knives Out; Frozen; Tangled; Moana; Encanto; Brave; Mulan; Zootopia
The Little Mermaid; Beauty and the Beast; The Lion King; Disney; Big Hero 6; How to Train Your Dragon; HTTYD; Rise of the Guardians; Shrek; Megamind
Coraline; ParaNorman; The Incredibles; Toy Story; Inside Out; Howl's Moving Castle; Spirited Away; Princess Mononoke; Hamilton; Wicked; RENT; Heathers
Be More Chill; Dear Evan Hansen; Six; Hadestown; Cats; Critical Role; Dungeons & Dragons; D&D; Welcome to Night Vale; The Magnus Archives; TMA
The Adventure Zone; Wolf 359; Dimension 20; Gravity Falls; Steven Universe; Adventure Time; She-Ra; She-Ra and the Princesses of Power; The Owl House
The Dragon Prince; Amphibia; Miraculous Ladybug; Miraculous: Tales of Ladybug & Cat Noir; Miraculous; Voltron; Voltron: Legendary Defender; VLD
Avatar: The Last Airbender; ATLA; A:TLA; Avatar; Legend of Korra; The Legend of Korra; Avatar: Legend of Korra; LoK; RWBY; Danny Phantom; Kim Possible
Ben 10; Phineas and Ferb; Total Drama; South Park; The Simpsons; Family Guy; Rick and Morty; Invader Zim; Codename: Kids Next Door; Code Lyoko
W.I.T.C.H.; Winx Club; Scooby Doo; Scooby-Doo; Hey Arnold!; Rugrats; SpongeBob SquarePants; Samurai Jack; The Powerpuff Girls; Sonic the Hedgehog
DuckTales; Gargoyles; Batman Beyond; Arcane; Castlevania; Hazbin Hotel; Helluva Boss; Over the Garden Wall; Infinity Train; Bluey; Trollhunters
Naruto; Boruto; Bleach; One Piece; Dragon Ball Z; Dragon Ball; DBZ; Dragonball Z; Fairy Tail; Hunter x Hunter; HxH; Fullmetal Alchemist; FMA
Fullmetal Alchemist: Brotherhood; Death Note; Attack on Titan; Shingeki no Kyojin; SnK; My Hero Academia; Boku no Hero Academia; BNHA; MHA; Demon Slayer
Kimetsu no Yaiba; Jujutsu Kaisen; JJK; Chainsaw Man; Spy x Family; Haikyuu; Haikyuu!!; Haikyū!!; Kuroko no Basket; Kuroko's Basketball; Yuri on Ice
Yuri!!! on Ice; Free!; Ouran High School Host Club; Fruits Basket; Sailor Moon; Cardcaptor Sakura; Inuyasha; InuYasha; Ranma 1/2; Ranma; Yu-Gi-Oh!; Yu-Gi-Oh
YuGiOh; Yu Yu Hakusho; Rurouni Kenshin; Gundam Wing; Mobile Suit Gundam Wing; Neon Genesis Evangelion; Evangelion; Cowboy Bebop; Trigun; Code Geass
Tokyo Ghoul; Black Butler; Kuroshitsuji; Hetalia; Hetalia: Axis Powers; APH; Axis Powers Hetalia; Soul Eater; Blue Exorcist; Katekyo Hitman Reborn!
Katekyo Hitman Reborn; KHR; Gintama; D.Gray-man; D. Gray-Man; Vocaloid; Love Live!; K-On!; Mob Psycho 100; One-Punch Man; One Punch Man; Bungou Stray Dogs
BSD; JoJo's Bizarre Adventure; JoJo no Kimyou na Bouken; JJBA; Detective Conan; Case Closed; Prince of Tennis; Slayers; Digimon; Digimon Adventure; Pokemon
Pokémon; Sword Art Online; SAO; Re:Zero; Puella Magi Madoka Magica; Madoka Magica; Revolutionary Girl Utena; Banana Fish; Given; Blue Lock; Frieren
Tokyo Revengers; Owari no Seraph; Seraph of the End; Noragami; Natsume Yuujinchou; Mushishi; Captain Tsubasa; Saint Seiya; Slam Dunk; Assassination Classroom
Final Fantasy; Final Fantasy VII; FF7; FFVII; Final Fantasy VIII; Final Fantasy X; Final Fantasy XIV; FFXIV; Final Fantasy XV; FFXV; Kingdom Hearts
The Legend of Zelda; Legend of Zelda; Zelda; LoZ; Breath of the Wild; Fire Emblem; Fire Emblem: Three Houses; FE3H; Fire Emblem: Awakening; Xenoblade Chronicles
Super Smash Bros.; Super Smash Brothers; Super Mario Bros.; Metroid; Undertale; Deltarune; Homestuck; Five Nights at Freddy's; FNAF; Minecraft; Dream SMP; DSMP
Stardew Valley; Animal Crossing; Mass Effect; Dragon Age; Dragon Age: Origins; Dragon Age II; Dragon Age: Inquisition; DAI; Baldur's Gate 3; Baldur's Gate; BG3
Fallout; Fallout 4; Fallout: New Vegas; Skyrim; Elder Scrolls; The Elder Scrolls; The Elder Scrolls V: Skyrim; Assassin's Creed; Overwatch; League of Legends
Halo; Portal; Half-Life; Bioshock; BioShock; BioShock Infinite; Life is Strange; Detroit: Become Human; DBH; Resident Evil; Silent Hill; Metal Gear Solid; MGS
Devil May Cry; DMC; Persona 5; Persona 4; Persona 3; Persona; Danganronpa; Ace Attorney; Phoenix Wright; Professor Layton; Genshin Impact; Honkai: Star Rail
Arknights; Twisted Wonderland; Obey Me!; Tomb Raider; Uncharted; Horizon Zero Dawn; Red Dead Redemption 2; Red Dead Redemption; Cyberpunk 2077; Disco Elysium
Hades; Hollow Knight; Team Fortress 2; TF2; World of Warcraft; Warcraft; WoW; Diablo; StarCraft; Guild Wars 2; Touhou; Fate/Stay Night; Fate/Zero
Fate/Grand Order; FGO; Among Us; The Sims; Splatoon; Kirby; Chrono Trigger; Suikoden; Tales of Symphonia; Tales of the Abyss; Bayonetta; Dishonored
One Direction; 1D; BTS; Bangtan Boys; EXO; SHINee; Super Junior; GOT7; Seventeen; Stray Kids; NCT; TXT; Blackpink; BLACKPINK; Twice; Red Velvet; ATEEZ; Big Bang
My Chemical Romance; Panic! at the Disco; Fall Out Boy; Bandom; Bandslash; Tokio Hotel; Popslash; N*SYNC; Backstreet Boys; The Beatles; Queen
Twenty One Pilots; 5 Seconds of Summer; Hockey RPF; Football RPF; Formula 1 RPF; Formula 1; F1; Rhett & Link; Phandom; Dan and Phil; WWE; Professional Wrestling
Mo Dao Zu Shi; MDZS; The Untamed; 陈情令; 魔道祖师; 魔道祖師; Tian Guan Ci Fu; TGCF; Heaven Official's Blessing; 天官赐福; SVSSS; Scum Villain; Guardian; 镇魂; 2ha
The Husky and His White Cat Shizun; Word of Honor; Nirvana in Fire; 琅琊榜; 全职高手; The King's Avatar; 盗墓笔记; 鬼吹灯; 哈利波特; 原神; 名侦探柯南; 火影忍者
KinnPorsche; 2gether; Bad Buddy; Love in the Air; ハリー・ポッター; 鬼滅の刃; 呪術廻戦; ハイキュー!!; 僕のヒーローアカデミア; 文豪ストレイドッグス; 名探偵コナン; 刀剣乱舞
名探偵ホームズ; おそ松さん; ヘタリア; テニスの王子様; 東方Project; 艦これ; 아이돌; 방탄소년단; 해리 포터; 해리포터; 셜록; 원피스; 나루토
Гарри Поттер; Властелин Колец; Шерлок; Шерлок Холмс; Сверхъестественное; Мстители; Марвел; Наруто; Звёздные войны; Звездные войны; Волчонок; Мерлин
Игра престолов; Сумерки; Мастер и Маргарита; Ведьмак; Хоббит; Атака титанов; Доктор Кто; Ганнибал; Дневники вампира; Ориджиналы; Трудные подростки
El Señor de los Anillos; O Senhor dos Anéis; Le Seigneur des Anneaux; Der Herr der Ringe; Il Signore degli Anelli; Juego de Tronos; Les Mis; Kaamelott
Los Juegos del Hambre; Jogos Vorazes; Perry Rhodan; Die drei Fragezeichen; Die drei ???; Star Wars Sequel Trilogy; Original Work; Original Fiction; Originalwerk
Kushiel's Legacy; Kingkiller Chronicle; Tamora Pierce; Tortall; Circle of Magic; Dragonriders of Pern; Pern; Sailor Moon Crystal; Queen's Thief; Rangers Apprentice
Ranger's Apprentice; Septimus Heap; Nancy Drew; The Hardy Boys; Hardy Boys; The Outsiders; Holes; Matilda; Peter Pan; Alice in Wonderland; The Wizard of Oz
Greek Mythology; Norse Mythology; Greek and Roman Mythology; Arthurian Legend; Arthurian Mythology; Shakespeare; Hamlet; Romeo and Juliet; Macbeth; Bible
The Iliad; The Odyssey; The Song of Achilles; Beowulf; The Bible; Carmen Sandiego; Legally Blonde; Jane Austen; The Secret Garden; The Scarlet Pimpernel
Band of Brothers; The Pacific; Generation Kill; Maze Runner; Murderbot Diaries; The Murderbot Diaries; Gravity Rush; Horatio Hornblower; Master and Commander; Aubrey-Maturin Series
The Goblin Emperor; Ancillary Justice; Imperial Radch; The Locked Tomb; Red White & Royal Blue; Miss Fisher's Murder Mysteries; Midsomer Murders; Inspector Morse; Foyle's War
Sapphire & Steel; Sapphire and Steel; Lexx; Andromeda; Earth: Final Conflict; seaQuest; Sliders; Space: 1999; Thunderbirds; Man from UNCLE; The Prisoner; The Wire; The Sopranos
Mad Men; The Americans; Justified; Deadwood; The Last Kingdom; The Musketeers; Robin of Sherwood; Malazan; Stormlight Archive; The Stormlight Archive; Cosmere; Earthsea; Dragonlance
Forgotten Realms; Planescape: Torment; Deus Ex; The Outer Worlds; Outer Wilds; Firewatch; Subnautica; Terraria; Slay the Princess; Alan Wake; Death Stranding; Nier: Automata
Final Fantasy IX; Final Fantasy VI; Zero Escape; Golden Sun; Super Mario; Beyblade; Magic Knight Rayearth; Escaflowne; Vision of Escaflowne; Weiss Kreuz; Gundam SEED; Saiyuki
Yami no Matsuei; Hikaru no Go; Eyeshield 21; Get Backers; Chobits; xxxHolic; Tsubasa Reservoir Chronicle; Vampire Knight; Skip Beat; Vinland Saga; Golden Kamuy; Dungeon Meshi
Delicious in Dungeon; Witch Hat Atelier; The Apothecary Diaries; Link Click; Severance; Abbott Elementary; Only Murders in the Building; Derry Girls; Fleabag; Taskmaster; Cabin Pressure
Veep; The Good Place; M*A*S*H; MASH; Frasier; Columbo; Murder, She Wrote; Airwolf; Emergency!; CHiPs; Adam-12; Dragnet; Hill Street Blues; Homicide: Life on the Street; NYPD Blue
Third Watch; La Femme Nikita; Prison Break; Dark Angel; Roswell; The Invisible Man; Relic Hunter; Mutant X; Witchblade; Tru Calling; Dead Like Me; Pushing Daisies; Wonderfalls
Joan of Arcadia; Carnivale; Lost Girl; Dollhouse; Terra Nova; Sleepy Hollow; The Blacklist; Blindspot; Van Helsing; The Shannara Chronicles; Star Wars: The Old Republic; The Terminator
Die Hard; Mad Max; Mad Max: Fury Road; The Lost Boys; The Dark Crystal; Ladyhawke; Dead Poets Society; The Breakfast Club; Brokeback Mountain; Pitch Black; Swallows and Amazons
Chalet School; The Worst Witch; Chrestomanci; The Dark Is Rising; Old Kingdom; Heralds of Valdemar; Deryni; Darkover; Lord Peter Wimsey; Jeeves and Wooster; Jeeves & Wooster
Hellblazer; The Wicked + The Divine; Lumberjanes; Check Please!; Check, Please!; The Penumbra Podcast; The Bright Sessions; Malevolent; Hermitcraft; Empires SMP; Tron: Legacy
Wreck-It Ralph; Lilo & Stitch; Treasure Planet; Atlantis: The Lost Empire; The Road to El Dorado; Kung Fu Panda; Puss in Boots; Nausicaä; Princess Tutu; Static Shock; Generator Rex
Star vs. the Forces of Evil; Star Trek: Prodigy
"""  # noqa: E501

_ENDS = '*_~[]{}"“”. '
FANDOMS = frozenset(name.strip(_ENDS) for name in entries(_NAMES))
"""Folded names (`tables.fold`), without dots at their ends."""

_COMMON_WORDS = frozenset(
    entries("""
    lost; friends; heroes; house; bones; castle; angel; charmed; emma; eureka; brave; frozen; six; cats; community; psych
    monk; scandal; suits
    skins; persona; portal; hades; holes; given; queen; bleach; free!; wicked; twice; seventeen; guardian; heathers; rent
    ward; worm; dune
    foundation; arrow; titans; wednesday; newsies; misfits; grimm; elementary; hercules; highlander; legacies; warriors
    leverage; timeless
    disney; er; got; hp; sw; cm; ent; dc; avatar; merlin; sherlock; hannibal; lucifer; loki; thor; deadpool; venom; runaways
    fringe; voyager
    enterprise; serenity; dracula; hamlet; macbeth; inception; labyrinth; descendants; glee; buffy; daredevil; halo; kirby
    diablo; among us
    heartstopper; bible; encore; fallout; sanctuary; foundation; millennium; outlander; divergent; twilight; bandom; pern
    supernatural
    """)
)
_FANDOM_SUFFIX = re.compile(
    r"(?:\((?:(?:tv|cartoon|anime|movie|film|radio|manga|webtoon|podcast) \d{4}(?: ?[-–] ?(?:\d{4}|present))?|"
    r"tv|bbc|us|uk|cartoon|cartoons|anime|anime & manga|manga|movies?|films?|comics?|"
    r"movieverse|comicverse|bookverse|tv series|cartoon series|mcu|video games?|videogame|game|podcast|"
    r"books?|book series|novels?|webcomic|web series|musical|band|\d{4}|"
    r"disney movies?|[\w .'-]{2,30} movies|"
    r"roleplaying game|visual novel|web serial|webtoon|radio|podcast)\)|"
    r"- all media types| & related fandoms|- ambiguous fandom|\bseries - [^\W\d_][\w .&'’-]{3,50}|"
    r" - (?:[^\W\d_]\. ?){1,3}[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?|"
    r"\bRPF\b| - fandom)\s*$",
    re.IGNORECASE,
)


def is_known_fandom(text: str) -> bool:
    """Whether a text is the name (or a usual short name) of one of the large fandoms."""
    folded = fold(text[:200]).strip(_ENDS)
    return folded in FANDOMS or folded.removeprefix("the ") in FANDOMS


def is_fandom_like(text: str) -> bool:
    """Whether a line can hardly be anything but a fandom: "The 100 (TV)", "Naruto", "X - All Media Types", "Y - J. K. Rowling".

    Knows the spellings of the archives and the names of the large fandoms; says False for a fandom nobody heard of.
    """
    value = text.strip()
    if not value or len(value) > 160:
        return False
    return is_known_fandom(value) or bool(_FANDOM_SUFFIX.search(value)) or _is_fandom_list(value) or _has_creator(value)


def _has_creator(value: str) -> bool:
    """A known fandom with the name of who made it: "Sherlock Holmes - Arthur Conan Doyle"."""
    name, dash, creator = value.rpartition(" - ")
    words = creator.split()
    named = bool(dash) and 1 < len(words) <= 4 and all(word[:1].isupper() for word in words)
    return named and is_known_fandom(name) and rating(creator) is None


def _is_fandom_list(value: str) -> bool:
    pieces = [piece for piece in re.split(r"\s*[,;]\s+|\s+[/x+&]\s+|\s+\|\s+", value) if piece]
    return 1 < len(pieces) <= 6 and all(is_known_fandom(piece) or _FANDOM_SUFFIX.search(piece) for piece in pieces)


def fandom_weight(text: str) -> float:
    """What a line that is a fandom proves: much with an archive's suffix, little where the name is an ordinary word."""
    value = text[:200].strip()
    if _FANDOM_SUFFIX.search(value) or _is_fandom_list(value):
        return 1.25
    folded = fold(value).strip(_ENDS)
    return 0.5 if folded.removeprefix("the ") in _COMMON_WORDS else 1.0
