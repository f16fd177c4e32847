"""Columns: what the names of vendors mean, which product a header is from, and lists within cells."""

from __future__ import annotations

from typing import Any

import pytest

from realist.formats.lines import join_lines
from realist.formats.records import Fields, Notes
from realist.formats.tables.columns import key_of, knows, product_of, score
from realist.formats.tables.reading import read
from tests.formats.support import split_items


def fields_of(header: str, *rows: str, product: str = "") -> Fields:
    """Return what the first row under a header means; the product must be recognised."""
    notes = Notes()
    text = "\n".join((header, *rows)) + "\n"
    records, _ = split_items(list(read(join_lines([text], True, []), notes)))
    assert notes.product == product
    return records[0][1]


def told(fields: Fields) -> dict[str, Any]:
    """Return those fields that say something."""
    return {name: value for name, value in fields._asdict().items() if value}


SCOPUS = (
    "Authors,Author full names,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,Page start,"
    "Page end,DOI,Link,Abstract,Author Keywords,Index Keywords,Editors,Publisher,PubMed ID,"
    "Language of Original Document,Document Type,Source,EID"
)


def test_scopus() -> None:
    fields = fields_of(
        SCOPUS,
        '"Best N.; Shaw J.","Best, Nora (571); Shaw, Jo (2)",1;2,Trust,2004,Care,37,3,,315,42,10.1000/A,'
        'https://scopus.com/x,Text,"a; b",c,,Press,12345,English,Article,Scopus,2-s2.0-1',
        product="Scopus",
    )
    assert told(fields) == {
        "source_key": "2-s2.0-1",
        "type": "Article",
        "title": "Trust",
        "authors": ("Best, Nora", "Shaw, Jo"),
        "year": 2004,
        "journal": "Care",
        "volume": "37",
        "number": "3",
        "pages": "315-342",
        "doi": "10.1000/a",
        "pmid": "12345",
        "url": "https://scopus.com/x",
        "abstract": "Text",
        "keywords": ("a", "b"),
        "language": "English",
        "database": "Scopus",
        "publisher": "Press",
    }


def test_scopus_as_it_was_parts_people_by_commas() -> None:
    header = "Authors,Author(s) ID,Title,Year,Source title,Art. No.,Page start,Source,EID"
    fields = fields_of(
        header, '"Best N., Shaw J.-P.",1;2;,Trust,2004,Care,e7,,Scopus,2-s2.0-1', product="Scopus"
    )
    assert fields.authors == ("Best N.", "Shaw J.-P.")
    assert fields.pages == "e7"


def test_pubmed() -> None:
    fields = fields_of(
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,"
        "DOI",
        '"30922926","Trust","Best N, Shaw JP, O\'Neil RE.","Care Q. 2020 Feb;63(2):103-9. doi: 10.1000/x. '
        'Epub 2019 Mar 25.","Best N","Care Q","2020","2019/03/30","PMC7","","10.1000/x"',
        product="PubMed",
    )
    assert fields.authors == ("Best N", "Shaw JP", "O'Neil RE")
    assert (fields.source_key, fields.pmid, fields.journal) == ("30922926", "30922926", "Care Q")
    assert (fields.volume, fields.number, fields.pages, fields.year) == ("63", "2", "103-109", 2020)


def test_embase_has_the_citation_in_its_source() -> None:
    header = "Title,Author Names,Correspondence Address,Source,Emtree Medical Index Terms,Open URL Link"
    fields = fields_of(
        header,
        'Trust,"Best N., Shaw J.",x,Care Quarterly (2014) 3:4 (152-60). Date of Publication: 2014,'
        '"care (diagnosis, therapy), trust",http://sfx.x.org/y?id=doi:10.1000%2Fcare.1&t=x',
        product="Embase.com",
    )
    assert fields.authors == ("Best N.", "Shaw J.")
    assert (fields.journal, fields.year) == ("Care Quarterly", 2014)
    assert (fields.volume, fields.number, fields.pages) == ("3", "4", "152-160")
    assert fields.doi == "10.1000/care.1"
    assert fields.keywords == ("care (diagnosis, therapy)", "trust")
    assert fields.database == ""


