"""A role is left alone, a name and a nobody get a gentle word."""

from hypothesis import given
from hypothesis import strategies as st

from promote_tui.session.model import Initiative, Progress, Session
from promote_tui.session.owners import about_owner, load, too_many

ROLES = """
    Ward B | HCA, Bay C | Nurse-in-charge | HCA/nurse | Co-ordinator | Ward clerk |
    Pharmacist | OT assistant | Nurse in charge, nights | Chaplain | Matron | Sister | Band
    6 nurse | HCA Larch | Dr on call | HCA, nights | Night nurse | Ward manager | Healthcare assistant |
    Staff nurse | Charge nurse | Deputy sister | Senior sister | Student nurse | Nursing associate |
    Nurse consultant | Consultant | Consultant psychiatrist | Registrar | SHO | FY1 | Junior doctor,
    days | GP liaison | Physio | Physiotherapist | Speech and language therapist | SLT | Dietitian |
    Dietician | Occupational therapist | Psychologist | Art therapist | Activities coordinator | Social
    worker | Discharge coordinator | Bed manager | Site manager | Porter | Porters' lead | Domestic |
    Housekeeper | Kitchen lead | Catering manager | Estates | Cleaner, mornings | Volunteer | Volunteer
    lead | Peer support worker | Carer lead | Carers' champion | Patient representative | Expert by
    experience | PALS | Safeguarding lead | Infection control nurse | Tissue viability nurse | Diabetes
    specialist nurse | Receptionist | Reception, front desk | Medical secretary | Phlebotomist |
    Radiographer | Healthcare scientist | Audiologist | Midwife | Community midwife | Health visitor |
    Interpreter | Ward host | Nurse in charge (Mulberry 2) | HCA / night nurse | Nurse and HCA | Night
    staff | Day team lead | OT, Larch | QI lead | Twilight nurse | Bank HCA | Practice educator |
    Clinical nurse specialist | CNS | AHP lead | Nurse on earlies | Security | Switchboard | Governor |
    Therapy lead | Family liaison | Imam | Play specialist | Doctor on call | Mental health nurse, lates
    | Pharmacy technician | Healthcare support worker | Link nurse for dementia | Falls champion |
    Dementia lead | Rota keeper | Nurse prescriber | Hospital chaplaincy | Operating department
    practitioner | Patient flow lead | Head of nursing | Chief nurse | Anaesthetist | Charge nurse on
    Willow | Key worker | Named nurse | Handover lead | Optician | hca nights | ot | night sister |
    Admissions nurse | Cook | Head chef | Ward pharmacist | Clinical pharmacist, weekends | Discharge
    lounge nurse | Bereavement officer | Liaison psychiatrist | Community psychiatric nurse | CPN |
    Advocate | IMHA | Support time and recovery worker | STR worker | Ward administrator | Team
    secretary | Waiting list coordinator | Booking office | Appointments clerk | Outpatient sister |
    Endoscopy nurse | Theatre manager | ODP | Cardiac physiologist | Echo technician | Pathology | Blood
    bank | Mortuary technician | Lymphoedema nurse | Stoma nurse | Pain nurse | ICU outreach | Critical
    care sister | Night coordinator | Hospital at night | Site practitioner | Transport desk | Ambulance
    liaison | Fire warden | Laundry | Linen room | Stores | Gardener | Handyman | IT trainer | Digital
    lead | Comms | Ward doctor | F1 | ST4 | Trust grade doctor | Clinical fellow | House officer |
    Foundation doctor | Ward round nurse | Medicines safety officer | Moving and handling trainer |
    Hygienist | Dental nurse | Orthotist | Neonatal nurse | Nursery nurse | Mum on the ward | Parent
    champion | Young person's worker | School nurse | District nurse | Practice nurse | Care home
    manager | Family support worker | Welfare officer | Benefits adviser | Hairdresser | Music therapist
    | Gym instructor | Peer trainer | Ward rep | Union rep | Late shift lead | Early shift nurse | First
    nurse on shift | Person on the desk | Hand hygiene link | The nurse with the keys | Nurse on
    medication round | Day room volunteer | Tea trolley volunteer | Meet and greet volunteer | Spiritual
    care | Muslim chaplain | Ward cat
"""
NAMES = """
    Sarah | sarah b | Priya | J. Okafor | Dr Li | Nurse Amy | Mo | Chinwe | Siân | Małgorzata | Nguyen
    Van | Ana-Maria | O'Brien | Kwabena Asante | SARAH | Sarah & Mo | Priya / Tom | priya s. | Mrs
    Adeyemi | mr khan | Sister Bernadette | Sarah, ward manager | Oluwaseun, HCA | Jean-Luc | Björk |
    Xiu Ying | Fatima Al-Sayed | Dr. Ngozi | sarah's team | HCA Sarah | Ward clerk (Priya) | Matron
    Jones | Sarah HCA nights | de Souza | Yuki T | Gurpreet | Łukasz | Aoife | Tomos | Zsófia | Sarah
    and Chinwe | Prof Banerjee | Hyun-woo | Miss Patel | Will | Nomvula D. | Sarah (nurse) | dr li |
    Bronwen | Ifeoma | Sunil K | Declan | mei ling | Abdi Hassan | Svetlana | Ms Osei | dr okonkwo |
    Kirsty McLeod | Eun-ji | Rahul | Tamika | G. Singh | Anwen R | Pedro Gonçalves | Lakshmi | Niamh +
    Ola | Bartosz, porter | Yetunde (HCA) | Nurse Bronwen | rukhsana | Dafydd ap Rhys | Thandiwe & Paul
    | Chinwe and Bartosz
"""
NOBODY = """
    the team | everyone | all staff | us | TBC | someone | staff | Team | Everybody | The whole team |
    the ward team | TBA | to be confirmed | to be decided | all of us | anyone | whoever is on | n/a |
    N/A | nobody yet | not sure | ? | - | all nurses | any nurse | me | The staff | The ward | someone
    from nights | Everyone on shift | us all | We all | management | MDT | Whoever holds the keys
"""
# a title before a word with a capital may be a name or a ward, and a job may follow a name nobody knows
TAKEN_FOR_NAMES = ("Nurse Larch", "Ward Sister Mulberry")
NOT_SEEN = ("Hamza's shift",)


