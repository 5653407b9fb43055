"""Story: ten patients worth knowing, each in one sentence, and those who sit beside them.

Everyone here is invented. Their ids, numbers and past answers never change, whatever the seed, so
training, pictures and tests can count on them; day/cast.py says what they do today. Scripts are one
figure an item: PHQ-9's nine, GAD-7's seven; smoking, wish for help, and HSI's two.
"""

from datetime import date

from imparts.demo.named.scripts import Named, PastVisit, Script

STORIES = (
    Named(
        "amara-thimblewick",
        "Better after therapy, worse again since her biologic was stopped in summer: today her "
        "PHQ-9 is 14 after 6, item 9 is several days, she smokes and would like help to stop.",
        "Amara", "Thimblewick", date(1961, 3, 14), "female", "9990417202", "FH204417",
        (
            PastVisit(728, Script("232322210", "2222221", 6, "3110", "210")),
            PastVisit(672, Script("222322210", "2222211", 6, "3110", "210")),
            PastVisit(609, Script("122221110", "2221111", 5, "3110", "210")),
            PastVisit(546, Script("1112-10-0", "2211111", 4, "3010", "210")),
            PastVisit(273, Script("111210100", "2111111", 4, "3110", "210")),
            PastVisit(154, Script("101210100", "2111111", 4, "3110", "210")),
        ),
        ethnicity="N",
    ),
    Named(
        "tomasz-inkwell",
        "Half-way through his questions today he would rather not answer item 9, which is an alert "
        "of its own: someone asks him in person.",
        "Tomasz", "Inkwell", date(1978, 5, 22), "male", "9990418586", "FH205118",
        (PastVisit(205, Script("101111111", "1111100", 4, "1", "321")),),
        ethnicity="C",
    ),
    Named(
        "yusuf-pennywhistle",
        "Answered at home: low mood is moderately severe, as it was, and item 9 is not at all; "
        "nobody has offered him anything yet.",
        "Yusuf", "Pennywhistle", date(1958, 11, 6), "male", "9990419957", "FH198830",
        (PastVisit(168, Script("232322210", "2111211", 6, "1", "000")),),
        ethnicity="J",
    ),
    Named(
        "bronwen-hollowmere",
        "Has just arrived, 77 and cheerful, and nobody has handed her a tablet yet.",
        "Bronwen", "Hollowmere", date(1949, 3, 24), "female", "9990421323", "FH187204",
        (PastVisit(190, Script("001110110", "1110100", 3, "0", "100")),),
    ),
    Named(
        "sunita-larkspur",
        "Answered for the first time today with a Punjabi interpreter beside her: everything is "
        "new, and there is nothing to compare with.",
        "Sunita", "Larkspur", date(1968, 9, 30), "female", "9990422699", "FH206655",
        ethnicity="H", language="pa", needs_interpreter=True,
    ),
    Named(
        "nadia-ottershaw",
        "Declined the questionnaire today and was asked in person instead, which is as good.",
        "Nadia", "Ottershaw", date(1997, 4, 2), "female", "9990424063", "FH206101",
        (PastVisit(120, Script("112211211", "2112111", 5, "2100", "221")),),
        ethnicity="B",
    ),
    Named(
        "dorothy-gorsebank",
        "At 83 she answers in large text with her daughter's help; mood is as it was and pain is "
        "better by 3.",
        "Dorothy", "Gorsebank", date(1943, 5, 11), "female", "9990425434", "FH154093",
        (
            PastVisit(340, Script("001210100", "1100100", 6, "1", "000", "family")),
            PastVisit(161, Script("001210101", "1101000", 7, "1", "000", "family")),
        ),
        information_needs=("large_text",),
    ),
    Named(
        "leonard-marrowby",
        "Well, and has been for two years: what a clinician sees when there is nothing to do.",
        "Leonard", "Marrowby", date(1955, 2, 8), "male", "9990426805", "FH172266",
        (
            PastVisit(520, Script("001110000", "1100000", 5, "1", "210")),
            PastVisit(330, Script("001100000", "0100000", 4, "1", "210")),
            PastVisit(150, Script("001110000", "1100000", 5, "1", "210")),
        ),
    ),
    Named(
        "walter-nettlebed",
        "Item 9 was several days this morning; the nurse talked with him within minutes, told his "
        "GP with consent and closed the alert. His worry is worse by 5.",
        "Walter", "Nettlebed", date(1962, 1, 19), "male", "9990428174", "FH190475",
        (PastVisit(140, Script("111211100", "1111111", 6, "3010", "110")),),
    ),
    Named(
        "idris-saltmarsh",
        "Also goes to dermatology in the other trust, where he answered everything eight days ago.",
        "Idris", "Saltmarsh", date(1986, 8, 9), "male", "9990429545", "FH203390",
        (
            PastVisit(230, Script("111110100", "1110100", 4, "0", "110")),
            PastVisit(8, Script("111110110", "1110110", 3, "0", "110"), specialty="dermatology"),
        ),
    ),
)  # fmt: skip

# Not stories: patients who make up the morning. Sam Pemberton is always here with nothing answered.
BESIDE_THEM = (
    Named(
        "sam-pemberton", "Here, due and not asked yet: the patient to hand a tablet to.",
        "Sam", "Pemberton", date(1961, 3, 14), "male", "9990430918", "FH207300",
    ),
    Named(
        "kofi-brambleton", "Answering on Tablet 3.",
        "Kofi", "Brambleton", date(1990, 7, 22), "male", "9990432287", "FH206814",
        (PastVisit(175, Script("011110000", "1010100", 2, "0", "100")),),
        ethnicity="N",
    ),
    Named(
        "mei-candlewick", "Answering on Tablet 2, and has asked for help.",
        "Mei", "Candlewick", date(1979, 12, 3), "female", "9990433658", "FH206933",
        ethnicity="R",
    ),
    Named(
        "eamon-foxglove", "Finished early this morning.",
        "Eamon", "Foxglove", date(1971, 6, 27), "male", "9990435022", "FH201187",
        (PastVisit(133, Script("111211110", "1121111", 6, "3010", "321")),),
    ),
    Named(
        "priya-dapplewood", "Answered at home yesterday.",
        "Priya", "Dapplewood", date(1984, 10, 15), "female", "9990436398", "FH205542",
        (PastVisit(210, Script("101110000", "1111000", 3, "0", "000")),),
        ethnicity="H",
    ),
    Named(
        "cedric-puddlethorpe", "Not here yet; answered half a year ago.",
        "Cedric", "Puddlethorpe", date(1952, 1, 30), "male", "9990437769", "FH168840",
        (PastVisit(182, Script("001110100", "1100000", 4, "1", "210")),),
    ),
    Named(
        "ines-tansyworth", "Not here yet, and new to this clinic.",
        "Ines", "Tansyworth", date(1992, 2, 17), "female", "9990439133", "FH207412",
        ethnicity="C", language="pt",
    ),
)  # fmt: skip

EVERYONE_NAMED = STORIES + BESIDE_THEM


def named(slug: str) -> Named:
    """One of them by their slug."""
    return next(each for each in EVERYONE_NAMED if each.slug == slug)
