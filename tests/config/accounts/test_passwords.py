"""What a password may be, and the page that changes it."""
import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from config.accounts.models import AccessEvent, LoginAttempt
from tests.cast import PASSWORD

GOOD = ["a quiet lamp over rivers", "correct horse battery staple", "雨后的石板路很滑别着急走啊", "x7!Qp-92mmLz#t", "salted plum and nine umbrellas"]
BAD = ["short pass", "aaaaaaaaaaaa", "121212121212", "SalesHall2026!", "hallkeeper-2026", "Decoration showroom 1", "销售大厅销售部装饰展厅12", "password12345",
       "qwertyuiop123", "Reception-2026", "Hallkeeper!Sales!"]


@pytest.mark.parametrize("password", GOOD)
def test_a_long_sentence_of_ones_own_is_taken_whatever_its_signs(cast, password):
    validate_password(password, cast.user("reception"))


@pytest.mark.parametrize("password", BAD)
def test_what_an_outsider_would_try_is_refused(cast, password):
    with pytest.raises(ValidationError):
        validate_password(password, cast.user("reception"))


def change(client, **answers):
    return client.post("/password/", {"current": PASSWORD, "new": GOOD[0], "again": GOOD[0], **answers})


@pytest.mark.parametrize("answers, sentence", [
    ({"current": "wrong"}, "This is not your present password."),
    ({"again": "another one entirely"}, "This is not the same as the new password above."),
    ({"new": "SalesHall2026!", "again": "SalesHall2026!"}, "built from the names of the house"),
    ({"new": "short", "again": "short"}, "12 characters"),
    ({"new": PASSWORD, "again": PASSWORD}, "The new password is the present one."),
    ({"new": "", "again": ""}, "Enter “New password”."),
])
def test_a_refused_change_says_why_and_changes_nothing(cast, as_role, answers, sentence):
    response = change(as_role("reception"), **answers)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert cast.user("reception").check_password(PASSWORD)


def test_blanks_at_the_ends_belong_to_a_password(cast, as_role):
    spaced = "  a quiet lamp over rivers "
    assert change(as_role("reception"), new=spaced, again=spaced).status_code == 302
    assert cast.user("reception").check_password(spaced)
    assert Client().post("/login/", {"username": "reception", "password": spaced}).status_code == 302


def test_typed_passwords_never_come_back_in_a_page(cast, as_role):
    assert "another secret sentence" not in change(as_role("reception"), again="another secret sentence").content.decode()


def test_guessing_the_present_password_from_an_open_session_is_throttled(cast, as_role):
    client = as_role("reception")
    for _number in range(5):
        change(client, current="wrong")
    assert "Too many wrong tries" in change(client).content.decode()
    assert cast.user("reception").check_password(PASSWORD)


def test_trying_one_new_password_after_the_other_locks_nobody_out(cast, as_role):
    client = as_role("reception")
    for _number in range(7):
        assert "is the present one" in change(client, new=PASSWORD, again=PASSWORD).content.decode()
    assert change(client).status_code == 302


def test_a_change_is_in_the_history_without_the_password(cast, as_role):
    change(as_role("reception"))
    row = cast.user("reception").history.first()
    assert (row.history_change_reason, row.history_user.username) == ("password changed", "reception")
    assert not hasattr(row, "password")
    assert not LoginAttempt.objects.exists()
    assert not AccessEvent.objects.filter(fields__contains=["password"]).exists()