def test_ebsco_keeps_its_numbers_from_excel_and_puts_a_notice_into_the_abstract() -> None:
    header = (
        "Article Title,Author,Journal Title,ISSN,ISBN,Publication Date,Volume,Issue,First Page,Page Count,"
        "Accession Number,DOI,Publisher,Doctype,Subjects,Keywords,Abstract,PLink"
    )
    fields = fields_of(
        header,
        '"Trust.","Best, Nora; Shaw, Jo",Care,="19326203",,="Jun2023",19,4,7,6,176404503,,Press,Article,'
        '"CARE; TRUST",,"Text. [ABSTRACT FROM AUTHOR] Copyright of Care is the property of Press and its '
        'content may not be copied",https://search.ebscohost.com/login.aspx?db=x&AN=1',
        product="EBSCO",
    )
    assert (fields.year, fields.pages, fields.source_key) == (2023, "7", "176404503")
    assert fields.abstract == "Text. [ABSTRACT FROM AUTHOR]"
    assert fields.keywords == ("CARE", "TRUST")
    assert fields.authors == ("Best, Nora", "Shaw, Jo")


def test_covidence_and_zotero() -> None:
    covidence = (
        "Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,"
        "DOI,Ref,Covidence #,Study,Notes,Tags"
    )
    row = 'Trust,"Best, N.; Shaw, J.",,2024,,Care,15,1,1-9,A7,10.1000/x,12,#7,Best 2024,"",""'
    fields = fields_of(covidence, row, product="Covidence")
    assert (fields.source_key, fields.pages, fields.year) == ("#7", "1-9", 2024)
    zotero = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
        '"Abstract Note","Date","Pages","Issue","Volume","Library Catalog","Manual Tags",'
        '"Automatic Tags","Editor","Number"'
    )
    row = (
        '"K7","bookSection","2024","Best, N.","Trust","Care","","","","2024","1-9","","","PubMed","a; b","c",'
        '"Shaw, J.","3"'
    )
    fields = fields_of(zotero, row, product="Zotero")
    assert (fields.type, fields.editors, fields.keywords) == ("bookSection", ("Shaw, J.",), ("a", "b", "c"))
    assert (fields.database, fields.journal, fields.number) == ("PubMed", "Care", "3")


def test_the_extra_column_of_zotero_holds_the_numbers_that_have_no_column() -> None:
    header = "Key,Item Type,Title,DOI,Abstract Note,Extra,Manual Tags"
    fields = fields_of(header, 'K7,report,Trust,,,"PMID: 1234567\nDOI: 10.1000/X",', product="Zotero")
    assert (fields.pmid, fields.doi) == ("1234567", "10.1000/x")
    fields = fields_of(header, "K7,report,Trust,10.1000/own,,PMCID: PMC1234567,", product="Zotero")
    assert (fields.pmid, fields.doi) == ("", "10.1000/own")


def test_semantic_scholar_has_objects_in_its_cells() -> None:
    fields = fields_of(
        "paperId,title,venue,year,authors,journal",
        "a1,Trust,Care,2020,\"[{'authorId': '1', 'name': 'Nora Best'}]\",{'name': 'C'}",
        product="Semantic Scholar",
    )
    assert (fields.journal, fields.authors) == ("Care", ("Nora Best",))


def test_covidence_is_known_by_the_tables_of_extraction() -> None:
    fields = fields_of(
        "Covidence #,Study ID,Reviewer Name,DOI", "7,Best 2024,Both,10.1000/x", product="Covidence"
    )
    assert (fields.source_key, fields.doi) == ("7", "10.1000/x")


