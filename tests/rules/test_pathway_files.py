"""Every way in which a pathway file cannot be followed is refused with the place and the reason."""

import pytest

from imparts.rules.content import ContentRefused
from imparts.rules.content_lines import line_of
from imparts.rules.pathways.checks import problems_of, refuse_what_cannot_be
from imparts.rules.pathways.options import read_options
from imparts.rules.pathways.reader import read_pathway
from tests.rules.invented_pathways import FILES, FOLDER, INVENTED, OPTIONS, TEXTS
from tests.rules.reference_instruments import every

TRIGGER = '{ instrument = "phq9", score_from = 15, because = "low mood is 15 or more" }'
LOWER = '{ instrument = "phq9", score_from = 10, because = "low mood is 10 to 14" }'
AFTER = '[[levels]]\ncode = "some"\n'


def only(condition: str) -> tuple[str, str]:
    """The level "some" is for some people only."""
    return AFTER, f"{AFTER}only_when = {condition}\n"


def when(trigger: str) -> tuple[str, str]:
    """The level "high" is led to by another trigger."""
    return TRIGGER, trigger


BAD: tuple[tuple[str, str, str], ...] = (
    # What leads there.
    (*when('{ instrument = "phq10", score_from = 15, because = "x" }'),
     "level high, trigger 1: phq10 is not an instrument of this library"),
    (*when('{ instrument = "phq9", flag = "sad", because = "x" }'),
     "level high, trigger 1: phq9 has no flag sad; there are phq9_"),
    (*when('{ instrument = "phq9", band = "awful", because = "x" }'),
     "level high, trigger 1: phq9 has no band awful; there are none, mild"),
    (*when('{ instrument = "phq9", score_from = 28, because = "x" }'),
     "level high, trigger 1: 28 is not a score of phq9, which runs from 0 to 27"),
    (*when('{ instrument = "phq9", score_from = -1, because = "x" }'),
     "level high, trigger 1: -1 is not a score of phq9"),
    (*when('{ instrument = "phq9", score_from = 0, because = "x" }'),
     "level high, trigger 1: 0 is met by every score of phq9"),
    (*when('{ instrument = "phq9", score_up_to = 5, because = "x" }'),
     "level high, trigger 1: score_up_to 5 of phq9 is for instruments of which higher"),
    (*when('{ instrument = "facit_f", score_from = 30, because = "x" }'),
     "level high, trigger 1: score_from 30 of facit_f would be met by people who are well"),
    (*when('{ instrument = "facit_f", score_up_to = 60, because = "x" }'),
     "level high, trigger 1: 60 is not a score of facit_f"),
    (*when('{ instrument = "facit_f", score_up_to = 52, because = "x" }'),
     "level high, trigger 1: 52 is met by every score of facit_f"),
    (*when('{ instrument = "smoking_core", score_from = 2, because = "x" }'),
     "level high, trigger 1: smoking_core has no score to hold a threshold against"),
    (*when('{ instrument = "pain_nrs", worse_beyond_chance = true, because = "x" }'),
     "level high, trigger 1: pain_nrs has no reliable change"),
    (*when('{ instrument = "phq9", score_from = 15 }'), "because is missing"),
    (*when('{ instrument = "phq9", score_from = 15, because = "" }'), "because is empty"),
    (*when('{ instrument = "phq9", score_from = 15, because = " " }'), "because is empty"),
    (*when('{ score_from = 15, because = "x" }'), "instrument is missing"),
    (*when('{ instrument = "phq9", because = "x" }'), "only one of them"),
    (*when('{ instrument = "phq9", score_from = 15, flag = "x", because = "x" }'),
     "levels 1 (high), when 1: say score_from, score_up_to, flag, band, worse"),
    (*when('{ instrument = "phq9", score_from = 15, worse_beyond_chance = true, because = "x" }'),
     "only one of them"),
    (*when('{ instrument = "phq9", worse_beyond_chance = true, better_beyond_chance = true, '
           'because = "x" }'), "say worse_beyond_chance or better_beyond_chance"),
    (*when('{ instrument = "phq9", score_from = "15", because = "x" }'), "must be a number"),
    (*when('{ instrument = "phq9", score_from = 15, because = "x", repeated = { times = 1, '
           'within_days = 90 } }'), "repeated: times counts this visit too, so it is 2 or more"),
    (*when('{ instrument = "phq9", score_from = 15, because = "x", repeated = { times = 2, '
           'within_days = 0 } }'), "repeated: within_days runs from 1 to 3650"),
    (*when('{ instrument = "phq9", score_from = 15, because = "x", repeated = { times = 2 } }'),
     "within_days is missing"),
    (*when('{ instrument = "phq9", worse_beyond_chance = true, because = "x", repeated = { '
           'times = 2, within_days = 90 } }'), "a change cannot be repeated"),
    (*when('{ instrument = "phq9", score_form = 15, because = "x" }'), "only one of them"),
    (*when('{ instrument = "phq9", score_from = 15, because = "x", urgent = true }'),
     "urgent is not a key that is known here"),
    (*when('{ instrument = "phq9", score_from = 15, because = "high risk" }'),
     'the level high, trigger 1, says "high risk"; never grade that risk'),
    # What can never be followed.
    (*when('{ instrument = "phq9", score_from = 10, because = "x" }'),
     "level some, trigger 1: it can never be followed, since whatever meets it meets high"),
    (LOWER, TRIGGER, "level some, trigger 1: it can never be followed"),
    (LOWER, '{ instrument = "phq9", score_from = 20, because = "x" }',
     "level some, trigger 1: it can never be followed"),
    (LOWER, '{ instrument = "phq9", band = "severe", because = "x" }',
     "level some, trigger 1: it can never be followed"),
    (LOWER, '{ instrument = "phq9", score_from = 16, because = "x", repeated = { times = 2, '
            'within_days = 90 } }', "level some, trigger 1: it can never be followed"),
    (AFTER, AFTER.replace("some", "high"), "the level high stands there twice"),
    # For whom.
    (*only("{}"), "only_when: it says nothing"),
    (*only("{ age_from = 65, age_up_to = 40 }"), "only_when: nobody is 65 or more and 40 or less"),
    (*only("{ age_from = 200 }"), "only_when: age_from is 200; an age runs from 0 to 130"),
    (*only("{ age_up_to = -1 }"), "age_up_to is -1; an age runs"),
    (*only('{ in_treatment = ["gp"], not_in_treatment = ["gp"] }'),
     "nobody is in treatment with gp and not in it too"),
    (*only('{ in_treatment = ["wizard"] }'), "level some, only_when: wizard is not an option"),
    (*only('{ after_step = "waltz" }'),
     "level some, only_when: after_step names waltz, and no step of this pathway has that id"),
    (*only('{ after_step = "talk_some" }'),
     "level some, only_when: a loop; some waits for talk_some, so none of them can ever begin"),
    (*only('{ pregnant = "perhaps" }'), "pregnant must be true or false"),
    (*only("{ height_from = 180 }"), "height_from is not a key that is known here"),
    # What is done.
    ('options = ["team_psychologist"]', 'options = ["wizard"]',
     "level high, step refer: wizard is not an option; there are liaison_psychiatry"),
    ('options = ["team_psychologist"]', "", 'a step of the kind "refer" names its options'),
    ('kind = "refer"', 'kind = "send"', "kind is 'send'; it must be one of talk, refer"),
    ('kind = "refer"', 'kind = "repeat"', 'a step of the kind "repeat" names in asks'),
    ('kind = "refer"', 'kind = "refer"\nasks = ["audit"]', "and no other"),
    ('kind = "refer"', 'kind = "refer"\ntraining = "waltz"',
     "level high, step refer: waltz is not a training that is known here"),
    ('id = "talk_high"\nkind = "talk"', 'id = "talk_high"\nkind = "talk"\nopt_out = true',
     "only a referral can stand unless somebody says no"),
    ('id = "talk_high"\nkind = "talk"', 'id = "talk_high"\nkind = "repeat"\nasks = ["waltz"]',
     "level high, step talk_high: waltz is not an instrument of this library"),
    ('id = "talk_some"\nkind = "talk"',
     'id = "talk_some"\nin_treatment = { verb_first = "Go on", text = "." }',
     "in_treatment is said of the options of a step, and it names none"),
    ('source = "Invented."', "", "source is missing"),
    ('source = "Invented."', 'source = ""', "source is empty"),
    ('id = "talk_some"', 'id = "talk_high"', "the step talk_high stands there twice"),
    ('text = " today."', 'text = "today."', "it begins with a space or a comma"),
    ('text = " today."', 'text = " for a person at high risk."', "never grade that risk"),
    ('within = "2 weeks"', "", "within is missing"),
    ('responsible = "the clinic"', "", "responsible is missing"),
    ("order = 2", "order = 2.5", "order must be a whole number"),
    ("next_review = 2027-11-17", "next_review = 2026-11-17", "the next review is not after"),
    ('version = "1"', "", "version is missing"),
)  # fmt: skip


