"""Names as pages write them."""

from __future__ import annotations

import pytest

from store.ingest.persons import bare_name, is_name, names_in, same_person


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Foreign Minister Sergey Lavrov (in English)", "Sergey Lavrov"),
        ("SECRETARY BLINKEN", "Blinken"),
        ("President of Russia Vladimir Putin", "Vladimir Putin"),
        ("Sergey Lavrov", "Sergey Lavrov"),
        ("Mr. President", ""),
        ("Norwegian Foreign Minister Ann Lee", "Ann Lee"),
        ("UN Secretary-General António Guterres", "António Guterres"),
        ("Polish Prime Minister Lee", "Lee"),
        ("President of the Russian Federation Vladimir Putin", "Vladimir Putin"),
        ("Speaker of the House Ann Lee", "Ann Lee"),
        ("Ann Lee", "Ann Lee"),
        ("MIN. LEE", "Lee"),
        ("AMBASSADOR LI", "Li"),
        ("JFK", "JFK"),
        ("General", ""),
    ],
)
def test_offices_and_remarks_are_no_part_of_a_name(label: str, name: str) -> None:
    assert bare_name(label) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lavrov", "Sergey Lavrov"), ("Lavov", "Lavrov"), ("S. Lavrov", "Sergei Lavrov"), ("MR PRICE", "Ned Price")],
)
def test_spellings_of_one_person(one: str, other: str) -> None:
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pavel Lavrov", "Sergey Lavrov"),
        ("Rama", "Raman"),
        ("Maria Zakharova", "Lavrov"),
        ("Mark Ray", "Maria Ray"),
        ("", "Lavrov"),
    ],
)
def test_different_persons(one: str, other: str) -> None:
    assert not same_person(one, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sergey Lavrov", True),
        ("Staffan de Mistura", True),
        ("One thing is clear", False),
        ("", False),
        ("Abc 12", False),
    ],
)
def test_shape_of_a_name(text: str, expected: bool) -> None:
    assert is_name(text) is expected


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("The Hon. Ann Lee", "Ann Lee"),
        ("Hon Ann Lee", "Ann Lee"),
        ("THE HON. ANN LEE", "Ann Lee"),
        ("Senator the Hon Ann Lee", "Ann Lee"),
        ("The Rt Hon Ann Lee", "Ann Lee"),
        ("The Right Honourable Ann Lee", "Ann Lee"),
        ("H.E. Mr. Carl Lee", "Carl Lee"),
        ("H. E. Carl Lee", "Carl Lee"),
        ("H.E.Carl Lee", "Carl Lee"),
        ("His Eminence Cardinal Carl Lee", "Carl Lee"),
        ("Eminence Cardinal Carl Lee", "Carl Lee"),
        ("Her Royal Highness Princess Ann", "Ann"),
        ("Harbour Party Co-leader Ann Lee", "Ann Lee"),
        ("Hong Lee", "Hong Lee"),
        ("Honor Lee", "Honor Lee"),
        ("Grace Lee", "Grace Lee"),
        ("He Lifeng", "He Lifeng"),
        ("Cardinal", "Cardinal"),
    ],
)
def test_honours_are_no_part_of_a_name(written: str, name: str) -> None:
    assert bare_name(written) == name


def test_what_opens_a_sentence_is_no_part_of_a_name() -> None:
    assert list(names_in("Why Carl Lee met Ann Ray")) == ["Carl Lee", "Ann Ray"]
    assert list(names_in("Later Ann Ray said so. Meanwhile Carl Lee went.")) == ["Ann Ray", "Carl Lee"]
