"""Invented pairs from many fields and kinds of databases: what becomes of them, without a rule of their own.

A line is: expected outcome | type | title | authors | year | journal | volume | number | pages | DOI | PMID,
followed by the other record without the outcome. ``same?`` is the same or doubtful, ``apart`` anything but
the same.
"""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from realist.domain.duplicates import Record, Result, find

PAIRS = """
# nursing
same|JOUR|Moral distress among night-shift nurses: a qualitative study|Okonjo, Adaeze; Ferrante, Luca M.|2017|Journal of Invented Nursing|26|3|e114-e125|10.5555/jin.13001|
|Journal Article|Moral distress among night shift nurses: A qualitative study.|Okonjo A; Ferrante LM|2017|J Invent Nurs|26|3||10.5555/JIN.13001|90000001
same|JOUR|HANDOVER AT THE BEDSIDE: WHAT PATIENTS HEAR|Brandt, P.; Osei, K.|2011|Int J Made Up Nurs Stud|48|12|1513-22||
|JOUR|Handover at the bedside: what patients hear|Brandt, Petra; Osei, Kwame|2011|International Journal of Made-Up Nursing Studies|48||1513-1522||
related|JOUR|Pressure ulcers in care homes: a cohort study|Lamb, T.; Ivers, S.|2015|Annals of Fictional Care|9|1|11-19|10.5555/afc.1|
|JOUR|Erratum: Pressure ulcers in care homes: a cohort study|Lamb, T.; Ivers, S.|2015|Annals of Fictional Care|9|3|201|10.5555/afc.77|
related|JOUR|Peer support for new mothers: study protocol for a randomised controlled trial|Nwosu, C.; Hall, B.|2013|Trials of Nowhere|14||88|10.5555/ton.88|
|JOUR|Peer support for new mothers: a randomised controlled trial|Nwosu, C.; Hall, B.; Frey, D.|2016|Fictional Lancet|387||1201-1210|10.5555/fl.1201|
related|JOUR|Safe staffing and missed care|Griffin, P.; Ball, J.|2018|Journal of Invented Nursing|27|5|1474-1487|10.5555/jin.14058|
|JOUR|Comment on: Safe staffing and missed care|Ruiz, M.|2018|Journal of Invented Nursing|27|9|1890|10.5555/jin.14101|
different|JOUR|Editorial|Smith, J.|2014|Journal of Invented Nursing|23|1|1-2||
|JOUR|Editorial|Smith, J.|2014|Journal of Invented Nursing|23|2|153-154||
different|JOUR|Preventing falls in older adults: a systematic review of exercise|Baro, X.; Quist, L.|2012|Ageing Elsewhere|41|3|299-308|10.5555/ae.1|
|JOUR|Preventing falls in older adults: a systematic review of vitamin D|Baro, X.; Quist, L.|2012|Ageing Elsewhere|41|4|401-410|10.5555/ae.2|
same|JOUR|Compassion fatigue in oncology nurses [published correction appears in J Invent Nurs. 2016;25:300]|Adeyemi, F.; Lund, S.|2015|J Invent Nurs|24|9|1100-9||
|JOUR|Compassion fatigue in oncology nurses|Adeyemi, Folake; Lund, Signe|2015|Journal of Invented Nursing|24|9-10|1100-1109||
# medicine
same|JOUR|[Treatment of chronic leg ulcers with honey]|Käfer, W.; Müller, J.|1998|Zeitschrift für Erfundene Medizin|12|4|233-8||
|JOUR|Behandlung chronischer Beinulzera mit Honig|K?fer W; M?ller J|1998|Z Erf Med|12|4|233-238||
same|JOUR|Honey for chronic leg ulcers = Miel pour les ulcères chroniques de la jambe|Dubois, A.|2003|Revue Imaginaire|8|2|55-60||
|JOUR|Miel pour les ulcères chroniques de la jambe|Dubois, A|2003|Rev Imag|8||55-60||
same|JOUR|α-Lipoic acid and β<sub>2</sub>-agonists in asthma|Tran V.Q; Olsen B|2009|Allergy Elsewhere|64|7|1001-1007||
|JOUR|Alpha-lipoic acid and beta2-agonists in asthma|Tran, Vinh Q.; Olsen, Birgit|2009|Allergy Elsewhere|64||1001-7||
same|JOUR|Effects of early mobilisation after stroke &amp; delirium|Sato, H.|2019|Neuro Fiction|3|1|e12||
|JOUR|Effects of early mobilisation after stroke & delirium.|Sato H|2019|Neuro Fiction|3|1|e12||
same|JOUR|Interventions for preventing blisters in hikers|Poe, E.; Marsh, L.|2004|Cochrane Database Syst Rev||3|CD009999|10.1002/14651858.CD009999.pub2|
|JOUR|Interventions for preventing blisters in hikers|Poe E; Marsh L|2005|Cochrane Database of Systematic Reviews||2|CD009999|10.1002/14651858.CD009999.pub3|
same|JOUR|Rivers and malaria transmission in an invented delta|Adeli K.Lewis G. F.O'Brien T.|2008|Trop Fict|19|3|221-8||
|JOUR|Rivers and malaria transmission in an invented delta|Adeli, Khosrow; Lewis, Gary F.; O'Brien, Tara|2008|Tropical Fiction|19|3|221-228||
related|JOUR|A trial of lime juice in mild scurvy. Part I: clinical outcomes|Lind, J.; Carr, M.|2001|Marine Fiction|7|1|10-20||
|JOUR|A trial of lime juice in mild scurvy. Part II: costs|Lind, J.; Carr, M.|2001|Marine Fiction|7|1|21-29||
different|JOUR|Efficacy of drug A in type 1 diabetes: a phase 2 trial|Ng, W.; Roy, P.|2010|Diabetes Elsewhere|33|2|201-210||
|JOUR|Efficacy of drug A in type 2 diabetes: a phase 3 trial|Ng, W.; Roy, P.|2010|Diabetes Elsewhere|33|8|801-809||
related|JOUR|Outcomes of keyhole surgery for hernia: ten-year results|Abel, R.; Cruz, N.|2014|Surgery Abstracts|18|S1|S44||
|JOUR|Outcomes of keyhole surgery for hernia: ten-year results|Abel, R.; Cruz, N.; Dorn, H.|2016|Fictional Surgery|160|4|901-908||
related|preprint|Masks and colds in a made-up town|Iyer, S.; Koch, M.|2020|medRxiv|||2020.01.01.20000001|10.1101/2020.01.01.20000001|
|JOUR|Masks and colds in a made-up town|Iyer, S.; Koch, M.|2021|BMJ Elsewhere|11|2|e040000|10.5555/bmje.40000|
related|JOUR|Beta blockers in imaginary heart failure|Novak, P.|2012|Heart Fiction|98|2|101-110||
|JOUR|Retraction: Beta blockers in imaginary heart failure|Novak, P.|2014|Heart Fiction|100|5|420||
same|JOUR|Acupuncture for hiccups|Wu, X.; Li, Y.|2010|Fict Med J|1|1|5-9|10.5555/a|
|JOUR|Acupuncture for hiccups|Wu X; Li Y|2010|Fictional Medical Journal|1|1|5-9|10.6666/b|
# education
same|JOUR|What makes feedback work? Evidence from 40 classrooms|Hatch, Ruth|2016|Educational Inquiry of Nowhere|51|2|77-99||
|JOUR|What Makes Feedback Work? Evidence from 40 Classrooms.|Hatch, R.|2016|Educ. Inq. Nowhere|51||77||
same|THES|Dropping out and coming back: biographies of adult learners|Moreau, Élise|2013||||||
|thesis|Dropping Out and Coming Back - Biographies of Adult Learners|Moreau, Elise|2013|University of Nowhere|||||
related|THES|Learning to read at sixty: eleven lives|Moreau, Élise|2013|PhD thesis, University of Nowhere|||||
|JOUR|Learning to read at sixty: eleven lives|Moreau, Élise|2015|Adult Learning Fiction|40|1|3-21||
different|CHAP|Introduction|Webb, S.|2010|Handbook of Imaginary Schooling|||1-12||
|CHAP|Introduction|Webb, S.|2012|Companion to Imaginary Pedagogy|||1-9||
same|JOUR|Schulische Inklusion und ihre Grenzen|Weiß, Jürgen|2014|Zeitschrift für Erdachte Pädagogik|60|3|401-420||
|JOUR|Schulische Inklusion und ihre Grenzen|Weiss, J.|2014|Z. Erd. Pad.|60|3|401-420||
different|JOUR|Reading fluency in grade 3|Ames, K.; Bell, D.|2009|Reading Fiction|20|1|1-15||
|JOUR|Reading fluency in grade 5|Ames, K.; Bell, D.|2009|Reading Fiction|20|3|210-225||
same?|RPRT|Closing the gap: lessons from 12 schools||2011||||||
|web|Closing the gap: lessons from 12 schools|Office for Invented Standards|2011||||||
# engineering and computing
same|CPAPER|Fast matching of wobbly shapes|J. Park; S. Gupta; L. Rossi|2018|2018 IEEE International Conference on Imaginary Vision (ICIV)|||1123-1130|10.5555/iciv.2018.00123|
|CONF|Fast Matching of Wobbly Shapes|Park, Jihoon; Gupta, Sunita; Rossi, Luca|2018|Proc. IEEE Int. Conf. Imaginary Vis.|||1123-1130||
related|CPAPER|Folding of paper by small robots|Park, J.; Gupta, S.; Rossi, L.|2018|International Conference on Imaginary Vision|||1123-1130|10.5555/iciv.1|
|JOUR|Folding of paper by small robots|Park, J.; Gupta, S.; Rossi, L.|2020|Transactions on Imaginary Pattern Analysis|42|6|1399-1412|10.5555/tipa.2|
different|CPAPER|Sensor fusion for drones in fog|Ali, M.|2019|Imaginary Robotics Symposium|||1-6|10.5555/irs.2019|
|CPAPER|Battery swapping for delivery robots|Chen, Q.|2019|Imaginary Robotics Symposium|||7-12|10.5555/irs.2019|
same|article|A survey of self-healing concrete|Petrov, I.; Ahn, S. H.|2017|Construction and Fictional Materials|150||120-135|10.5555/cfm.120|
|misc|A survey of self-healing concrete|Petrov, I.; Ahn, S. H.|2017||||||
apart|CPAPER|Introduction to the minitrack on invented systems|Doe, R.; Roe, D.|2019|Proceedings of the Imaginary Sciences Conference||||10.5555/isc.2019.1|
|CPAPER|Introduction to the minitrack on invented systems|Doe, R.; Roe, D.|2020|Proceedings of the Imaginary Sciences Conference||||10.5555/isc.2020.1|
same|JOUR|Wear of bearings in tidal turbines|Silva, R; Costa, P|2021|Wear Elsewhere||||10.5555/we.2021.9|
|JOUR|Wear of bearings in tidal turbines|Silva, Rui; Costa, Paulo|2022|Wear Elsewhere|488-489||204133|10.5555/we.2021.9|
# humanities and social science
same|JOUR|‘The Queen’s two purses’: gift and debt at an invented court|Ashby, Margaret|1994|Past & Imagined|143|1|52-84|10.5555/past/143.1.52|
|JOUR|"The Queen's two purses": gift and debt at an invented court|ASHBY M|1994|Past and Imagined||143|52-84||
related|BOOK|The long road to nowhere: a history of maps|Larkin, Hugh|2005|Imaginary University Press|||||
|JOUR|Book review: The long road to nowhere: a history of maps|Stone, Ann|2006|Geographical Fiction|172|4|367-368||
different|BOOK|Power and ritual|Eco, B.|1989||||||
|CHAP|Power and ritual|Amado, C.|2002|Rethinking Ritual|||45-66||
same|JOUR|Review of ‘The salt roads’|Neri, F.|2008|History Elsewhere|93|309|120-121||
|JOUR|The salt roads|Neri, F.|2008|History Elsewhere|93|309|120-121||
different|JOUR|Book reviews|Various|2001|Sociology of Nowhere|35|2|551-560||
|JOUR|Book reviews|Various|2001|Sociology of Nowhere|35|3|801-809||
same|JOUR|Who cares? Volunteering and its discontents in two imagined towns|Petersen, Anne-Marie; O’Neill, Séan|2010|Voluntary Fiction|21|4|470-491||
|JOUR|Who Cares?|Petersen, A.-M.; O'Neill, S.|2010|Voluntary Fiction|21|4|470-491||
# thin records of scholarly search engines
same|web|Trust and control in inter-organisational teams: a realist synthesis|R Adams, M Bauer, …|2014|||||
|JOUR|Trust and control in inter-organisational teams: A realist synthesis|Adams, Rachel; Bauer, Max; Cole, Ned|2014|Invented Leadership Quarterly|25|2|301-320|10.5555/ilq.301|
same|misc|Community gardens and wellbeing: a mixed methods evaluat…|T Okafor, L Lind|2018|||||
|JOUR|Community gardens and wellbeing: a mixed methods evaluation in four imagined cities|Okafor, Tobi; Lind, Lena|2018|Health & Nowhere|44||1-9||
same?|misc|How do school meals work? A realist review|Haddad S|2012|||||
|misc|How do school meals work? A realist review|S. Haddad|2012|||||
different|misc|Annual report|Ministry of Invented Affairs|2012|||||
|misc|Annual report|Ministry of Invented Affairs|2013|||||
different|misc|Annual report 2012|Ministry of Invented Affairs|2013|||||
|misc|Annual report 2013|Ministry of Invented Affairs|2013|||||
different|misc|Leadership in health care|Jones, A.|2010|||||
|misc|Leadership in health care|Brown, B.|2010|||||
same?|misc|Guidance on the commissioning of community services in rural areas||2015|||||
|RPRT|Guidance on the commissioning of community services in rural areas||2015|Department of Nowhere||||
different|misc|||2015|||||
|misc||Jones, A.|2015|||||
different|misc|UNKNOWN|Hall, D.|1999|Imaginary Conference||||
|misc|UNKNOWN|Hall, D.|1999|Imaginary Conference||||
"""