@pytest.mark.parametrize(("was", "becomes", "sentence"), BAD, ids=[one[2][-40:] for one in BAD])
def test_a_file_that_cannot_be_followed_is_refused_with_the_place_and_the_reason(
    was: str, becomes: str, sentence: str
) -> None:
    assert was in INVENTED
    with pytest.raises(ContentRefused) as refused:
        refuse_what_cannot_be(read_pathway(INVENTED.replace(was, becomes, 1)), every(), OPTIONS)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("invented")


def test_there_are_more_than_forty_bad_files_and_the_good_one_is_good() -> None:
    assert len(BAD) >= 40
    assert list(problems_of(read_pathway(INVENTED), every(), OPTIONS)) == []


def test_two_levels_that_wait_for_each_other_are_a_loop() -> None:
    text = INVENTED.replace(AFTER, f'{AFTER}only_when = {{ after_step = "refer" }}\n').replace(
        'code = "high"\n', 'code = "high"\nonly_when = { after_step = "talk_some" }\n'
    )
    with pytest.raises(ContentRefused, match="a loop; high waits for talk_some, some waits for re"):
        refuse_what_cannot_be(read_pathway(text), every(), OPTIONS)


def test_a_level_for_some_people_does_not_take_from_one_for_everybody() -> None:
    text = INVENTED.replace(
        'code = "high"\n', 'code = "high"\nonly_when = { age_from = 65 }\n'
    ).replace("score_from = 10", "score_from = 15")
    assert list(problems_of(read_pathway(text), every(), OPTIONS)) == []


