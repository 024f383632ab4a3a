"""Days that a text speaks of are found with their year; what is no day, or of no known year, is not."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.calendar import mentions
from store.model import DatedMention

SPOKEN = date(2017, 12, 28)


def days(text: str, language: str | None = "en", spoken: date = SPOKEN) -> list[str]:
    return [mention.day.isoformat() for mention in mentions(text, language=language, document_day=spoken)]


def test_a_mention_has_its_day_its_words_and_its_sentence() -> None:
    text = (
        "The joint statement was adopted in Danang on November 11. In addition, on November 8, Russia, the United "
        "States and Jordan signed a memorandum, which is designed to reinforce the ceasefire."
    )
    assert mentions(text, language="en", document_day=SPOKEN) == (
        DatedMention(date(2017, 11, 11), "November 11", 0),
        DatedMention(date(2017, 11, 8), "November 8", 1),
    )


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("They met on November 8.", "en", "November 8"),
        ("They met on November 8th.", "en", "November 8th"),
        ("They met on NOVEMBER 8.", "en", "NOVEMBER 8"),
        ("They met on the 8th of November.", "en", "8th of November"),
        ("They met on 8 November 2017.", "en", "8 November 2017"),
        ("They met on November 8, 2017.", "en", "November 8, 2017"),
        ("They met on 8 November, 2017, in Sochi.", "en", "8 November, 2017"),
        ("They met on Nov. 8 in Sochi.", "en", "Nov. 8"),
        ("They met on Wednesday, 8 Nov 2017 17:13", "en", "8 Nov 2017"),
        ("They met on November 8, 2254 people came.", "en", "November 8"),
        ("They met on 2017-11-08.", "en", "2017-11-08"),
        ("They met on 8.11.2017.", "en", "8.11.2017"),
        ("They met (November 8).", "en-GB", "November 8"),
        ("They met in Milano 8 November.", "en", "8 November"),
        ("In Resolution 1973, passed with regret on November 8, they agreed.", "en", "November 8"),
        ("They met on 8 November.", None, "8 November"),
        ("They met on 8 November.", "tlh", "8 November"),
        ("Они встретились 8 ноября.", "ru", "8 ноября"),
        ("Они встретились 8 нояб. 2017 г.", "ru", "8 нояб. 2017"),
        ("8-го Ноября они встретились.", "ru", "8-го Ноября"),
        ("Sie trafen sich am 8. November.", "de", "8. November"),
        ("Ils se sont réunis le 8 novembre.", "fr", "8 novembre"),
        ("Se reunieron el 8 de noviembre de 2017.", "es", "8 de noviembre de 2017"),
        ("Si incontrarono l’8 novembre 2017.", "it", "8 novembre 2017"),
        ("Reuniram-se em 8 de novembro.", "pt-BR", "8 de novembro"),
        ("Вони зустрілися 8 листопада.", "uk", "8 листопада"),
        ("Spotkali się 8 listopada.", "pl", "8 listopada"),
        ("2017. november 8. napján találkoztak.", "hu", "2017. november 8."),
        ("他们于2017年11月8日会面。", "zh", "2017年11月8日"),
        ("彼らは11月8日に会った。", "ja", "11月8日"),
        ("التقوا في ٨ نوفمبر ٢٠١٧.", "ar", "٨ نوفمبر ٢٠١٧"),
    ],
)
def test_a_day_as_languages_write_it(text: str, language: str | None, words: str) -> None:
    assert mentions(text, language=language, document_day=SPOKEN) == (DatedMention(date(2017, 11, 8), words, 0),)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("on November 8-9 they met", "en", ["2017-11-08", "2017-11-09"]),
        ("on October 4–5, 2016, they met", "en", ["2016-10-04", "2016-10-05"]),
        ("on 8 and 9 November they met", "en", ["2017-11-08", "2017-11-09"]),
        ("on November 8 and 9 they met", "en", ["2017-11-08", "2017-11-09"]),
        ("on 4, 6 and 8 November they met", "en", ["2017-11-04", "2017-11-06", "2017-11-08"]),
        ("from 8 to 10 November they met", "en", ["2017-11-08", "2017-11-09", "2017-11-10"]),
        ("с 8 по 10 ноября прошли переговоры", "ru", ["2017-11-08", "2017-11-09", "2017-11-10"]),
        ("vom 8. bis 10. November 2016", "de", ["2016-11-08", "2016-11-09", "2016-11-10"]),
        ("du 8 au 10 novembre 2016", "fr", ["2016-11-08", "2016-11-09", "2016-11-10"]),
        ("del 8 al 10 de noviembre de 2016", "es", ["2016-11-08", "2016-11-09", "2016-11-10"]),
        ("30 September – 2 October 2015", "en", ["2015-09-30", "2015-10-02"]),
        ("on November 8, 9 people came", "en", ["2017-11-08"]),
        ("on November 8 and 15 countries joined", "en", ["2017-11-08"]),
        ("on November 9-8", "en", []),
        ("on November 8 November 9", "en", ["2017-11-08", "2017-11-09"]),
    ],
)
def test_ranges_and_lists_are_all_their_days(text: str, language: str, expected: list[str]) -> None:
    assert days(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("in November", "in November 2017", "in 2017", "last November", "at 17:13", "Article 5", "Resolution 2254"),
        *("He may 5 times try.", "They march 8 soldiers home.", "March 8 soldiers home.", "Article 8 May apply."),
        *("In November 8 countries signed.", "November 8,000 tons", "November 8.5 tons", "8/11/2017", "8.11."),
        *("31 February", "November 31", "February 30, 2016", "2017-13-08", "29 February 2017", "0 May", "32.1.2017"),
        *("version 1.11.2017", "10.8.11.2017", "2017-11-08-3", "phone 8.11.2017-5", "maybe 5", "November 8-year-olds"),
        *("the other day", "today", "yesterday", "on Monday", ""),
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tengo 8 mar y 5 ago y nada.", "es"),
        ("Servono 3 set interi.", "it"),
        ("es sind 8. may be", "de"),
        ("8 November", "ru"),
    ],
)
def test_what_is_no_day_in_other_languages(text: str, language: str) -> None:
    assert days(text, language) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Traditionally, we meet here on September 1.", "en"),
        ("Every year on May 9 we remember them.", "en"),
        ("We celebrate Victory Day on May 9.", "en"),
        ("Ежегодно 9 мая мы вспоминаем их.", "ru"),
        ("Jedes Jahr am 9. Mai gedenken wir.", "de"),
        ("Chaque année, le 9 mai, nous nous souvenons.", "fr"),
        ("Cada año, el 9 de mayo, recordamos.", "es"),
    ],
)
def test_a_habit_is_no_event_of_a_year(text: str, language: str) -> None:
    assert days(text, language) == []


def test_a_habit_that_names_a_year_is_an_event() -> None:
    assert days("As always, we met on September 1, 2017.") == ["2017-09-01"]


@pytest.mark.parametrize("text", ["the September 11 attacks", "since September 11, the world", "a May 9 parade"])
def test_a_day_that_names_a_thing_has_no_year(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize("text", ["By November 8 all had left.", "No later than 8 November they leave."])
def test_a_deadline_is_no_event(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2015, the operation began on September 30.", ["2015-09-30"]),
        ("Back in 2015, on September 30, the operation began.", ["2015-09-30"]),
        ("In September 2015 we were asked. On September 30, the operation began.", ["2015-09-30"]),
        ("The operation began in 2015, on September 30.", ["2015-09-30"]),
        ("In 2015, they asked. On September 30, planes flew. On October 7, ships fired.", ["2015-09-30", "2015-10-07"]),
        ("They fled, and in 2014, on March 18, they returned.", ["2014-03-18"]),
        ("They fled, and in 2014 they returned on March 18.", ["2014-03-18"]),
        ("It expires in 2021. On November 8 we signed it.", ["2017-11-08"]),
        ("On November 8 of last year we met.", ["2016-11-08"]),
        ("Last year, on May 9, we met.", ["2016-05-09"]),
        ("We met on May 9 this year.", ["2017-05-09"]),
        ("We meet on May 9 next year.", ["2018-05-09"]),
        ("On November 8, 2016, they met. On November 11, they parted.", ["2016-11-08"]),
    ],
)
def test_the_year_is_that_of_the_text_around(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("В прошлом году, 9 мая, мы встретились.", "ru"),
        ("9 мая прошлого года мы встретились.", "ru"),
        ("Im vergangenen Jahr, am 9. Mai, trafen wir uns.", "de"),
        ("L’année dernière, le 9 mai, nous nous sommes réunis.", "fr"),
        ("El año pasado, el 9 de mayo, nos reunimos.", "es"),
    ],
)
def test_relative_years_of_other_languages(text: str, language: str) -> None:
    assert days(text, language) == ["2016-05-09"]


@pytest.mark.parametrize(
    "text",
    [
        "The agreement signed in 2015 was confirmed on January 30.",
        "The coup was staged in February 2014. On March 18, people voted.",
        "On March 18, after the referendum in 2014, they joined.",
        "Ten years ago, on August 8, they attacked.",
        "Trade grew last year. On May 9, they met.",
    ],
)
def test_a_year_that_may_or_may_not_be_meant_leaves_it_open(text: str) -> None:
    assert days(text) == []


def test_a_year_named_further_up_does_not_govern() -> None:
    text = "In 2015, they proposed it. It was disregarded. Only recently was it heard. They agreed on November 11."
    assert days(text) == ["2017-11-11"]


@pytest.mark.parametrize(
    ("text", "language", "spoken", "expected"),
    [
        ("They met on November 11.", "en", date(2018, 2, 7), "2017-11-11"),
        ("They met on January 30.", "en", date(2018, 2, 7), "2018-01-30"),
        ("They met on February 7.", "en", date(2018, 2, 7), "2018-02-07"),
        ("They met on February 8.", "en", date(2018, 2, 7), "2017-02-08"),
        ("The talks of 5-9 February have begun.", "en", date(2018, 2, 7), "2018-02-05"),
        ("They will meet on November 11.", "en", date(2018, 2, 7), "2018-11-11"),
        ("On November 11, they are scheduled to meet.", "en", date(2018, 2, 7), "2018-11-11"),
        ("At the upcoming summit on January 5 they speak.", "en", SPOKEN, "2018-01-05"),
        ("On November 8 they said that they will leave.", "en", SPOKEN, "2017-11-08"),
        ("On November 8 they signed it, which will help.", "en", SPOKEN, "2017-11-08"),
        ("They will meet on January 5, because they were asked to.", "en", SPOKEN, "2018-01-05"),
        ("Встреча состоится 5 января.", "ru", SPOKEN, "2018-01-05"),
        ("Am 5. Januar werden sie sich treffen.", "de", SPOKEN, "2018-01-05"),
        ("Ils se réuniront le 5 janvier.", "fr", SPOKEN, "2018-01-05"),
        ("Se reunirán el 5 de enero.", "es", SPOKEN, "2018-01-05"),
        ("They met on February 29.", "en", SPOKEN, "2016-02-29"),
        ("They will meet on February 29.", "en", SPOKEN, "2020-02-29"),
        ("They met on February 29.", "en", date(1903, 5, 1), "1896-02-29"),
    ],
)
def test_without_a_year_the_day_is_the_nearest_to_the_documents_own(
    text: str, language: str, spoken: date, expected: str
) -> None:
    assert days(text, language, spoken)[0] == expected


def test_a_day_close_ahead_is_open_unless_the_sentence_says_that_it_is_over() -> None:
    assert days("The summit on January 5 is a chance.") == []
    assert days("The summit was held on January 5.") == ["2017-01-05"]


def test_months_do_not_depend_on_the_languages_read_before() -> None:
    code = (
        "from datetime import date; from store.calendar import mentions\n"
        "for language, text in (('zh', '8'), ('tr', '8 Kasım'), ('hr', '8. listopada'), ('pl', '8 listopada')):\n"
        "    print(*(m.day for m in mentions(text, language=language, document_day=date(2017, 12, 28))))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["2017-11-08", "2017-10-08", "2017-11-08"]


@given(day=st.dates(min_value=date(1000, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_with_its_year_is_that_day(day: date) -> None:
    month = day.strftime("%B")
    for text in (f"on {month} {day.day}, {day.year}, we", f"on {day.day} {month} {day.year} we", day.isoformat()):
        assert days(text) == [day.isoformat()]


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)), spoken=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_what_is_over_is_not_after_the_document_nor_a_year_before_it(day: date, spoken: date) -> None:
    found = days(f"We met on {day:%B} {day.day}.", "en", spoken)
    if (day.month, day.day) == (9, 11):
        assert found == []
        return
    (only,) = found
    assert spoken - timedelta(days=366 * (8 if (day.month, day.day) == (2, 29) else 1)) <= date.fromisoformat(only)
    assert date.fromisoformat(only) <= spoken


PIECES = [
    "8",
    "31",
    "February",
    "29",
    "2015",
    "In ",
    " and ",
    "–",
    ". ",
    ", ",
    "will",
    " of ",
    "last year",
    "мая",
    "年月日",
]


@settings(deadline=None)
@given(
    text=st.text() | st.lists(st.sampled_from([*PIECES, " "])).map("".join),
    language=st.sampled_from(["en", "ru", "zh", None]),
    spoken=st.dates(),
)
def test_any_text_can_be_read_and_words_are_the_texts_own(text: str, language: str | None, spoken: date) -> None:
    for mention in mentions(text, language=language, document_day=spoken):
        assert mention.words in text
