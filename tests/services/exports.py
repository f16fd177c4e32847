"""Two small exports as a database would write them."""

from __future__ import annotations

RIS = """TY  - JOUR
AU  - Okafor, Ngozi
AU  - Lindqvist, Märta
TI  - Peer supporters and the first month back at work
PY  - 2018
JO  - Journal of Invented Rehabilitation
VL  - 12
IS  - 3
SP  - 101
EP  - 115
DO  - 10.5555/jir.2018.101
AB  - Meeting someone who had been through it made the return seem possible.
KW  - stroke
KW  - peer support
AN  - INV-0001
ER  -

TY  - JOUR
AU  - Haddad, Samir
TI  - Line managers as gatekeepers of adjusted duties
PY  - 2020
JO  - Work and Recovery Letters
DO  - 10.5555/wrl.2020.7
ER  -

TY  - JOUR
AU  - Okafor, N.
TI  - Peer supporters and the first month back at work.
PY  - 2018
JO  - J Invented Rehabil
AN  - PS-77
ER  -

TY  - JOUR
AU  - Pettersen, Ola
PY  - 2015
N1  - The export lost the title of this one.
ER  -

TY  - JOUR
ER  -
""".encode()
"""Five entries: the third is the first again, the fourth has no title, the fifth is empty and refused."""

SECOND_RIS = b"""TY  - JOUR
AU  - Castellanos, Ruth
TI  - Fatigue, disclosure and the open-plan office
PY  - 2021
ER  -

TY  - JOUR
AU  - Baird, Col
TI  - Phased return: a realist evaluation
PY  - 2019
ER  -
"""
