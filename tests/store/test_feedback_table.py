import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promote_tui.store.feedback_table import Comment, NotATableError, Table, read

EXPORT = '''\
Friends and Family Test,,,,,,
Ward: Mulberry 2,November 2026,,,,,

Response ID,Date submitted,"Overall, how was your experience of our service?",Please can you tell us why?,\
Please tell us about anything that we could have done better,Who completed this form?,Date of birth
1,01/11/2026 10:22,Very good,"Kind staff, they
really ""listened""",N/A,Patient,03/03/1941
2,02/11/2026,Poor,The lights came on at six,Let people sleep,Parent/carer,
,,,,,,
3,03/11/2026,Good,,-,Friend on behalf of patient,
'''
WHY, BETTER = (column.name for column in read(EXPORT.encode()).columns[3:5])
SAID = (
    Comment(5, 'Kind staff, they\nreally "listened"', "patient", date(2026, 11, 1), WHY),
    Comment(6, "The lights came on at six", "carer", date(2026, 11, 2), WHY),
    Comment(6, "Let people sleep", "carer", date(2026, 11, 2), BETTER),
)


def table(text: str) -> Table:
    return read(text.encode())


def said(text: str) -> list[str]:
    found = table(text)
    return [comment.text for comment in found.comments(found.guessed("comment"))]


def test_an_export_of_the_friends_and_family_test() -> None:
    found = table(EXPORT)

    assert [column.name for column in found.columns][:2] == ["Response ID", "Date submitted"]
    assert [found.guessed(role) for role in ("comment", "voice", "date")] == [(4, 5), (6,), (2,)]
    assert [column.sample for column in found.columns[3:5]] == [
        'Kind staff, they really "listened"',
        "Let people sleep",
    ]
    assert found.comments((4, 5)) == SAID
    assert found.comments(()) == ()
    assert [comment.text for comment in found.comments([3])] == ["Very good", "Poor", "Good"]


def test_it_is_read_as_excel_saves_it() -> None:
    windows = EXPORT.replace("\n", "\r\n")
    semicolons = windows.replace("n, they", "n; they").replace(",", ";").replace("Kind staff;", "Kind staff,")
    tabs = windows.replace(",", "\t").replace("staff\t", "staff,")
    for data in (
        windows.encode("utf-8"),
        windows.encode("utf-8-sig"),
        windows.encode("cp1252"),
        EXPORT.replace("\n", "\r").encode(),
        semicolons.encode(),
        b"sep=;\r\n" + semicolons.encode(),
        b'"sep=,"\n' + EXPORT.encode(),
        tabs.encode("utf-16"),
    ):
        found = read(data)
        assert found.comments(found.guessed("comment")) == SAID, data[:40]


TABLES = [
    (
        "Comments\nGood, thank you\nNice, friendly, kind\nFine",
        ["Good, thank you", "Nice, friendly, kind", "Fine"],
    ),
    ("The lights came on at six\nThe food was cold", ["The lights came on at six", "The food was cold"]),
    ("1|The food was cold and late\n2|Nobody came", ["The food was cold and late", "Nobody came"]),
    (
        "No,Comments\n1,=1+1\n2,@SUM(A1)\n3,+44 of us\n4,-5 degrees",
        ["=1+1", "@SUM(A1)", "+44 of us", "-5 degrees"],
    ),
    ("No,Comments\n1,a\0b\n2,c\x1b[31md\n3,e\u202ef", ["ab", "c[31md", "ef"]),
    ("No,Comments,Ward\n1,short\n2\n3,long,Larch,too,many,cells\n\n4,last,x", ["short", "long", "last"]),
    ("No,Comments\n1,None\n2,n/a\n3,N/A.\n4,...\n5, \n6,no comment\n7,Nothing", ["Nothing"]),
    ('No,Comments\n1,5" of snow\n2,a "quiet" ward', ['5" of snow', 'a "quiet" ward']),
]


def test_tables_of_every_kind() -> None:
    for text, comments in TABLES:
        assert said(text) == comments, text


def test_rows_are_counted_as_excel_counts_them() -> None:
    found = table('\nsome title\nNo,Comments\n\n1,"one\ntwo"\n\n2,three\n')

    assert [(comment.row, comment.text) for comment in found.comments([2])] == [(5, "one\ntwo"), (7, "three")]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\n\n , ,\n", "The file is empty."),
        (b"PK\x03\x04x", "save it as CSV"),
        (b'No,Comments\n1,"never closed\n2,b\n3,c\n', "In row 2 a quotation mark is missing"),
        (b'No,Comments\n1,"never closed\n' + b"2,b\n" * 40_000, "After row 1 a quotation mark is missing"),
    ],
)
def test_what_is_no_table(data: bytes, sentence: str) -> None:
    with pytest.raises(NotATableError, match=sentence):
        read(data)


def test_columns_are_found_by_name_by_number_and_by_a_part_of_the_name() -> None:
    found = table("Ward,What was good?,What could be better?,2,\nLarch,Tea,More tea,x,y\n")

    assert [column.name for column in found.columns][3:] == ["2", "column 5"]
    for word, numbers in [
        ("what was GOOD?", (2,)),
        ("what", (2, 3)),
        ("2", (4,)),
        ("3", (3,)),
        (" better ", (3,)),
        ("column 5", (5,)),
        ("nothing", ()),
        ("9", ()),
        ("", ()),
    ]:
        assert found.named(word) == numbers, word


def test_five_thousand_comments() -> None:
    rows = "".join(f'{n},"The lights came on, {n}\nand ""nobody"" asked",Patient\n' for n in range(5_000))
    found = table(f"No,Comments,Who are you?\n{rows}")
    comments = found.comments(found.guessed("comment"))

    assert len(comments) == 5_000
    assert comments[-1] == Comment(5_001, 'The lights came on, 4999\nand "nobody" asked', "patient")


@given(st.lists(st.lists(st.text('a1,;\t"\n\r =é', max_size=6), max_size=4), max_size=6))
def test_any_text_is_a_table_or_refused(rows: list[list[str]]) -> None:
    with contextlib.suppress(NotATableError):
        found = table("\n".join(",".join(cells) for cells in rows))
        found.comments([column.number for column in found.columns])