def test_a_level_for_fewer_people_below_one_for_more_is_never_followed() -> None:
    text = (
        INVENTED.replace('code = "high"\n', 'code = "high"\nonly_when = { age_from = 65 }\n')
        .replace(AFTER, f"{AFTER}only_when = {{ age_from = 70, pregnant = false }}\n")
        .replace("score_from = 10", "score_from = 15")
    )
    found = [sentence for sentence, _ in problems_of(read_pathway(text), every(), OPTIONS)]
    assert found == [
        "level some, trigger 1: it can never be followed, since whatever meets it meets high "
        "above it"
    ]


def test_bands_that_cover_a_band_below_keep_it_from_being_followed() -> None:
    bands = ", ".join(
        f'{{ instrument = "phq9", band = "{one}", because = "x" }}' for one in ("severe", "mild")
    )
    text = INVENTED.replace(TRIGGER, bands).replace(
        LOWER, '{ instrument = "phq9", band = "mild", because = "y" }'
    )
    (sentence,) = [one for one, _ in problems_of(read_pathway(text), every(), OPTIONS)]
    assert sentence.startswith("level some, trigger 1: it can never be followed")


def test_a_refusal_names_the_line() -> None:
    text = INVENTED.replace("score_from = 10", "score_from = 99")
    with pytest.raises(ContentRefused) as refused:
        refuse_what_cannot_be(read_pathway(text), every(), OPTIONS)
    line = line_of(text, refused.value)
    assert line is not None and "score_from = 99" in text.splitlines()[line - 1]


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_file_can_be_followed_to_its_last_step(name: str) -> None:
    assert list(problems_of(read_pathway(TEXTS[name]), every(), OPTIONS)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        ('code = "item9_positive"', 'code = "item9_positive"\nonly_when = { age_from = 18 }',
         "is for everybody, so it has no only_when"),
        ('kind = "talk"', 'kind = "review"', 'a conversation, a step of the kind "talk"'),
        ('within = "same visit"', 'within = "2 weeks"', 'is due in the "same visit"'),
        ('"phq9_item9_positive", because', '"phq9_item9_positive", repeated = { times = 2, '
         'within_days = 90 }, because', "follows the first time, so it has no repeated"),
        ('code = "item9_positive"', 'code = "first"\nwhen = [{ instrument = "phq9", score_from = 1,'
         ' because = "x" }]\nnothing_follows = true\n[[levels]]\ncode = "item9_positive"',
         "the level first stands above item9_positive"),
        ('source = "clinical', 'options = ["gp"]\nin_treatment = { verb_first = "Go on", '
         'text = "." }\nsource = "clinical', "the same for those who are in treatment"),
    ],
)  # fmt: skip
def test_what_follows_from_item_9_cannot_be_weakened_in_a_file(
    was: str, becomes: str, sentence: str
) -> None:
    text = TEXTS["risk_of_self_harm"]
    assert was in text
    with pytest.raises(ContentRefused) as refused:
        read_pathway(text.replace(was, becomes, 1))
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "there are no options"),
        ('[[options]]\nname = "x"', "code is missing"),
        ('[[options]]\ncode = "x"\nname = "X"\nkind = "y"', "kind is 'y'"),
        ('[[options]]\ncode = "x"\nname = "X"\nkind = "refer"', "responsible is missing"),
    ],
)
def test_options_that_break_a_rule_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(ContentRefused) as refused:
        read_options(text)
    assert sentence in str(refused.value)


def test_an_option_stands_in_the_file_once() -> None:
    text = (FOLDER / "options.toml").read_text("utf-8")
    with pytest.raises(ContentRefused, match="the option gp stands there twice"):
        read_options(text.replace('code = "crisis_team"', 'code = "gp"'))
