"""Made-up identity numbers that cannot belong to anybody: synthetic ones, with 80 added to the month (Skatteetaten)."""

from datetime import date

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def synthetic_pid(born: date, female: bool) -> str:
    """Eleven digits with right control digits: the first that fit this birthday."""
    lowest = 0 if born.year < 2000 else 500
    for individual in range(lowest + (0 if female else 1), lowest + 500, 2):
        number = f"{born.day:02}{born.month + 80:02}{born.year % 100:02}{individual:03}"
        for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
            number += _control(number, weights)
        if len(number) == 11:
            return number
    raise AssertionError(f"no number is left for {born}")


def _control(number: str, weights: tuple[int, ...]) -> str:
    digit = -sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11
    return "" if digit == 10 else str(digit)
