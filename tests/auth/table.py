"""The table of checks in docs/sign-in.md. `python -m tests.auth.table` writes it between its two markers.

The rows below say which test holds which check. The last row is read from the tests against the certified provider.
Making the table fails where a row names a test that is not there, or a reason that its tests' files do not demand.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from portal.auth.reasons import RefusalReason

TESTS = Path(__file__).parents[1]
DOCUMENT = TESTS.parent / "docs" / "sign-in.md"
CERTIFIED = TESTS / "auth" / "certified" / "test_certified.py"
BEGIN, END = "<!-- made by: python -m tests.auth.table -->", "<!-- end of what is made -->"


@dataclass(frozen=True)
class Row:
    """A check, the reasons it gives, and the tests that demand them."""

    what: str
    reasons: tuple[RefusalReason, ...]
    tests: tuple[str, ...]

    def line(self) -> str:
        """The row as Markdown."""
        reasons = " ".join(f"`{reason}`" for reason in self.reasons)
        return f"| {self.what} | {reasons + ' ' if reasons else ''}| {' '.join(f'`{test}`' for test in self.tests)} |"


ROWS = (
    Row(
        "metadata can be had, is right, and names the issuer we asked",
        (RefusalReason.METADATA_UNAVAILABLE, RefusalReason.METADATA_INVALID, RefusalReason.METADATA_ISSUER),
        (
            "test_a_sign_in_that_cannot_begin_says_so",
            "test_an_issuer_with_another_name_is_never_asked_for_anything_else",
            "test_a_provider_that_is_gone_says_so_at_every_step",
            "test_a_provider_that_goes_away_half_way_says_so",
        ),
    ),
    Row(
        "ten seconds, and no other address than the one we called",
        (
            RefusalReason.METADATA_UNAVAILABLE,
            RefusalReason.REQUEST_UNAVAILABLE,
            RefusalReason.TOKEN_UNAVAILABLE,
            RefusalReason.KEYS_UNAVAILABLE,
        ),
        (
            "test_a_provider_that_says_nothing_does_not_hold_us",
            "test_we_are_not_sent_on_to_another_address",
            "test_signing_out_waits_no_longer",
        ),
    ),
    Row(
        "in this order: state, issuer, error, code, token, signature, claims",
        (
            RefusalReason.STATE_UNKNOWN,
            RefusalReason.RESPONSE_ISSUER,
            RefusalReason.CANCELLED,
            RefusalReason.SIGNATURE,
            RefusalReason.ISSUER,
        ),
        ("test_the_first_thing_that_is_wrong_is_the_reason", "test_the_signature_comes_before_what_is_signed"),
    ),
    Row(
        "the pushed request is taken",
        (RefusalReason.REQUEST_UNAVAILABLE, RefusalReason.REQUEST_REFUSED),
        ("test_a_sign_in_that_cannot_begin_says_so", "test_the_browser_carries_nothing_but_a_reference_to_the_request"),
    ),
    Row(
        "our assertion: one audience, short, one use",
        (),
        ("test_our_assertion_is_as_narrow_as_it_can_be", "test_a_bad_client_assertion_is_refused_at_par_and_token"),
    ),
    Row(
        "state is there, ours, of this browser, unused, not older than an hour",
        (
            RefusalReason.STATE_MISSING,
            RefusalReason.STATE_UNKNOWN,
            RefusalReason.BROWSER_UNKNOWN,
            RefusalReason.BROWSER_OTHER,
            RefusalReason.STATE_EXPIRED,
        ),
        (
            "test_a_callback_works_once",
            "test_a_callback_in_another_browser_signs_nobody_in",
            "test_a_callback_after_an_hour_is_too_late",
        ),
    ),
    Row(
        "several tabs at once; at most ten under way",
        (),
        ("test_a_second_tab_can_sign_in_at_the_same_time", "test_the_eleventh_sign_in_under_way_replaces_the_first"),
    ),
    Row(
        "the response is from our issuer (RFC 9207)",
        (RefusalReason.RESPONSE_ISSUER,),
        ("test_a_bad_response_is_refused",),
    ),
    Row(
        "errors, after state and issuer",
        (
            RefusalReason.CANCELLED,
            RefusalReason.PROVIDER_BUSY,
            RefusalReason.PROVIDER_ERROR,
            RefusalReason.CODE_MISSING,
        ),
        ("test_an_error_is_believed_only_with_our_state_and_issuer", "test_a_cancelled_sign_in_is_a_calm_page"),
    ),
    Row(
        "the token answer is whole",
        (RefusalReason.TOKEN_UNAVAILABLE, RefusalReason.TOKEN_REFUSED, RefusalReason.TOKEN_MISSING),
        ("test_a_bad_answer_behind_the_browser_is_refused",),
    ),
    Row(
        "keys can be had and change",
        (RefusalReason.KEYS_UNAVAILABLE,),
        (
            "test_a_bad_answer_behind_the_browser_is_refused",
            "test_a_new_key_is_fetched",
            "test_metadata_and_keys_are_kept_for_a_day",
        ),
    ),
    Row(
        "RS256 by a published key; nothing from the token's own header",
        (
            RefusalReason.ALGORITHM,
            RefusalReason.KEY_UNKNOWN,
            RefusalReason.SIGNATURE,
            RefusalReason.MALFORMED,
            RefusalReason.TYPE,
        ),
        (
            "test_a_bad_answer_behind_the_browser_is_refused",
            "test_a_logout_token_does_not_sign_in",
            "test_a_bad_id_token_is_refused",
            "test_a_bad_token_makes_us_fetch_once_and_then_not_again_for_a_while",
            "test_a_token_that_names_no_key_is_taken_where_there_is_only_one",
        ),
    ),
    Row(
        "iss; aud is us and nobody else; azp is us or absent",
        (RefusalReason.ISSUER, RefusalReason.AUDIENCE, RefusalReason.AUTHORIZED_PARTY),
        ("test_a_bad_id_token_is_refused",),
    ),
    Row(
        "exp, iat (five minutes back), nbf; ten seconds of leeway",
        (RefusalReason.EXPIRED, RefusalReason.ISSUED_AT, RefusalReason.NOT_YET),
        (
            "test_clocks_may_differ_by_ten_seconds",
            "test_leeway_is_ten_seconds_to_the_second",
            "test_absurd_times_are_refused_and_do_not_break",
        ),
    ),
    Row(
        "nonce, sub, at_hash where present, sid where present",
        (RefusalReason.NONCE, RefusalReason.SUBJECT, RefusalReason.ACCESS_TOKEN_HASH, RefusalReason.SESSION_ID),
        ("test_a_bad_id_token_is_refused", "test_a_right_at_hash_is_accepted"),
    ),
    Row(
        "no logout_token as id_token, nor the other way round",
        (RefusalReason.EVENTS, RefusalReason.TYPE),
        ("test_a_logout_token_does_not_sign_in", "test_an_id_token_does_not_sign_out"),
    ),
    Row(
        "identified anew where that was asked for",
        (RefusalReason.AUTH_TIME, RefusalReason.AUTH_TIME_OLD),
        (
            "test_an_old_identification_is_refused_only_where_a_new_one_was_asked_for",
            "test_a_new_identification_may_be_ten_seconds_older_than_the_asking",
        ),
    ),
    Row(
        "level by a list of what is accepted",
        (RefusalReason.LEVEL,),
        ("test_substantial_is_not_enough_where_high_is_demanded",),
    ),
    Row(
        "the number: text, eleven digits that can be one",
        (RefusalReason.PID_MISSING, RefusalReason.PID_INVALID),
        (
            "test_eleven_digits_must_be_able_to_be_a_number",
            "test_every_number_of_a_day_is_taken",
            "test_the_numbers_of_2032_are_taken",
            "test_no_other_remainder_is_taken",
        ),
    ),
    Row(
        "no test method or made-up number in production",
        (RefusalReason.METHODS, RefusalReason.TEST_PERSON),
        ("test_in_production_no_test_person_signs_in",),
    ),
    Row(
        "another issuer by settings: its levels, claim and scope; what its metadata says is followed",
        (
            RefusalReason.LEVEL,
            RefusalReason.PID_MISSING,
            RefusalReason.PID_INVALID,
            RefusalReason.TEST_PERSON,
            RefusalReason.RESPONSE_ISSUER,
        ),
        (
            "test_the_whole_way_in_and_out_at_an_issuer_that_is_not_idporten",
            "test_its_sign_out_reaches_us_by_both_channels",
            "test_the_least_level_and_those_above_it_sign_in",
            "test_a_level_below_or_outside_the_ladder_is_refused",
            "test_a_ladder_may_begin_lower",
            "test_a_person_without_the_number_is_refused",
            "test_another_setting_than_the_issuers_own_lets_nobody_in",
            "test_an_issuer_that_never_names_itself_need_not_but_may_not_lie",
            "test_an_issuer_that_cannot_do_what_we_need_says_so_at_the_start",
            "test_the_page_there_is_asked_for_in_a_language_it_has",
            "test_a_sign_out_page_that_the_browser_may_not_go_to_is_not_gone_to",
            "test_levels_scope_and_origins_that_cannot_be_stop_the_start",
        ),
    ),
    Row("unusual but right tokens pass", (), ("test_an_unusual_but_right_id_token_is_accepted",)),
    Row(
        "back-channel: all of it, and each token once",
        (RefusalReason.TOKEN_ID, RefusalReason.REPLAYED),
        ("test_a_bad_logout_token_ends_nothing", "test_a_logout_token_is_obeyed_once"),
    ),
    Row(
        "front-channel: our issuer and a known sid; the same answer to all",
        (),
        ("test_the_front_channel_does_nothing_for_strangers_and_tells_them_nothing",),
    ),
    Row(
        "30 minutes idle, 120 in all; a new key at sign-in, the old login gone",
        (),
        (
            "test_half_an_hour_of_silence_ends_a_login",
            "test_two_hours_end_a_login_however_busy",
            "test_signing_in_again_changes_the_key_and_removes_the_old_login",
        ),
    ),
    Row(
        "a warning before the end; only the tap keeps alive, and not beyond two hours",
        (),
        (
            "test_a_page_says_how_long_is_left",
            "test_asking_for_the_time_does_not_keep_a_login_alive",
            "test_one_tap_keeps_it_alive",
            "test_two_hours_are_the_end_whatever_one_taps",
            "test_one_is_warned_and_stays_with_one_tap",
        ),
    ),
    Row(
        "the end clears the screen, also of a phone that slept, without a network and without scripts; what is half "
        "written is kept and not sent",
        (),
        (
            "test_the_end_of_the_login_clears_the_screen",
            "test_without_an_answer_the_screen_is_cleared_all_the_same",
            "test_a_login_that_another_tab_keeps_alive_goes_on",
            "test_what_is_half_written_is_kept_and_not_sent",
            "test_without_scripts_the_page_turns_itself",
        ),
    ),
    Row(
        "a corrected number, a higher level and a command end logins at once, in every worker",
        (),
        (
            "test_a_corrected_number_ends_the_logins_of_who_had_it",
            "test_a_login_by_a_level_that_is_no_longer_enough_ends",
            "test_the_municipality_ends_the_logins_of_one",
            "test_everybody_of_a_municipality_or_of_all",
            "test_who_is_not_named_well_loses_nothing",
        ),
    ),
    Row(
        "sign-in, sign-out by all three ways and reading wait for nobody who holds the database",
        (),
        (
            "test_one_can_sign_in",
            "test_one_can_sign_out",
            "test_one_can_read_though_the_use_of_the_login_is_due_to_be_noted",
            "test_what_is_sent_after_the_end_is_kept",
            "test_noting_the_use_waits_for_nobody_who_writes_logins",
            "test_a_busy_database_does_not_break_an_answer_already_sent",
        ),
    ),
    Row(
        "logins stand in a file of their own, encrypted, for its owner alone, made anew where it cannot be read",
        (),
        (
            "test_logins_stand_in_their_own_file_only",
            "test_the_file_is_made_once_by_many_and_anew_for_another_key_or_other_tables",
            "test_a_torn_file_is_made_anew",
            "test_a_portal_starts_where_only_the_portals_own_file_was_restored",
            "test_whoever_gets_the_row_of_somebody_who_is_gone_is_not_signed_in",
        ),
    ),
    Row(
        "a form that the browser says comes from elsewhere is refused, and every denial leaves a line",
        (),
        (
            "test_a_right_token_from_another_site_is_refused",
            "test_our_own_pages_and_old_browsers_pass_on_the_token",
            "test_a_form_without_its_token_is_logged_by_route_and_nothing_that_was_sent",
            "test_what_is_not_theirs_and_a_stranger_leave_a_line_without_the_address",
        ),
    ),
    Row(
        "a sign-in that failed is the same failure in another language, without state and code",
        (),
        ("test_another_language_shows_the_same_failure", "test_neither_code_nor_state_stands_in_the_page"),
    ),
    Row(
        "what was typed comes back, to nobody else",
        (),
        (
            "test_a_question_sent_too_late_comes_back_after_sign_in",
            "test_a_request_for_leave_comes_back_to_the_same_step",
            "test_the_words_of_a_request_come_back_to_the_step_before_it_is_sent",
            "test_what_one_says_against_an_absence_comes_back_to_the_same_step",
            "test_it_is_shown_to_nobody_else_and_in_no_other_browser",
            "test_it_stays_sealed_and_is_gone_after_an_hour_and_after_signing_out",
            "test_a_half_written_request_survives_the_end_of_the_login",
        ),
    ),
    Row(
        "a tab of somebody else writes nothing",
        (),
        (
            "test_a_tab_of_another_person_writes_nothing_and_shows_nothing",
            "test_the_mark_is_looked_at_even_where_the_token_is_right",
            "test_a_form_that_is_not_ours_keeps_nothing",
        ),
    ),
    Row(
        "signed out means gone: the back button too",
        (),
        (
            "test_signing_out_ends_the_login_here_first_and_then_at_idporten",
            "test_the_back_button_shows_nothing_after_signing_out",
        ),
    ),
    Row(
        "our key is changed without a gap",
        (),
        ("test_one_can_sign_in_at_every_step", "test_a_new_key_file_is_its_owners_alone_and_shows_nothing_private"),
    ),
    Row(
        "the log tells each outcome, and no number, name, token or code",
        (),
        ("test_no_number_token_code_or_name_is_logged", "test_an_attempt_can_be_followed_from_sign_in_to_sign_out"),
    ),
    Row(
        "every door closed; `next` never leads away",
        (),
        ("test_every_door_is_closed_to_strangers", "test_nothing_leads_away_from_the_portal"),
    ),
)


def rows() -> tuple[Row, ...]:
    """All rows, each checked against the tests."""
    return tuple(_checked(row) for row in (*ROWS, _certified()))


def table() -> str:
    """The table as Markdown."""
    return "\n".join(["| check | code | test |", "|---|---|---|", *(row.line() for row in rows())])


def in_document(text: str) -> str:
    """The document with the table of today."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    assert after, f"docs/sign-in.md must hold {BEGIN} and {END}"
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def _certified() -> Row:
    """What is proven against a provider that is not ours: every test there, and every reason they demand."""
    text = CERTIFIED.read_text(encoding="utf-8")
    tests = tuple(re.findall(r"^def (test_[a-z_]+)\(", text, re.MULTILINE))
    named = set(re.findall(r"Reason\.([A-Z_]+)", text))
    return Row(
        "the whole way against a certified provider that we did not write",
        tuple(reason for reason in RefusalReason if reason.name in named),
        tests,
    )


def _checked(row: Row) -> Row:
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    beside = []
    for test in row.tests:
        holding = [text for text in texts if f"def {test}(" in text]
        assert holding, f"{test} is named in the table and is not there"
        beside.extend(holding)
    for reason in row.reasons:
        demanded = any(re.search(rf"Reason\.{reason.name}\b", text) for text in beside)
        assert demanded, f"{reason} is not asked for beside {row.tests}"
    return row


if __name__ == "__main__":
    DOCUMENT.write_text(in_document(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
