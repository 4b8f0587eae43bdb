"""Identity numbers by their structure: today's, d-numbers, synthetic ones, and those of 2032."""

from collections.abc import Iterator

import pytest

from portal.pid import is_pid, is_synthetic

K1, K2 = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def control(digits: str, weights: tuple[int, ...]) -> int:
    """A control digit as it has always been reckoned: eleven less the remainder; 10 where there is none."""
    rest = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11
    return 0 if rest == 0 else 11 - rest


def numbers(day: str, lower_by: int = 0) -> Iterator[str]:
    """All numbers of a day (six digits) in order. `lower_by`: how much the first control digit differs from today's."""
    for individual in range(1000):
        nine = f"{day}{individual:03}"
        first = control(nine, K1)
        changed = (first + lower_by) % 11
        second = control(f"{nine}{changed}", K2) if changed < 10 else 10
        if changed < 10 and second < 10:
            yield f"{nine}{changed}{second}"


KINDS = {
    "today's": ("110985", False),
    "the last of a leap February": ("290200", False),
    "a d-number": ("510985", False),
    "synthetic (Tenor)": ("118985", True),
    "synthetic, other register": ("117585", True),
    "synthetic with a raised month of 40": ("114985", True),
    "a synthetic d-number": ("518985", True),
}


@pytest.mark.parametrize(("day", "synthetic"), KINDS.values(), ids=KINDS)
def test_every_number_of_a_day_is_taken(day: str, synthetic: bool) -> None:
    found = list(numbers(day))
    assert len(found) > 800
    assert all(is_pid(number) for number in found)
    assert {is_synthetic(number) for number in found} == {synthetic}


@pytest.mark.parametrize("rest", range(1, 4))
def test_the_numbers_of_2032_are_taken(rest: int) -> None:
    """From 2032 the remainder of the first control digit may be 0, 1, 2 or 3."""
    found = list(numbers("010132", rest))
    assert len(found) > 500
    assert all(is_pid(number) for number in found)


@pytest.mark.parametrize("rest", range(4, 11))
def test_no_other_remainder_is_taken(rest: int) -> None:
    found = list(numbers("010132", rest))
    assert found
    assert not any(is_pid(number) for number in found)


def test_the_second_control_digit_must_be_right() -> None:
    number = next(numbers("110985"))
    wrong = [f"{number[:10]}{digit}" for digit in range(10) if str(digit) != number[10]]
    assert is_pid(number)
    assert not any(is_pid(each) for each in wrong)


@pytest.mark.parametrize(
    "day", ["000185", "320185", "310485", "300285", "400185", "720185", "110085", "111385", "112185", "119385"]
)
def test_a_day_that_never_was_is_not_taken(day: str) -> None:
    assert not any(is_pid(number) for number in numbers(day))


@pytest.mark.parametrize(
    "value", ["", "1109850001", "110985000111", "1109850001x", " 11098500011", "١١٠٩٨٥٠٠٠١١", "-1098500011"]
)
def test_anything_but_eleven_digits_is_not_taken(value: str) -> None:
    assert not is_pid(value)