def _cases() -> list[tuple[str, Record, Record]]:
    lines = [line.split("|") for line in PAIRS.strip().splitlines() if not line.startswith("#")]
    return [
        (first[0], _record("a", first[1:]), _record("b", second[1:]))
        for first, second in zip(lines[::2], lines[1::2], strict=True)
    ]


def _record(uid: str, cells: list[str]) -> Record:
    type_, title, authors, year, *where = (*cells, *[""] * 10)[:10]
    names = tuple(name.strip() for name in authors.split(";") if name.strip())
    return Record(uid, "", type_, title, names, int(year) if year else None, *where)


def _outcome(result: Result) -> str:
    if result.clusters:
        return "same"
    return "doubtful" if result.doubtful else "related" if result.related else "different"


@pytest.mark.parametrize(("expected", "a", "b"), _cases())
def test_pairs_of_many_fields_come_out_right(expected: str, a: Record, b: Record) -> None:
    outcome = _outcome(find([a, b]))
    if expected == "same?":
        assert outcome in ("same", "doubtful")
    elif expected == "apart":
        assert outcome != "same"
    else:
        assert outcome == expected


def test_all_of_them_together_are_joined_no_further() -> None:
    cases = _cases()
    records = [
        record._replace(uid=f"{number}{record.uid}")
        for number, (_, a, b) in enumerate(cases)
        for record in (a, b)
    ]
    joined = set(find(records).clusters)
    alone = {(f"{number}a", f"{number}b") for number, (_, a, b) in enumerate(cases) if find([a, b]).clusters}
    assert joined == alone
