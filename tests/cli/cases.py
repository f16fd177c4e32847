"""Every verb with a right use, the shape of its JSON, a wrong use and bad input, on the small review."""

from __future__ import annotations

from tests.cli import cases_moves, cases_patterns
from tests.cli.case import NOT_A_REVIEW, Case, looking
from tests.cli.cases_archive import ARCHIVE_CASES
from tests.cli.cases_lives import lists, lives
from tests.cli.consulted import cases
from tests.cli.theory_cases import CASES as THEORY_CASES

_UID = "uid"
_BOX = (
    "uid label title narrative printed setting country status polarity papers mechanisms elements"
    " links relations"
)
_DOCUMENT = "uid paper label name kind sha256 size by at text number extractor version pages scanned problems"
_PAPER = "uid number label title authors year journal doi"


CASES: dict[str, Case] = {
    **cases_moves.CASES,
    **lives(Case),
    **lists(Case),
    **THEORY_CASES,
    **cases_patterns.CASES,
    "me": Case(
        "me SH", "SF is at the keyboard.", "initials",
        "me SH ME", "unexpected extra argument",
        "me 'Sara Holt'", "'Sara Holt' are no initials: use at most 12 characters and no space.",
    ),
    "new": Case(
        "new other --title Other", "other.realist is ready.", "uid review",
        "new other", "Missing option '--title'",
        "new review.realist --title Other", "review.realist is already there: choose another name.",
    ),
    "review show": looking("review show", "question", "uid title question scheme objectives"),
    "review edit": Case(
        "review edit --title 'A better title'", "The review was changed.", _UID,
        "review edit", "Say what to change",
        "review edit --grid-list nowhere", "There is no mechanism list 'nowhere' in this review.",
    ),
    "person list": looking("person list", "Sam Field", "uid initials name role active"),
    "person add": Case(
        "person add AM --name 'Ann More'", "AM is in the review.", _UID,
        "person add", "Missing argument 'INITIALS'",
        "person add ' '", "Nothing was changed: a person needs initials.",
    ),
    "person deactivate": Case(
        "person deactivate SH", "SH is deactivated.", _UID,
        "person deactivate", "Missing argument 'INITIALS'",
        "person deactivate SF", "You cannot deactivate yourself: let a colleague do it.",
    ),
    "person activate": Case(
        "person activate SH", "SH is active.", _UID,
        "person activate", "Missing argument 'INITIALS'",
        "--as 'S F' person activate SH",
        "'S F' are no initials: use at most 12 characters and no space.",
    ),
    "stage add": Case(
        "stage add 3 --purpose More", "Stage 3 was added.", _UID,
        "stage add", "Missing argument 'NAME'",
        "stage add 1a", "There is already a stage '1a' in this review.",
    ),
    "stage list": looking("stage list", "Theory building", "uid name purpose"),
    "search add": Case(
        "search add 'Web 3' --stage 2 --hits 7", "Search Web 3 was added.", _UID,
        "search add 'Web 3'", "Missing option '--stage'",
        "search add 'Web 3' --stage 9", "There is no stage '9' in this review.",
    ),
    "search list": looking(
        "search list", "Embase 1a",
        "uid number stage name kind source platform strategy limits period run_on hits note records",
    ),
    "round add": Case(
        "round add Titles --stage 1a --kind 'title and abstract'", "Round Titles was added.", _UID,
        "round add Titles --stage 1a --kind quick", "'quick' is not one of",
        "round add 'Full text' --stage 1a --kind 'full text'",
        "There is already a round 'Full text' in this review.",
    ),
    "round list": looking(
        "round list", "Full text",
        "uid number name stage kind readers blind opened maybe_rule conflict_rule reading_order seed pilot"
        " gate_statistic gate_value criteria note reasons entries include exclude maybe conflicts open",
    ),
    "round edit": Case(
        "round edit 'Full text' --criteria 'teams of up to ten' --reason 'no data'", "The round was changed.",
        _UID,
        "round edit 'Full text'", "Say what to change",
        "round edit 'Full text' --blind",
        "People have decided in Full text already: `realist round open` ends its blindness, another round"
        " begins one.",
    ),
    "round open": Case(
        "round open Confidential", "Confidential is open.", _UID,
        "round open", "Missing argument 'ROUND'",
        "round open 'Full text'", "Full text is not blind: everything in it can be seen.",
    ),
    "round progress": looking(
        "round progress 'Full text'", "SF", "by handed decided parked left hours per_hour"
    ),
    "round waiting": looking(
        "round waiting 'Full text'", "waits for", "uid number label title entries what whom"
    ),
    "allocate": Case(
        "allocate 'Full text' --to SF --to SH=2 --to SF=1 --look", "would be handed out",
        "new ended short unchecked people pairs",
        "allocate 'Full text' --to SF --check 10 --second 10", "Use --check or --second",
        "allocate 'Full text' --to NN", "There is no person 'NN' in this review.",
    ),
    "park": Case(
        "park '#5' --round 'Full text'", "is parked.", _UID,
        "park '#1'", "Missing option '--round'",
        "park '#1' --round 'Full text' --back", "#1 is not parked.",
    ),
    "resolve": Case(
        "resolve '#1' include --round 'Full text' --why talked", "#1: resolved, include.", _UID,
        "resolve '#1' --round 'Full text'", "Say include, exclude or maybe",
        "resolve '#2' include --round 'Full text'",
        "People do not differ on #2 in Full text: there is nothing to resolve.",
    ),
    "agreement": Case(
        "agreement 'Full text'", "Cohen's kappa", "uid round independent hidden gate two_way three_way",
        "agreement --four-way", "No such option '--four-way'",
        "agreement Nowhere", "There is no round 'Nowhere' in this review.",
    ),
    "retrieval add": Case(
        "retrieval add '#1' obtained --on 2026-02-03", "#1: obtained.", _UID,
        "retrieval add '#1' lost", "'lost' is not one of",
        "retrieval add '#1' 'not obtainable'", "Say why the full text cannot be obtained: reviews report it.",
    ),
    "retrieval list": looking(
        "retrieval list", "status",
        "uid number label title authors year journal volume issue pages doi status reason since",
    ),
    "highlight add": Case(
        "highlight add 'peer support'", "peer support is marked from now on.", _UID,
        "highlight add peer --as blue", "'blue' is not one of",
        "highlight add '(a' --regex",
        "The pattern “(a” cannot be used at character 1 (“(a”): this ( is not closed; write ) at its end, or"
        " \\( for a bracket.",
    ),
    "highlight drop": Case(
        "highlight drop 'team*'", "team* is not marked any more.", _UID,
        "highlight drop", "Missing argument 'TEXT'",
        "highlight drop nothing", "'nothing' is not marked: `realist highlight list` lists what is.",
    ),
    "highlight list": looking("highlight list", "team", "uid colour kind text"),
    "import-decisions": Case(
        "import-decisions decisions.csv", "1 decision was imported", "decisions known rounds people entries",
        "import-decisions", "Missing argument 'FILE'",
        "import-decisions odd.csv",
        "odd.csv, line 2: 'perhaps' is no verdict: use include, exclude, maybe, undecided."
        " Nothing was imported.",
    ),
    "export decisions": Case(
        "export decisions out.csv", "decisions were written to out.csv.", "file decisions",
        "export decisions", "Missing argument 'FILE'",
        "export decisions no/where.csv", "no/where.csv cannot be written: No such file or directory.",
    ),
    "round enter": Case(
        "round enter 'Full text' 'Ahmed (2019)' --door 'brought back'", "0 papers entered", "entered",
        "round enter 'Full text'", "Name papers, or say where they come from",
        "round enter 'Full texts' '#1'",
        "There is no round 'Full texts' in this review. Did you mean #1 Full text?",
    ),
    "set add": Case(
        "set add both --paper '#1' --paper '#2' --listed-in 'Table 9'", "Set both was added.", _UID,
        "set add both --paper '#1'", "--paper and --listed-in go together",
        "set add printed", "There is already an included set 'printed' in this review.",
    ),
    "set list": looking("set list", "theory building", "uid name note papers"),
    "count add": Case(
        "count add 12 --step included --stage 2 --source 'p. 9'", "recorded as reported", _UID,
        "count add many --source 'p. 9'", "'many' is no number: use digits, or the word unknown.",
        "count add 12 --source 'p. 9'",
        "A reported number is either a step of the flow or a sum beside the grid.",
    ),
    "count list": looking(
        "count list", "1,446",
        "uid step counts stage kind mechanism paper label value qualifier source what of",
    ),
    "import": Case(
        "import new.ris --search 'Embase 1a'", "new.ris: 2 records (ris,", "files records papers",
        "import new.ris --source Embase", "--source and --stage go together.",
        "import new.ris --search Nowhere", "There is no search 'Nowhere' in this review.",
    ),
    "imports list": looking(
        "imports list", "Embase 1a", "uid file at by records refused mends"
    ),
    "imports show": Case(
        "imports show odd.ris", "TI  - no beginning", "uid file records refused problems",
        "imports show", "Missing argument 'FILE'",
        "imports show none.ris", "There is no import of a file 'none.ris' in this review.",
    ),
    "imports refused": Case(
        "imports refused odd.ris mend.ris", "1 refused text written to mend.ris: mend it,", "file texts",
        "imports refused odd.ris", "Missing argument 'TARGET'",
        "imports refused none.ris mend.ris", "There is no import of a file 'none.ris' in this review.",
    ),
    "dedupe": Case(
        "dedupe", "0 papers were joined with another;",
        "records papers joined doubtful related compared seconds",
        "dedupe --look --undo", "Use one of --look, --doubts, --review, --undo and --log.",
        "dedupe --undo", "No joining of duplicates is there to take back.",
    ),
    "paper add": Case(
        "paper add --label 'Eng (2023)'", "Paper #7 Eng (2023) was added.", "uid number",
        "paper add", "A paper needs a label, a title or a DOI.",
        "paper add --doi x", "'x' is no DOI: it should look like 10.1000/xyz.",
    ),
    "paper list": looking(
        "paper list", "5 of 5 papers.", f"{_PAPER} state tags evidence boxes", "paper list --limit 0"
    ),
    "paper tag": Case(
        "paper tag '#1' 'Cruz (2021)' --name later", "2 papers were tagged later.", "tagged",
        "paper tag '#1'", "Missing option '--name'",
        "paper tag '#1' --name ' '", "A tag needs a name.",
    ),
    "paper untag": Case(
        "paper untag '#2' --name poster", "The tag poster was taken off 1 paper.", "untagged",
        "paper untag --name poster", "Missing argument 'PAPER...'",
        "paper untag '#2' --name posters", "There is no tag 'posters' in this review. Its tags: poster.",
    ),
    "paper show": Case(
        "paper show 'Baker (2020)'", "joined: #6 Twin (2020)",
        f"{_PAPER} volume issue pages pmid type supplied_by abstract note records joined corrections"
        " evidence boxes",
        "paper show", "Missing argument 'PAPER'",
        "paper show Bakery", "There is no paper 'Bakery' in this review. Did you mean #2 Baker (2020)?",
    ),
    "paper edit": Case(
        "paper edit '#1' year 2018 --reason misprint", "year was corrected.", _UID,
        "paper edit '#1' colour red", "A paper has no field 'colour': use one of label, title",
        "paper edit '#1' year soon", "'soon' is no year: use four digits, or leave it out.",
    ),
    "paper join": Case(
        "paper join '#4' --into '#3'", "#4 is read under #3 from now on.", _UID,
        "paper join '#4'", "Missing option '--into'",
        "paper join '#6' --into '#2'", "#6 and #2 are one paper already.",
    ),
    "paper split": Case(
        "paper split '#6' --reason different", "#6 stands for itself again.", _UID,
        "paper split '#6'", "Missing option '--reason'",
        "paper split '#1' --reason different", "#1 is not joined into another paper.",
    ),
    "paper differ": Case(
        "paper differ '#1' '#4' --reason 'two towns'", "#1 and #4 are different documents.", _UID,
        "paper differ '#1'", "Missing argument 'OTHER'",
        "paper differ '#6' '#2'", "#6 and #2 are one paper: split them first (`realist paper split`).",
    ),
    "paper relate": Case(
        "paper relate '#1' '#4' --kind protocol", "#1 and #4 are related: protocol.", _UID,
        "paper relate '#1' '#4' --kind cousin", "'cousin' is not one of",
        "paper relate '#1' '#4' --end", "#1 and #4 are not related.",
    ),
    "study add": Case(
        "study add Leeds --kind case --paper '#1'", "Study Leeds was added.", _UID,
        "study add", "Missing argument 'NAME'",
        "study add Leeds --within 'The north'", "There is no study 'The north' in this review.",
    ),
    "study put": Case(
        "study put 'Three clinics' '#4' '#1'", "2 papers were put in Three clinics.", "put",
        "study put 'Three clinics'", "Missing argument 'PAPER...'",
        "study put Leeds '#1'", "There is no study 'Leeds' in this review.",
    ),
    "study take": Case(
        "study take 'Three clinics' '#3'", "#3 is not in Three clinics any more.", _UID,
        "study take 'Three clinics'", "Missing argument 'PAPER'",
        "study take 'Three clinics' '#1'", "#1 is not in the study Three clinics.",
    ),
    "study list": looking("study list", "Three clinics", "uid name kind within note papers"),
    "decide": Case(
        "decide '#1' exclude --round 'Full text' --reason 2", "#1: exclude.", _UID,
        "decide '#1' perhaps --round 'Full text'", "'perhaps' is not one of",
        "decide '#1' exclude --round 'Full text' --reason 9",
        "The round has no exclusion reason '9'. Its reasons: 1 no team; 2 no leader.",
    ),
    "attach": Case(
        "attach '#1' notes.txt", "notes.txt was attached to #1: 1 page, 0 headings.",
        "document text pages sections scanned problems excerpts",
        "attach '#1'", "Missing argument 'FILE'",
        "attach '#1' nowhere.pdf",
        '"nowhere.pdf" cannot be read (No such file or directory): look at its name and place.',
    ),
    "document list": looking("document list", "notes.txt", _DOCUMENT),
    "document show": looking(
        "document show '#1'", "and no review at all", f"{_DOCUMENT} sections text_of_pages",
        "document show '#1' --page 1 --nonsense",
    ),
    "document again": Case(
        "document again notes.txt", "notes.txt reads as it did before: nothing was changed.", _UID,
        "document again", "Missing argument 'DOCUMENT'",
        "document again '#2'", "#2 has no full text: `realist attach` adds one.",
    ),
    "document save": Case(
        "document save '#1' copy.txt", "notes.txt was written to copy.txt.", _UID,
        "document save '#1'", "Missing argument 'FILE'",
        "document save '#2' copy.txt", "#2 has no full text: `realist attach` adds one.",
    ),
    "document drop": Case(
        "document drop '#1' --reason mistaken", "notes.txt was taken off.", _UID,
        "document drop '#1'", "Missing option '--reason'",
        "document drop '#2' --reason mistaken", "#2 has no full text: `realist attach` adds one.",
    ),
    "excerpt add": Case(
        "excerpt add '#1' --at 1:0-15", "The excerpt was kept: found, p. 1 of notes.txt.", _UID,
        "excerpt add '#1' --at first", "'first' is no place: write PAGE:START-END, such as 3:120-184.",
        "excerpt add '#1'", "An excerpt needs its words, or at least the place as printed.",
    ),
    "excerpt list": looking(
        "excerpt list '#1'", "These are notes",
        "uid paper label quotation locator note site before after by at state anchors serves",
    ),
    "excerpt edit": Case(
        "excerpt edit EXCERPT --quotation 'no such words'",
        "The excerpt was changed: stands in no text of the paper.", _UID,
        "excerpt edit EXCERPT", "Say what to change: --quotation, --locator, --note or --site.",
        "excerpt edit nought --note x", "There is no excerpt nought: `realist excerpt list` shows the uids.",
    ),
    "excerpt place": Case(
        "excerpt place EXCERPT 1:39-54", "The excerpt has its place.", _UID,
        "excerpt place EXCERPT", "Missing argument 'PLACE'",
        "excerpt place nought 1:0-3", "There is no excerpt nought: `realist excerpt list` shows the uids.",
    ),
    "excerpt drop": Case(
        "excerpt drop EXCERPT", "The excerpt was taken out.", _UID,
        "excerpt drop", "Missing argument 'UID'",
        "excerpt drop nought", "There is no excerpt nought: `realist excerpt list` shows the uids.",
    ),
    "appraise": Case(
        "appraise '#1' Rigour high --reason 'well told'", "#1: Rigour high.", _UID,
        "appraise '#1' rigour", "Give a level, or --take-back without one.",
        "appraise '#1' rigour great --reason x",
        "rigour has no level 'great'. Its levels: low, moderate, high.",
    ),
    "appraisal list": looking(
        "appraisal list", "SF low, SH high",
        "uid paper number label dimension level reason excerpt quotation by at",
    ),
    "appraisal scale list": looking(
        "appraisal scale list", "rigour: low, moderate, high", "uid name description levels"
    ),
    "appraisal scale add": Case(
        "appraisal scale add voice thin thick", "Papers are appraised for voice.", "uids",
        "appraisal scale add", "Name a dimension and its levels, or use --ready alone.",
        "appraisal scale add --ready",
        "This review has a scale already (relevance, richness, rigour): add to it, or change it.",
    ),
    "appraisal scale edit": Case(
        "appraisal scale edit rigour high --name 'very high'", "rigour high was changed.", _UID,
        "appraisal scale edit rigour", "Say what to change",
        "appraisal scale edit rigour high --name low",
        "'low' is another one's name: choose a different one.",
    ),
    "appraisal scale drop": Case(
        "appraisal scale drop richness", "richness was dropped.", _UID,
        "appraisal scale drop", "Missing argument 'DIMENSION'",
        "appraisal scale drop rigour low",
        "The level low of rigour was used once and stays: `realist appraisal scale edit` renames it.",
    ),
    "form import": Case(
        "form import form.toml", "The form Features is there, version 2.", "uid name number new",
        "form import", "Missing argument 'FILE'",
        "form import notes.txt",
        "notes.txt: This is no TOML that can be read: Expected '=' after a key in a key/value pair"
        " (at line 1, column 7). Nothing was imported.",
    ),
    "form add": Case(
        "form add characteristics", "The form Paper characteristics is there, version 1.",
        "uid name number new",
        "form add quality", "'quality' is not",
        "--db notes.txt form add characteristics", NOT_A_REVIEW,
    ),
    "form list": looking("form list", "Features", "uid name version fields note by at"),
    "form show": looking(
        "form show", "Features, version 1", "uid name version note fields by at", "form show --number 0"
    ),
    "form fill": Case(
        "form fill '#1' country=Norway 'design=trial; survey'", "#1: 2 answers were kept.", "uids",
        "form fill '#1' Norway", "'Norway' is no answer: write KEY=VALUE, such as country=Sweden.",
        "form fill '#1' country=Norwai",
        "country: 'Norwai' is no country of ISO 3166: did you mean Norway?",
    ),
    "form answers": looking(
        "form answers", "SF: Sweden | SH: Finland", "uid number label form version answers"
    ),
    "evidence add": Case(
        "evidence add '#3' supports --mechanism M1 --claim 'it does'", "The evidence was recorded.", _UID,
        "evidence add '#3' doubts --mechanism M1 --claim x", "'doubts' is not one of",
        "evidence add '#3' supports --claim 'it does'",
        "Evidence bears on exactly one mechanism, context, outcome, configuration or theory.",
    ),
    "extraction allot": Case(
        "extraction allot independent '#2' '#3' --to SF --to SH",
        "4 extractions were handed out: SF 2, SH 2.", "new people",
        "extraction allot independent '#2'", "Missing option '--to'",
        "extraction allot independent '#2' --to SF",
        "Nobody would be independent of anybody on paper #2: name two people or more. Nothing was changed.",
    ),
    "extraction list": looking(
        "extraction list '#1'", "independent",
        "uid paper number label by role state opened independent_until counts boxes evidence readings",
    ),
    "extraction done": Case(
        "extraction done '#1'", "You are done with #1.", _UID,
        "extraction done", "Missing argument 'PAPER'",
        "extraction done '#2'",
        "You have nothing of #2 to finish: `realist extraction list` shows who has what."
        " Nothing was changed.",
    ),
    "extraction take-back": Case(
        "extraction take-back '#1' SH --reason away", "#1 was taken back from SH.", _UID,
        "extraction take-back '#1' SH", "Missing option '--reason'",
        "extraction take-back '#2' SH --reason away",
        "SH does not have #2 to extract: `realist extraction list` shows who has what. Nothing was changed.",
    ),
    "extraction open": Case(
        "extraction open '#1' --reason pilot", "2 independent extractions of #1 may be seen now.", "opened",
        "extraction open '#1'", "Missing option '--reason'",
        "extraction open '#2' --reason pilot",
        "No independent extraction of #2 is under way. Nothing was changed.",
    ),
    "extraction check": Case(
        "extraction check evidence THEIRS confirmed", "was confirmed.", _UID,
        "extraction check box 1 perhaps", "'perhaps' is not",
        "extraction check evidence nought confirmed",
        "There is no evidence nought: `realist evidence list` shows the uids.",
    ),
    "extraction consensus": Case(
        "extraction consensus '#1'", "The consensus of #1 was begun.", _UID,
        "extraction consensus", "Name a paper, or a box with --take",
        "extraction consensus '#2'", "Nobody has extracted #2 independently. Nothing was changed.",
    ),
    "extraction compare": Case(
        "extraction compare '#1'", "1 box side by side, 1 with differences.",
        "paper label one other boxes stances",
        "extraction compare", "Missing argument 'PAPER'",
        "extraction compare '#2'",
        "Baker (2020) has no two such independent extractions: nobody has one.",
    ),
    "extraction agreement": looking(
        "extraction agreement", "1 paper extracted independently by SF, SH.",
        "papers waiting opened people mechanisms total",
    ),
    "evidence list": looking(
        "evidence list", "trust helps",
        "uid paper label mechanism_uid mechanism context outcome configuration stance claim topic site by",
    ),
    "evidence withdraw": Case(
        "evidence withdraw EVIDENCE --reason mistaken", "The evidence was withdrawn.", _UID,
        "evidence withdraw EVIDENCE", "Missing option '--reason'",
        "evidence withdraw nought --reason mistaken",
        "There is no evidence nought: `realist evidence list` shows the uids.",
    ),
    "reading add": Case(
        "reading add '#4' none --all", "The reading was recorded.", _UID,
        "reading add '#4' none", "Name the mechanism with --mechanism, or use --all.",
        "reading add '#4' none --mechanism Luck", "There is no mechanism 'Luck' in this review.",
    ),
    "reading list": looking(
        "reading list", "every mechanism then",
        "uid paper label mechanism_uid mechanism result note by at",
    ),
    "framework import": Case(
        "framework import levels.toml", "The framework Levels of care was added with 2 codes.", _UID,
        "framework import", "Missing argument 'FILE'",
        "framework import notes.txt",
        "notes.txt: This is no TOML that can be read: Expected '=' after a key in a key/value pair"
        " (at line 1, column 7). Nothing was imported.",
    ),
    "framework add": Case(
        "framework add Other --source 'Hale 2013'", "The framework Other was added.", _UID,
        "framework add", "Missing argument 'NAME'",
        "framework add integration",
        "There is already a framework Integration: `realist code add --framework` adds codes to it, or use"
        " another name.",
    ),
    "framework list": looking("framework list", "Integration", "uid name source note codes by at"),
    "framework show": Case(
        "framework show Integration", "Clinical  on 1 thing", "uid name source note codes by at",
        "framework show", "Missing argument 'NAME'",
        "framework show Nowhere", "There is no framework 'Nowhere' in this review.",
    ),
    "code add": Case(
        "code add Money --framework Integration --within Clinical", "The code Money was added.", _UID,
        "code add", "Missing argument 'NAME'",
        "code add Clinicals",
        "'Clinicals' may mean the code Integration: Clinical: use that, or add it anyway with --anyway.",
    ),
    "code list": looking(
        "code list", "inductive",
        "uid name description framework framework_name parent top path position ended coded papers",
    ),
    "code edit": Case(
        "code edit Fear --name Worry", "The code Fear was changed.", _UID,
        "code edit Fear", "Say what to change",
        "code edit Fear --retire ' '", "Nothing was changed: retiring a code needs a reason.",
    ),
    "code put": Case(
        "code put Fear --box 1 --part 2 --valence -", "Fear was put on the part.", _UID,
        "code put Fear", "Say what is coded",
        "code put Fear --box 1 --part 9", "Box 1 has 5 parts, and no part 9.",
    ),
    "code take": Case(
        "code take Clinical --paper '#1'", "Clinical was taken off the paper.", "taken",
        "code take Clinical --part 1", "Say what is coded",
        "code take Fear --paper '#1'", "The paper does not have the code Fear.",
    ),
    "cmo list": looking("cmo list", "Views that do not count", _BOX),
    "cmo show": Case(
        "cmo show 2b", "→ people hold back (M)", _BOX,
        "cmo show", "Missing argument 'BOX'",
        "cmo show '#9'", "There is no box '#9' in this review.",
    ),
    "cmo add": Case(
        "cmo add 'A merger (C) → all stay (O+)' --label 9", "The box was added with 2 parts.", _UID,
        "cmo add x --polarity up", "'up' is not one of",
        "cmo add 'A merger (C)' --paper Nobody", "There is no paper 'Nobody' in this review.",
    ),
    "cmo edit": Case(
        "cmo edit 2b --title Unheard --status refined", "Box 2b was changed.", _UID,
        "cmo edit 2b", "Say what to change",
        "cmo edit '#9' --title Unheard", "There is no box '#9' in this review.",
    ),
    "cmo drop": Case(
        "cmo drop 2b --reason 'one of 1'", "Box 2b was dropped.", _UID,
        "cmo drop 2b", "Missing option '--reason'",
        "cmo drop 2b --reason ' '", "Nothing was changed: dropping a box needs a reason.",
    ),
    "cmo part": Case(
        "cmo part 2b 1 --valence - --site 'Clinic A' --hedge may", "Part 1 of box 2b was changed.", _UID,
        "cmo part 2b 1", "Say what to change",
        "cmo part 2b 9 --valence +", "Box 2b has 3 parts: there is no part 9.",
    ),
    "cmo link": Case(
        "cmo link 2b 2 2b 1 --note again", "The one leads to the other now.", _UID,
        "cmo link 2b 2", "Missing argument 'TO_BOX'",
        "cmo link 2b 2 2b 7", "Box 2b has 3 parts: there is no part 7.",
    ),
    "cmo unlink": Case(
        "cmo unlink LINK", "The link was taken back.", _UID,
        "cmo unlink", "Missing argument 'UID'",
        "cmo unlink nought", "There is no link nought: `realist cmo show` shows those of a box.",
    ),
    "cmo relate": Case(
        "cmo relate 2b underpins 2b", "Box 2b underpins box 2b.", _UID,
        "cmo relate 2b loves 2b", "'loves' is not one of",
        "cmo relate 2b underpins '#9'", "There is no box '#9' in this review.",
    ),
    "cmo export": Case(
        "cmo export out.txt", "written to out.txt.", "file boxes lost",
        "cmo export out.doc", "does not say which format",
        "cmo export out.txt --paper Nobody", "There is no paper 'Nobody' in this review.",
    ),
    "cmo check": Case(
        "cmo check 1", "things to look at in 1 box.",
        "uid number label title rule part element why do dismissed",
        "cmo check 1 --rule nonsense", "'nonsense' is not one of",
        "cmo check '#9'", "There is no box '#9' in this review.",
    ),
    "cmo dismiss": Case(
        "cmo dismiss 2b unsplit --reason 'as the paper has it'", "Box 2b: unsplit is fine as it is.", _UID,
        "cmo dismiss 2b unsplit", "Say why it is fine with --reason, or use --again.",
        "cmo dismiss 2b unsure --reason fine",
        "The rule unsure finds nothing in box 2b: `realist cmo check` lists what is to look at.",
    ),
    "cmo import": Case(
        "cmo import boxes.json", "2 boxes were added.", "added known lost",
        "cmo import", "Missing argument 'FILE'",
        "cmo import odd.ris", "odd.ris: line 1 is no JSON that can be read. Nothing was imported.",
    ),
    "mechanism add": Case(
        "mechanism add Luck --alias chance", "Mechanism Luck was proposed.", _UID,
        "mechanism add", "Missing argument 'NAME'",
        "mechanism add 'SHARED purpose'",
        "There is already a mechanism #2 Shared purpose: use it, or another name.",
    ),
    "mechanism list": looking(
        "mechanism list", "Trust between professions",
        "uid number name kind note fate into papers for against modifies feedback description",
    ),
    "mechanism show": Case(
        "mechanism show relying", "M1 Trust between professions",
        "uid number name kind note aliases versions fates into evidence feedback",
        "mechanism show", "Missing argument 'NAME'",
        "mechanism show Luck", "There is no mechanism 'Luck' in this review.",
    ),
    "context add": Case(
        "context add Rural --level infrastructural", "Context Rural was added.", _UID,
        "context add Rural --level high", "'high' is not one of",
        "context add 'two departments merge'",
        "There is already a context #1 Two departments merge: use it, or another name.",
    ),
    "context list": looking(
        "context list", "Two departments merge", "uid number name level description elements"
    ),
    "outcome add": Case(
        "outcome add 'Staff leave'", "Outcome Staff leave was added.", _UID,
        "outcome add", "Missing argument 'NAME'",
        "--db notes.txt outcome add Luck", NOT_A_REVIEW,
    ),
    "outcome list": looking("outcome list", "Staff stay", "uid number name description elements"),
    "grid": Case(
        "grid", "✓ present", "default set list columns rows",
        "grid --show colours", "'colours' is not one of",
        "grid --list 'Table 9'", "There is no mechanism list 'Table 9' in this review. Did you mean Table 1?",
    ),
    "cross": Case(
        "cross paper code", "Clinical", "of rows columns cells statements papers valences",
        "cross paper colour", "'colour' is nothing that can be counted by",
        "cross paper field:aim", "No form has a field 'aim'. The fields: country, design.",
    ),
    "flow": looking("flow", "914 = 1,446 − 532", "stages"),
    "overlap": Case(
        "overlap", "Embase", "name records papers only shared",
        "overlap --by colour", "'colour' is not one of 'source', 'search', 'stage'",
        "--db notes.txt overlap", NOT_A_REVIEW,
    ),
    "find": Case(
        "find trust", "»Trust« between professions", "counts hits",
        "find", "Missing argument 'WORDS...'",
        "--db notes.txt find trust", NOT_A_REVIEW,
    ),
    "export papers": Case(
        "export papers out.ris", "papers written to out.ris.", "file format papers losses",
        "export papers out.txt", "does not say which format",
        "export papers no/where.ris", "no/where.ris cannot be written: No such file or directory.",
    ),
    "export records": Case(
        "export records out.jsonl", "0 records were written to out.jsonl.", "file records",
        "export records", "Missing argument 'FILE'",
        "export records no/where.jsonl", "no/where.jsonl cannot be written: No such file or directory.",
    ),
    "log": Case(
        "log --limit 3", "report count",
        "uid number at person intention subject reason undoes undone changes",
        "log --limit none", "'none' is not a valid integer range",
        "log --act 9999", "There is no act 9999 in the log: `realist log` lists them.",
    ),
    "undo": Case(
        "undo", "Undone: report count", "undone",
        "undo 1 2", "unexpected extra argument",
        "undo 9999", "There is no act 9999 in the log: `realist log` lists them.",
    ),
    "redo": Case(
        "redo", "Redone: report count", "redone",
        "redo 1 2", "unexpected extra argument",
        "redo 9999", "There is no act 9999 in the log: `realist log` lists them.",
    ),
    "check": looking("check", "The review is sound.", "sound findings"),
    "backup": Case(
        "backup copy.realist", "copy.realist is a sound copy (", "file bytes",
        "backup", "Missing argument 'FILE'",
        "backup review.realist", "review.realist is already there: choose another name.",
    ),
    "sample leadership": Case(
        "sample leadership other.realist", "other.realist is ready.", "review",
        "sample leader", "No such command 'leader'",
        "sample leadership review.realist", "review.realist is already there: choose another name.",
    ),
    "sample tour": Case(
        "sample tour other.realist", "other.realist is ready.", "review",
        "sample tours", "No such command 'tours'",
        "sample tour review.realist", "review.realist is already there: choose another name.",
    ),
}  # fmt: skip

CASES |= ARCHIVE_CASES
CASES.update(cases(Case, looking))
