"""Reading the environment: what is refused is named, and what is a secret is not repeated."""

import secrets

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.env import DEVELOPMENT_SECRET_KEY, Environment, weakness
from cms.variables import VARIABLES
from patientinfo.conf import TABLE

WEAK_SECRETS = {
    "short": "kJ8-x_Qm2",
    "one letter": "a" * 80,
    "a word repeated": "clinic1!" * 10,
    "digits repeated": "0123456789" * 8,
    "Django's marker": "django-insecure-" + secrets.token_urlsafe(64),
    "development's": DEVELOPMENT_SECRET_KEY,
    "a placeholder": "please-change-this-to-fifty-random-letters-0123456789-xyz",
}


@pytest.mark.parametrize("secret", WEAK_SECRETS.values(), ids=WEAK_SECRETS.keys())
def test_a_weak_secret_is_refused_without_repeating_it(secret):
    with pytest.raises(ImproperlyConfigured) as refusal:
        Environment({"SECRET_KEY": secret}).secret("SECRET_KEY")
    assert str(refusal.value).startswith("SECRET_KEY ")
    assert "secrets.token_urlsafe(64)" in str(refusal.value)
    assert secret not in str(refusal.value)


def test_what_the_message_advises_is_strong():
    assert [weakness(secrets.token_urlsafe(64)) for _ in range(500)] == [None] * 500


def test_hexadecimal_digits_are_strong_too():
    assert weakness(secrets.token_hex(50)) is None


@pytest.mark.parametrize("name", [name for name in VARIABLES if VARIABLES[name].default is None])
def test_a_missing_variable_is_named_with_its_purpose(name):
    with pytest.raises(ImproperlyConfigured) as refusal:
        Environment({name: "  "}).text(name)
    assert str(refusal.value).startswith(f"{name} is not set. {VARIABLES[name].help}")


@pytest.mark.parametrize(("value", "meant"), [("yes", True), ("1", True), ("off", False)])
def test_yes_and_no(value, meant):
    assert Environment({"SSL_REDIRECT": value}).flag("SSL_REDIRECT") is meant


@pytest.mark.parametrize(
    ("read", "name", "value"),
    [
        (Environment.flag, "SSL_REDIRECT", "perhaps"),
        (Environment.number, "HSTS_SECONDS", "-1"),
        (Environment.number, "HSTS_SECONDS", "a year"),
        (Environment.numbers, "REMIND_DAYS", "60,soon"),
        (Environment.mailbox, "LICENSING_EMAIL", "licensing"),
        (Environment.origin, "PUBLIC_URL", "http://clinic.example"),
        (Environment.origin, "PUBLIC_URL", "https://clinic.example/leaflets"),
        (Environment.origin, "PUBLIC_URL", "clinic.example"),
        (Environment.origins, "EMBED_ORIGINS", "https://a.example, www.clinic.example"),
        (Environment.origins, "EMBED_ORIGINS", "https://clinic.example/leaflets"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(read, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is '{value}'"):
        read(Environment({name: value}), name)


def test_an_origin_loses_its_slash():
    environment = Environment({"PUBLIC_URL": "https://clinic.example/"})
    assert environment.origin("PUBLIC_URL") == "https://clinic.example"


def test_words_are_trimmed():
    environment = Environment({"ALLOWED_HOSTS": "a.example , b.example,"})
    assert environment.words("ALLOWED_HOSTS") == ["a.example", "b.example"]


def test_who_grants_permission_and_how():
    said = Environment(
        {
            "LICENSOR_NAME": "Uplands Ltd",
            "LICENSOR_COUNTRY": "NL",
            "LICENSING_EMAIL": "licensing@clinic.example",
            "REQUEST_TARGET_DAYS": "10",
            "TWO_OFFICERS": "yes",
            "REMIND_DAYS": "90, 30",
        }
    )
    assert said.licensing() == {
        "LICENSOR": {"name": "Uplands Ltd", "country": "NL"},
        "LICENSING_EMAIL": "licensing@clinic.example",
        "REQUEST_TARGET_DAYS": 10,
        "TWO_OFFICERS": True,
        "REMIND_DAYS": [90, 30],
    }
    assert Environment({"REMIND_DAYS": "off"}).licensing()["REMIND_DAYS"] == []
    with pytest.raises(ImproperlyConfigured, match=r"^LICENSOR_COUNTRY is 'Holland'"):
        Environment({"LICENSOR_COUNTRY": "Holland"}).licensing()


def test_without_them_the_package_decides():
    said = Environment({}).licensing()
    assert said == {name: TABLE[name].default for name in said}


def test_every_variable_is_documented(root):
    page = (root / "docs" / "environment.md").read_text(encoding="utf-8")
    for variable in VARIABLES.values():
        default = "needed" if variable.default is None else f"`{variable.default}`"
        assert f"| `{variable.name}` | {default} | {variable.help} |" in page