def said(owners: str) -> dict[str, str]:
    """Return what is said about each owner of a list."""
    hints = {owner: about_owner(owner) for owner in " ".join(owners.split()).split(" | ")}
    return {owner: hint.rule if hint else "" for owner, hint in hints.items()}


def test_roles_are_left_alone() -> None:
    rules = said(ROLES)
    assert len(rules) > 200
    assert {owner for owner, rule in rules.items() if rule} == set()


def test_names_get_a_word() -> None:
    rules = said(NAMES)
    assert len(rules) > 60
    assert {owner for owner, rule in rules.items() if rule != "name"} == set()
    hint = about_owner("Priya")
    assert hint is not None
    assert hint.words == "A role is safer here, such as HCA, nights."


def test_nobody_in_particular_gets_a_question() -> None:
    rules = said(NOBODY)
    assert {owner for owner, rule in rules.items() if rule != "nobody"} == set()
    hint = about_owner("The team")
    assert hint is not None
    assert hint.words.startswith("Who takes the first step?")
    assert about_owner("") is about_owner(" \n ") is None


def test_what_cannot_be_known_is_known_here() -> None:
    assert [(hint := about_owner(owner)) and hint.rule for owner in TAKEN_FOR_NAMES] == ["name", "name"]
    assert [about_owner(owner) for owner in NOT_SEEN] == [None]


@given(
    st.text()
    | st.lists(st.sampled_from(["Sarah", "HCA", "the", "team", "J.", ",", "(", "’s", "-"])).map(" ".join)
)
def test_any_text_is_looked_at(text: str) -> None:
    hint = about_owner(text)
    assert hint is None or hint.rule in ("name", "nobody")


def test_changes_are_counted_by_owner(session: Session) -> None:
    owners: list[tuple[str, Progress]] = [
        ("HCA, nights", "trying"),
        ("hca,  nights ", "planned"),
        ("", "trying"),
        (" ", "trying"),
        ("Ward clerk", "let go"),
        ("Matron", "runner"),
        ("HCA, NIGHTS", "let go"),
    ]
    initiatives = tuple(
        Initiative(id=f"initiative-{number}", ideas=("idea-1",), owner=owner, stage=stage)
        for number, (owner, stage) in enumerate(owners, 1)
    )
    assert load(session) == {}
    assert load(session.model_copy(update={"initiatives": initiatives})) == {"HCA, nights": 2, "Matron": 1}
    assert [too_many(count) for count in (0, 3, 4, 300)] == [False, False, True, True]
