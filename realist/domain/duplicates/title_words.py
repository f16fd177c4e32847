"""Lists of words for titles: numbers, Greek letters, words that say little, words that tell a language."""

from __future__ import annotations

_ALPHABET = """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma
sigma tau upsilon phi chi psi omega"""
GREEK = str.maketrans(
    {chr(0x3B1 + place): name for place, name in enumerate(_ALPHABET.split())}
    | {chr(0x391 + place): name for place, name in enumerate(_ALPHABET.split()) if place != 17}
    | {"µ": "mu"}
)
"""Greek letters by name, as databases write them."""

NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        ["", "i one first", "ii two second", "iii three third", "iv four fourth", "five fifth",
         "vi six sixth", "vii seven seventh", "viii eight eighth", "ix nine ninth", "ten tenth"]
    )
    for word in words.split()
}  # fmt: skip
"""Words that mean a number. ``v`` and ``x`` are left out: they mean more than that."""

PART_LETTERS = {letter: str(number) for number, letter in enumerate("abcdefgh", 1)} | {"v": "5", "x": "10"}

_HEADINGS = """
    a about abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments address
    afterword and announcement announcements annual answer appendix article articles author authors back
    bibliography biographies board book books brief briefs calendar call calls career chair chairman
    chairs chapter closing column comment commentary comments committee communication communications
    conclusion conclusions conference contents contributors corner correspondence corrigendum cover
    current department dialogue director discussion editor editorial editorials editors epilogue errata
    erratum event events feature featured for foreword forthcoming forum forward from front general guest
    highlights in index inside interview introduction introductions introductory invited issue issues
    journal keynote keynotes last letter letters list literature matter meeting memoriam memory message
    minutes miscellaneous new news newsletter no note notes notice number obituaries obituary of on
    opening opinion other our overview page panel papers past perspective perspectives plenary point
    poster posters preface preliminary presentation presentations president presidents proceedings
    profile profiles prologue publications question questions readers recent record references remarks
    reply report reports response retraction review reviewer reviewers reviews s section selected series
    session short special speech statement summaries summary supplement symposium table technical thank
    thanks the this title titles to track treasurer update updates viewpoint vol volume welcome words
    workshop year you your
    der die das des den dem und zum zur im editorielle editoriale editoriales einfuhrung einleitung vorwort
    geleitwort nachwort rezension rezensionen buchbesprechung buchbesprechungen inhalt inhaltsverzeichnis
    mitteilungen nachrichten leserbrief zusammenfassung tagungsbericht herausgeber
    la el los las de del al en y introduccion prologo presentacion resena resenas carta cartas nota notas
    editores indice resumen resumenes apresentacao introducao resenha prefacio editoriais
    le les et du au aux preface avant propos compte rendu comptes rendus editoriaux sommaire
    il lo gli introduzione prefazione recensione recensioni presentazione sommario
    inleiding voorwoord recensie redactioneel ten geleide
    inledning forord leder recension recensioner indledning innledning bokanmeldelse johdanto esipuhe
    paakirjoitus wstep recenzja uvod uvodnik predgovor giris onsoz sunus editorden"""
GENERIC = frozenset(_HEADINGS.split())
"""Words of titles that many papers bear, in several languages: a title of such words alone says little."""

FUNCTION_WORDS = {
    name: frozenset(words.split())
    for name, words in {
        "en": "the of and in for with on to an from by is are their its as at during among between",
        "de": "der die das und von bei mit fur eine ein zur zum des im den dem auf durch nach uber als",
        "fr": "le la les des et du dans une un pour par avec sur au aux chez d l entre",
        "es": "el la los las y en del por para con una un sobre al entre",
        "pt": "o a os as e em do da dos das no na nos nas para com uma um por sobre ao entre",
        "it": "il lo la gli le e nel nella del della dei delle con per una un di sulla tra",
        "nl": "het een van en bij met voor de op naar door tussen",
        "sv": "och i av for med en ett pa till hos om vid att det den efter",
        "da": "og i af for med en et pa til hos om ved at det den efter",
        "pl": "w i z na do u oraz dla po przez",
        "tr": "ve bir ile icin olan uzerine",
    }.items()
}
"""Small words by language, folded."""
