"""What a verb of casework answers: nothing where it was done, or the reason why it changed nothing."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why nothing was changed. Each door says it in its own words."""

    NOT_FOUND = "not_found"  # the participant has no such thing
    NOT_THEIRS_TO_DO = "not_theirs_to_do"  # somebody else does this: a participant decides nothing
    SENT_BEFORE = "sent_before"  # the very same was sent already
    ANOTHER_WAITS = "another_waits"  # one at a time: another one waits for its answer
    NOT_WAITING = "not_waiting"  # it was decided, or taken back
    MOVED_ON = "moved_on"  # that step has been taken, or passed
    NEVER_DECIDED = "never_decided"  # a report only tells: nobody decides it
    DAYS_ARE_OVER = "days_are_over"  # a report of days that have been
    CHANGED_MEANWHILE = "changed_meanwhile"  # somebody was first: look again
    GRANTED_BACKWARDS = "granted_backwards"  # the last day granted comes before the first
    TIMES_OF_SEVERAL_DAYS = "times_of_several_days"  # clock times are of one day
    HOURS_NOT_SAID = "hours_not_said"  # hours of one day were asked for, several days are granted
    LESS_IS_PARTLY = "less_is_partly"  # less than was asked for is not all of it
    PARTLY_IS_LESS = "partly_is_less"  # a part that is all of it


Result = Refusal | None