def test_rayyan_glues_tags_behind_the_doi() -> None:
    fields = fields_of(
        "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,"
        "abstract,notes,doi,keywords,pubmed_id,pmc_id",
        'rayyan-7, Trust,2024,,,Care,1,15,1,,"Best, N. and Sandhu, R. and O. E. Brandt",'
        "https://x.org/a     U2  - L2,"
        'English,,,Text,"RAYYAN-INCLUSION: {""Em""=>""Included""}",10.1000/x     LK  - https://y.org,a;b,12345678.0,',
        product="Rayyan",
    )
    assert fields.authors == ("Best, N.", "Sandhu, R.", "O. E. Brandt")
    assert (fields.doi, fields.pmid, fields.url) == ("10.1000/x", "12345678", "https://x.org/a")
    assert fields.notes == 'RAYYAN-INCLUSION: {"Em"=>"Included"}'


def test_openalex_parts_lists_by_bars() -> None:
    fields = fields_of(
        "id,doi,title,display_name,publication_year,language,type,ids.openalex,primary_location.source.display_name,"
        "biblio.volume,biblio.first_page,biblio.last_page,ids.pmid,abstract,authorships.author.display_name,"
        "keywords.display_name",
        "https://openalex.org/W7,https://doi.org/10.1000/X,Trust,Trust,2024,en,article,https://openalex.org/W7,Care,"
        "15,105,12,https://pubmed.ncbi.nlm.nih.gov/123,Text,Nora Best|Jo Shaw,a|b",
        product="OpenAlex",
    )
    assert fields.authors == ("Nora Best", "Jo Shaw")
    assert fields.keywords == ("a", "b")
    assert (fields.source_key, fields.pmid, fields.pages) == ("https://openalex.org/W7", "123", "105-112")


def test_abstrackr_writes_names_on_lines_and_zero_for_no_number() -> None:
    fields = fields_of(
        "(internal) id,(source) id,pubmed id,keywords,abstract,title,journal,authors",
        '418,7,0,"a,b, or c,d","Text\n",Trust,Care,"Best, N.\n and Shaw, J.\n"',
        product="Abstrackr",
    )
    assert (fields.source_key, fields.pmid) == ("418", "")
    assert fields.authors == ("Best, N.", "Shaw, J.")
    assert fields.keywords == ("a", "b, or c", "d")


def test_springer_writes_names_without_anything_between() -> None:
    fields = fields_of(
        "Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,Authors,"
        "Publication Year,URL,Content Type",
        "Trust,Care,,,,10.1007/x,Nora BestJo (Jo) ShawIan McNeil,2023,https://link.springer.com/x,Article",
        product="Springer",
    )
    assert fields.authors == ("Nora Best", "Jo (Jo) Shaw", "Ian McNeil")


def test_web_of_science_has_codes_for_names() -> None:
    header = "PT\tAU\tAF\tTI\tSO\tLA\tDT\tDE\tAB\tDI\tPY\tVL\tBP\tEP\tUT\tPM"
    row = (
        'J\tBest, N; Shaw, J\tBest, Nora; Shaw, Jo\t"Trust" grows\tCARE\tEnglish\tReview\ta; b\tText\t'
        "10.1000/X\t2018\t4\t14\t30\tWOS:7\t\t"
    )
    fields = fields_of(header, row, product="Web of Science")
    assert fields.title == '"Trust" grows'
    assert fields.authors == ("Best, Nora", "Shaw, Jo")
    assert (fields.source_key, fields.database, fields.pages) == ("WOS:7", "Web of Science", "14-30")


def test_web_of_science_in_excel_has_names_in_full() -> None:
    header = (
        "Publication Type;Authors;Author Full Names;Article Title;Source Title;Document Type;"
        "Publication Year;Start Page;End Page;Article Number;DOI;UT (Unique WOS ID)"
    )
    row = (
        'J;"Best, N; Shaw, J";"Best, Nora; Shaw, Jo";Trust;CARE;Article;2018;;;e7;10.1000/x;MEDLINE:12345678'
    )
    fields = fields_of(header, row, product="Web of Science")
    assert (fields.type, fields.database, fields.pmid, fields.pages) == (
        "Article",
        "MEDLINE",
        "12345678",
        "e7",
    )
    assert fields.authors == ("Best, Nora", "Shaw, Jo")


