"""What people say around a change rather than about it: greetings, thanks, “please review”, “some fixes”, the way of a merge.

English, German, French, Spanish and Japanese; a word of any other language is taken to say something. Refuses to judge. Linear
in the text, of which no more than two pages are looked at.
"""

from __future__ import annotations

import re

_MOST = 20_000
LEAST_SPECIFIC = 3
"""Words of a sentence from which on it says something of a change, whatever they are."""
_SENTENCE_END = re.compile(r"(?<=[^\d\s])[.!?…;]+(?=\s|\Z)|[。！？；\n]+")
_TOKEN = re.compile(r"[^\W_][\w/.@#'’+-]*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_COURTESY = re.compile(
    r"お願い(?:いた|致)?します|幸いです|ありがとう|お手すき|お疲れ|急ぎ|ご査収|ご確認(?:ください|のほど)|請(?:審|检|查)|谢谢|辛苦"
)
_PLACEHOLDER = re.compile(r"\blorem ipsum\b|\bno description\b", re.IGNORECASE)

_ENGLISH = """
a able about after afternoon again all almost already also always am an and another any anybody anyone anything anyway are around
as asap ask asked at attempt available away back be because been before beginning behind being below best better between big bit
both but by can cannot case check checked close closely code come comes coming comment comments commit commits complete completed
conflict conflicts contain contains could current daily day days depending description did didn different difficult discuss
discussed do does doesn doing don done draft each early easy either else end enjoy enough etc even evening ever every everybody
everyone everything feedback feel few final finally find fine finish finished first follow follows for formatter found free friday
from get gets getting give given go goes going gone good got great green had hand happy hard has have having hello help her here
hey hi him his holiday hope hopefully how hurry i idea if important in into is issue it its job just keep kind know knows last
later lead leave less let like little ll long longer look looking looks lot machine made main major make makes many master may
maybe me mean meeting merge merged merging message might mind minor minute moment monday month more morning most much must my n/a
nearly need needed needs never new next nice no not nothing now of off often ok okay old on once one ones only open opened or
other others our out over own part parts people perhaps pipeline please possible pr prepare pretty problem problems promise
provide provided pull push pushed pushing put quality question questions quick quickly quite rather re read reading ready real
really reason rebase rebased red release request requested requests rest review reviewed reviewer reviewing right run runs said
same saw say says second see seem seems self send sent set several short should show since small so solve solved some somebody
someone something somewhat soon sorry special sprint start started still such sure take taken takes talk talked task tasks team
tell than thank thanks that the their them then there these they thing things think this those thought three thursday ticket
tickets time times title to today together tomorrow too took tried try trying tuesday two under until up upcoming us use usual
ve very via wait waiting want was way we wednesday week weeks welcome well were what when where whether which while who whole why
will wip wish with within without won wonder work worked working works would yesterday yet you your yours branch branches ci cd
linter lint description-less assign assigned assigning approve approved approval update updates updated updating change changes
changed changing fix fixes fixed fixing improve improved improvement improvements refactor refactored refactoring cleanup clean
cleaned tidy tweak tweaks stuff misc various bug bugs add adds added adding feature features story implement implemented
implementation file files project diff commit's rework tbd todo na none nil test tests testing tested hotfix patch edit edits
"""
_GERMAN = """
ab aber alle allem allen aller alles als also am an andere anderen angepasst anpassung anpassungen anschauen arbeit auch auf
aufgabe aufgeräumt aus bald bei bereit besser bin bis bisschen bitte branch bräuchte da danach danke dann das dass dein deine dem
den denn der des die dies diese diesem diesen dieser dieses doch durch eben eigentlich ein eine einem einen einer eines einfach
einige endlich er erledigt erst es etwas euch euer fast fehler fein fertig frage fragen freue freuen fünf für fürs gar ganz geht
gehen gemacht gemergt gerne gestern getan gleich grüße gut gute guten habe haben hallo halt hat heute hier hoffe hoffentlich ich
ihm ihn ihr im immer in ins irgendwie ist ja jemand jetzt kann kannst kein keine kleine kleinen kleinigkeiten kleiner kollegen
kommt können könnt könnte kurz lang leider lg liebe los mache machen mal man mehr mein meine meinem meinen meiner melden mich mir
mit moin morgen muss müssen nach nächste nächsten nicht nichts noch nochmal nur ob oder ohne paar passt review reviewen sache
sachen sag sagen schauen schaut schnell schon sehr sein seit sich sicher sie sind so sollte sollten sonst soweit später team teil
tut uhr um umgesetzt und uns unter verbesserung verbesserungen verschiedene viel viele vielen vielleicht vom von vor wann war
wäre warten warum was weil weitere wenn wer werde werden wie wieder will wir wird wo wurde würde zeit zu zum zur zurück zwei
änderung änderungen über überarbeitet übrigens
"""
_FRENCH = """
afin ai ainsi ajout ajouts alors améliorations après as au aucun aujourd'hui aussi autre autres aux avais avant avec avez avis
avoir avons beaucoup bien bientôt bon bonjour bonne bonsoir bref c'est ça car ce ceci cela ces cet cette changements chose choses
ci code comme comment contribution correctif correctifs corrections d'avance dans de demain depuis derniers des dès deux dire dis
divers diverses donc du déjà elle elles en encore enfin est et été être fait faire fois fusion grand hier ici il ils j'ai je jour
journée juste l'équipe la là le les leur lui ma mais me mes merci mieux modifications moi moins moment mon même ne nos notre nous
nouveau on ont ou où par parce pas petit petite petites petits peu peut peux plaît plus plusieurs possible pour pouvez pr prochain
prêt quand que quelque quelques qui quoi quelqu'un rapide rapidement refactorisation relecture relire remarques retours revue rien
s'il sa salut sans se ses si simple soir son sont sous suis sur ta tes tiens toi tous tout toute toutes travail trop très tu un
une vite voici voilà vos votre vous vu y à équipe était
"""
_SPANISH = """
a adelante ahora al algo algunas algunos antes aquí arreglos así aún ayer ayuda bien buen buena buenas bueno buenos cada cambio
cambios casi como con correcciones cosa cosas creo cuando cualquier código da de del desde después dime día días donde dos e el
ella en encima entre era es esa ese eso espero esta estaba están estar estas este esto estos está estoy favor fin fue fusionar
gracias gran grande gusta guste ha hace hacer han hasta hay he hecho hola hora hoy importante la las le les lista listo lo los
luego mañana mas me mejor mejoras mejorías menos mi mis misma mismo momento mucha muchas mucho muchos muy más nada ni no nos
nosotros nuestra nuestro nueva nuevo o os otra otras otro otros paciencia para parte partes pequeña pequeñas pequeño pequeños pero
poco por porque pronto prueba pueda puedan puede pueden puedo pull que queda quien quieren qué rama refactor refactorización
request revisar revisen revisión rápido saludos se sea según ser si sin sobre solo son su subir sus sí tal también tan tarea
tarde te tengan tengo tiempo tiene tienen todas todo todos trabajo tu un una unas uno unos va varias varios ver vez y ya yo
"""
_GENERIC = frozenset(f"{_ENGLISH} {_GERMAN} {_FRENCH} {_SPANISH}".split())


def telling_sentences(text: str, *, least: int = LEAST_SPECIFIC) -> list[str]:
    """The sentences of a text that say something: `least` words or more that are not about everything and nothing.

    One that says the same words again is left out.
    """
    found: dict[str, str] = {}
    for sentence in _SENTENCE_END.split(text[:_MOST]):
        words = specific_words(sentence)
        if len(words) >= least:
            found.setdefault(" ".join(sorted(words)), sentence.strip())
    return list(found.values())


def specific_words(sentence: str) -> frozenset[str]:
    """The different words of a sentence that are not about everything and nothing; of scripts without blanks, pairs of signs."""
    if _PLACEHOLDER.search(sentence) or _COURTESY.search(sentence):
        return frozenset()
    wide = _WIDE.findall(sentence)
    pairs = {"".join(wide[at : at + 2]) for at in range(0, len(wide) - 1, 2)}
    tokens = (token.strip("'’.-/+@#").lower() for token in _TOKEN.findall(_WIDE.sub(" ", sentence)))
    return frozenset(pairs | {token for token in tokens if token and token not in _GENERIC and not token.isdecimal()})
