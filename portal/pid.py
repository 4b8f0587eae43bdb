"""National identity numbers (fødselsnummer) and d-numbers: whether eleven digits can be one.

Only the structure is judged. Months may be raised by 80, 65 or 40 (synthetic numbers of test registers), days by 40
(d-numbers). From 2032 the first control digit may leave a remainder of 0, 1, 2 or 3 (Skatteetaten, "Nytt
fødselsnummer fra 2032"), so that rule is used for all numbers.
"""

from datetime import date

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
REMAINDERS = (0, 1, 2, 3)
D_NUMBER = 40
SYNTHETIC = (80, 65, 40)
A_LEAP_YEAR = 2000


def is_pid(value: str) -> bool:
    """Whether `value` has a day, a month and the control digits of a national identity number or d-number."""
    if len(value) != 11 or not value.isascii() or not value.isdigit():
        return False
    digits = [int(digit) for digit in value]
    first = sum(weight * digit for weight, digit in zip(FIRST_WEIGHTS, digits[:10], strict=True)) % 11
    second = sum(weight * digit for weight, digit in zip(SECOND_WEIGHTS, digits, strict=True)) % 11
    return first in REMAINDERS and second == 0 and _has_day(int(value[:2]), int(value[2:4]))


def is_synthetic(value: str) -> bool:
    """Whether a number that is a pid belongs to a test register and to no real person."""
    return int(value[2:4]) > 12


def is_born(value: str, born: date) -> bool:
    """Whether the day, month and year in a number that is a pid are those of this date."""
    day, month, year = int(value[:2]), int(value[2:4]), int(value[4:6])
    return (_plain_day(day), _plain_month(month), year) == (born.day, born.month, born.year % 100)


def _plain_day(day: int) -> int:
    return day - D_NUMBER if day > D_NUMBER else day


def _plain_month(month: int) -> int:
    return next((month - raised for raised in SYNTHETIC if month > raised), month)


def _has_day(day: int, month: int) -> bool:
    try:
        date(A_LEAP_YEAR, _plain_month(month), _plain_day(day))
    except ValueError:
        return False
    return True