@pytest.mark.parametrize(
    ("header", "product"),
    [
        ("CENTRAL ID,Author(s),Title,Source,Year,Abstract,Database Name", "Cochrane Library"),
        ("Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,Author/s", "Lens.org"),
        ('"Document Title",Authors,"Author Affiliations","Publication Title","Start Page"', "IEEE Xplore"),
        (
            '"type","id","author","title","article_no","num_pages","doi","issue_no","booktitle"',
            "ACM Digital Library",
        ),
        ("Rank,Publication ID,DOI,PMID,PMCID,Title,Source title,Anthology title,PubYear", "Dimensions"),
        ("Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank", "Publish or Perish"),
        ("Authors,Title,Publication,Volume,Number,Pages,Year,Publisher", "Google Scholar"),
        ("Title,Authors,pubtitle,year,documentURL,StoreId", "ProQuest"),
        ("record_id,title,abstract,included,asreview_label,asreview_time", "ASReview"),
        ("paperId,title,year,authors,citationCount", "Semantic Scholar"),
        ("NCT Number,Study Title,Study URL,Brief Summary,Conditions", "ClinicalTrials.gov"),
        ("cord_uid,source_x,title,doi,pubmed_id,abstract,publish_time,authors,journal", "CORD-19"),
        ('Reference Type,Reference Id,"Authors, Primary",Title Primary,Periodical Full,Pub Year', "RefWorks"),
        ("ItemId,ShortTitle,Title,Authors,Year", "EPPI-Reviewer"),
        ("title,author,year", ""),
    ],
)
def test_products_are_known_by_their_headers(header: str, product: str) -> None:
    keys = [key_of(cell) for cell in header.replace('"Authors, Primary"', "Authors Primary").split(",")]
    assert product_of(keys) == product


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("title,journal,source", "Trust,Care,PubMed", {"journal": "Care", "database": "PubMed"}),
        ("title,source", "Trust,Care", {"journal": "Care"}),
        ("title,source", "Trust,Web of Science", {"database": "Web of Science"}),
        ("id,key,title", "7.0,k,Trust", {"source_key": "7"}),
        ("id,key,title", ",k,Trust", {"source_key": "k"}),
        ("title,Year,Publication Date", "Trust,NA,May 2014", {"year": 2014}),
        ("title,year,date", "Trust,45385,45385", {}),
        ("title,year", "Trust,2014.0", {"year": 2014}),
        ("title,volume,issue,pages", "Trust,14.0,3.0,12.0", {"volume": "14", "number": "3", "pages": "12"}),
        (
            "title,doi,url",
            "Trust,nan,https://doi.org/10.1000/X",
            {"doi": "10.1000/x", "url": "https://doi.org/10.1000/X"},
        ),
        ("title,pmid", "Trust,PMID: 0123", {"pmid": "0123"}),
        (
            "title,url",
            "Trust,https://pubmed.ncbi.nlm.nih.gov/77/",
            {"pmid": "77", "url": "https://pubmed.ncbi.nlm.nih.gov/77/"},
        ),
        (
            "Titel,Autoren,Jahr,Zeitschrift",
            'Trust,"Best, N.; Shaw, J.",2001,Care',
            {"authors": ("Best, N.", "Shaw, J."), "year": 2001, "journal": "Care"},
        ),
        ("Étude,TITRE,Année", "x,Trust,2001", {"year": 2001}),
        ("title,item_type,Publication Type", "Trust,,Review", {"type": "Review"}),
        ("title,language", "Trust,None", {}),
        ("Number,title,volume", "17,Trust,4", {"volume": "4"}),
        ("title,volume,number", "Trust,4,17", {"volume": "4", "number": "17"}),
    ],
)
def test_names_of_columns_and_cells_of_programs(header: str, row: str, expected: dict[str, Any]) -> None:
    assert told(fields_of(header, row)) == {"title": "Trust", **expected}


def test_names_are_known_however_they_are_written() -> None:
    for name in ("Author(s)", "AUTHOR/S", " author_s", "\ufeffAuthors", '"Authors"', "Author-s"):
        assert key_of(name) == "authors"
        assert knows(name)
    assert not knows("colour")
    assert not knows("x" * 10_000)


