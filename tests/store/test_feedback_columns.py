from datetime import date

from promote_tui.session.model import Voice
from promote_tui.store.feedback_columns import Role, day_of, is_name, is_value, roles, voice_of

TOLD = ["The lights came on at six", "Kind staff who listened", "Good"]
COLUMNS: list[tuple[str, list[str], Role]] = [
    ("Comments", TOLD, "comment"),
    ("Comments", ["Good", "Lovely", "Kind"], "comment"),
    ("Your feedback", TOLD, "comment"),
    ("Free-text response", TOLD, "comment"),
    ("What was good?", ["Staff", "The food"], "comment"),
    ("Please tell us about anything we could have done better", TOLD, "comment"),
    ("Please can you tell us why you gave your answer?", TOLD, "comment"),
    ("Please share any comments", TOLD, "comment"),
    ("How can we do better?", TOLD, "comment"),
    ("Reason for score", ["Nobody came when I rang, which was not like the day before"], "comment"),
    ("q7", TOLD, "comment"),
    ("Comments", [], ""),
    ("Comments", ["Yes", "No", "Yes"], ""),
    ("Comment ID", ["A 1 of this", "A 2 of that"], ""),
    ("Feedback type", ["Compliment", "Complaint"], ""),
    ("Overall, how was your experience of our service?", ["Very good", "Good", "Don’t know"], ""),
    ("How likely are you to recommend us?", ["Extremely likely", "Unlikely"], ""),
    ("How many nights?", ["1", "12", "3.5"], ""),
    ("May we share your comments?", ["Yes, of course", "Better not"], ""),
    ("What is your ethnic group?", ["White British", "Any other"], ""),
    ("How did you hear of us?", ["From the leaflet", "On the poster"] * 8, ""),
    ("Ward", ["Mulberry 2", "Larch"], ""),
    ("Who completed this form?", ["Patient", "Parent or carer", "?"], "voice"),
    ("Relationship", ["Daughter", "Self"], "voice"),
    ("Respondent type", ["Member of staff", "Visitor"], "voice"),
    ("Person", ["Anyone", "No one", "Patient"], ""),
    ("Name", ["Patient Transport", "Nurses"], ""),
    ("Date received", ["01/11/2026 10:22", "2/11/26"], "date"),
    ("When", ["2026-11-01T10:22:00Z"], "date"),
    ("Date of birth", ["03/03/1941"], ""),
    ("Discharge date", ["03/03/2026"], ""),
    ("Date", ["soon", "later"], ""),
    ("", [], ""),
]


def test_a_column_is_known_by_its_name_and_what_stands_in_it() -> None:
    for name, values, role in COLUMNS:
        assert roles([name], [values]) == [role], (name, values)


def test_all_comments_count_but_only_the_likeliest_voice_and_day() -> None:
    days = ["01/11/2026"]
    names = ["What was good?", "What could be better?", "Start date", "x", "Relationship", "Completed by"]
    values = [TOLD, TOLD, days, days, ["Daughter", "someone"], ["Patient", "Carer"]]

    assert roles(names, values) == ["comment", "comment", "date", "", "", "voice"]
    assert roles(["a", "b", "c"], [["short"], TOLD, ["x" * 15]]) == ["", "comment", ""]


def test_whose_voice_an_answer_names() -> None:
    answers: dict[str, Voice | None] = {
        "Patient": "patient",
        "I am a patient": "patient",
        "Service user": "patient",
        "Parent/carer of a patient": "carer",
        "Relative": "carer",
        "Family member or friend": "carer",
        "Someone on behalf of the patient": "carer",
        "Patient with help of a relative": "patient",
        "Member of staff": "staff",
        "HCA": "staff",
        "Someone else": None,
        "Impatient": None,
        "": None,
    }
    assert {answer: voice_of(answer) for answer in answers} == answers


def test_the_day_that_a_cell_begins_with() -> None:
    for text in (
        "2026-11-03", "2026-11-03T10:42:00", "2026/11/3", "03/11/2026 10:42", "3.11.26", "3-Nov-26",
        "3 November 2026", "3rd Nov 2026", "Tue 3 Nov 2026", " 03-11-2026",
    ):  # fmt: skip
        assert day_of(text) == date(2026, 11, 3), text
    for text in (
        "",
        "31/02/2026",
        "11/23/2026",
        "3 Foo 2026",
        "2026",
        "3/4",
        "in 2026",
        "03/11/20266",
        "7 7",
    ):
        assert day_of(text) is None, text


def test_a_name_of_a_column_and_a_value() -> None:
    for name in ("Comments", "Who are you?", "Response ID", "Date"):
        assert is_name(name)
        assert not is_value(name)
    for value in ("12", "3.5 %".replace(" ", ""), "2026-11-03", "x" * 301, " " * 10_000 + "x"):
        assert is_value(value)
    assert not is_name("Kind staff")
    assert not is_name("comment" * 30)