def test_only_what_names_a_paper_is_a_header() -> None:
    assert score(["id", "year", "authors"]) == 0
    assert score(["Title"]) == 1
    assert score(["foo", "title", "year"]) == 2
    assert score(["a"] * 50 + ["title"]) == 0


def test_other_rows_tell_whether_a_comma_parts_people() -> None:
    header = "title,authors"
    assert fields_of(header, 'a,"Lopez Best, Nora Ann"', 'b,"Best, N.; Shaw, J."').authors == (
        "Lopez Best, Nora Ann",
    )
    assert fields_of(header, 'a,"Nora Best, Jo Shaw"', "b,Ian Ray").authors == ("Nora Best", "Jo Shaw")


class TestOwnTables:
    HEADER = (
        '"realist","source_key","type","title","authors","editors","year","journal","volume","number","pages","doi",'
        '"pmid","url","abstract","keywords","language","notes","database","publisher"'
    )

    def test_they_are_read_as_written(self) -> None:
        row = (
            '"1","k1","JOUR","Trust","Best, Nora\nShaw; Jo and Co",'
            '"Ray, I.","2001","Care","4.0","NA","454-81","10.1000/x","7","https://x.org","One\n\nTwo",'
            '"a, b\nc;d",'
            '"en","- n","Scopus","Press"'
        ).replace('"- n"', '"\'- n"')
        assert fields_of(self.HEADER, row, product="realist") == Fields(
            "k1", "JOUR", "Trust", ("Best, Nora", "Shaw; Jo and Co"), ("Ray, I.",), 2001, "Care", "4.0", "NA",
            "454-81", "10.1000/x", "7", "https://x.org", "One\n\nTwo", ("a, b", "c;d"), "en", "- n", "Scopus",
            "Press",
        )  # fmt: skip

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
    def test_the_apostrophe_before_what_a_spreadsheet_runs_is_taken_off(self, start: str) -> None:
        cells = [""] * 20
        cells[0], cells[3], cells[4], cells[15] = "1", f"'{start}1+1", f"Best\n'{start}Shaw", f"''{start}a"
        fields = fields_of(self.HEADER, ",".join(f'"{cell}"' for cell in cells), product="realist")
        assert fields.title == f"{start}1+1"
        assert fields.authors == ("Best", f"{start}Shaw")
        assert fields.keywords == (f"'{start}a",)

    def test_other_apostrophes_stay_and_so_do_those_of_other_tables(self) -> None:
        cells = ["1", "", "", "'Trust'", *[""] * 16]
        assert fields_of(self.HEADER, ",".join(cells), product="realist").title == "'Trust'"
        assert fields_of("title,year", "'=Trust,2001").title == "'=Trust"


def test_embase_has_tables_on_their_side() -> None:
    text = (
        '"SEARCH QUERY","trust:ti"\n\n"TITLE","Trust, and care"\n"AUTHOR NAMES","Best N.","Shaw J."\n'
        '"SOURCE","Care (2014) 3:3 (152-160). Date of Publication: 2014"\n"ABSTRACT","One\ntwo"\n'
        '"DOI","10.1000/x"\n'
        '\n"TITLE","Other"\n"AUTHOR NAMES","Ray I."\n"PUBLICATION YEAR","2001"\n"MEDLINE PMID","77"\n'
    )
    notes = Notes()
    records, problems = split_items(list(read(join_lines([text], True, []), notes)))
    assert problems == []
    assert notes == Notes("Embase.com", 1, 0.0)
    assert [record.line for record, _ in records] == [3, 10]
    assert records[0][0].raw[1:3] == [("AUTHOR NAMES", "Best N."), ("AUTHOR NAMES", "Shaw J.")]
    assert records[0][1].authors == ("Best N.", "Shaw J.")
    assert (records[0][1].year, records[0][1].pages) == (2014, "152-160")
    assert (records[1][1].year, records[1][1].pmid) == (2001, "77")
