"""Reading what the environment says: each kind of value of the table in ``cms.variables``.

A value that is missing or cannot be read is an ``ImproperlyConfigured`` that names the variable,
says what is wrong and shows a value that would do, so that whoever starts the server need not
read this file.
"""

import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from cms.variables import VARIABLES
from patientinfo.conf import wrong_origins
from patientinfo.licensing.wishes import COUNTRIES
from patientinfo.proofs.certificates import read_certificate
from patientinfo.proofs.keys import read_keys
from patientinfo.throttling.limits import limit_from

#: Signs sessions on a developer's own machine. Anybody can read it, so production refuses it.
DEVELOPMENT_SECRET_KEY = (
    "development-only-never-in-production-"  # noqa: S105 - public on purpose
    "Vh3kQz8mT2xWc7LpYb5NdR9sGf4JaEu6"
)

#: Signs proofs on a developer's own machine. Anybody can read it, so production refuses it.
DEVELOPMENT_SIGNING_KEY = (
    '{"kty":"OKP","crv":"Ed25519","kid":"development-only",'
    '"x":"cniPoQum6ZSPmyIwVV0eQYsivjj9jgtwLlT4FlcbjnI",'
    '"d":"TGr9AaJ9Yy9uypLxZbOSwl39FFD-TGDWwzHvE8KYWUs"}'
)

_DEVELOPMENT_THUMBPRINT = read_keys(DEVELOPMENT_SIGNING_KEY)[0].thumbprint()

SECRET_MIN_LENGTH = 50
SECRET_MIN_DISTINCT = 12
SECRET_MIN_COMPRESSED = 48
SECRET_PLACEHOLDERS = ("change", "secret", "password", "example", "insecure")


class Environment:
    """Reads ``VARIABLES`` from a mapping of strings, as ``os.environ`` is one."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def refuse(self, name: str, reason: str) -> ImproperlyConfigured:
        """Return the error for variable ``name``: what is wrong, what it is for, an example."""
        variable = VARIABLES[name]
        example = f" For example: {name}={variable.example}" if variable.example else ""
        return ImproperlyConfigured(f"{name} {reason}. {variable.help}{example}")

    def text(self, name: str, default: str | None = None) -> str:
        """Return the value, or the default given, or the table's; refuse when none is left."""
        value = self.values.get(name, "").strip()
        if value:
            return value
        default = VARIABLES[name].default if default is None else default
        if default is None:
            raise self.refuse(name, "is not set")
        return default

    def words(self, name: str, default: str | None = None) -> list[str]:
        """Return a value of parts separated by commas."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def flag(self, name: str, default: str | None = None) -> bool:
        """Return yes as True and no as False."""
        value = self.text(name, default).lower()
        if value in {"yes", "true", "on", "1"}:
            return True
        if value in {"no", "false", "off", "0"}:
            return False
        raise self.refuse(name, f"is {value!r}, and has to be yes or no")

    def number(self, name: str, default: str | None = None) -> int:
        """Return a whole number that is not negative."""
        value = self.text(name, default)
        if not value.isdecimal():
            raise self.refuse(name, f"is {value!r}, and has to be a whole number")
        return int(value)

    def numbers(self, name: str, default: str | None = None) -> list[int]:
        """Return whole numbers separated by commas; off is none."""
        words = self.words(name, default)
        if words == ["off"]:
            return []
        if not all(word.isdecimal() for word in words):
            value = ",".join(words)
            raise self.refuse(name, f"is {value!r}, and has to be whole numbers, or off")
        return [int(word) for word in words]

    def mailbox(self, name: str) -> str:
        """Return an address of mail, or the empty text; one that is none would lose every mail."""
        value = self.text(name)
        try:
            if value:
                validate_email(value)
        except ValidationError:
            raise self.refuse(name, f"is {value!r}, which is no address of mail") from None
        return value

    def licensing(self) -> dict[str, Any]:
        """Return the settings of who grants permission, and how."""
        country = self.text("LICENSOR_COUNTRY")
        if country and country not in COUNTRIES:
            raise self.refuse("LICENSOR_COUNTRY", f"is {country!r}, which is no country's code")
        licensor = {
            "name": self.text("LICENSOR_NAME"),
            "country": country,
            "contact": self.text("LICENSOR_CONTACT"),
            "email": self.mailbox("LICENSOR_EMAIL"),
        }
        return {
            "LICENSOR": {name: value for name, value in licensor.items() if value},
            "LICENSING_EMAIL": self.mailbox("LICENSING_EMAIL"),
            "REQUEST_TARGET_DAYS": self.number("REQUEST_TARGET_DAYS"),
            "TWO_OFFICERS": self.flag("TWO_OFFICERS"),
            "REMIND_DAYS": self.numbers("REMIND_DAYS"),
        }

    def choice(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """Return one of the words allowed."""
        value = self.text(name, default)
        if value not in allowed:
            raise self.refuse(name, f"is {value!r}, and has to be one of {', '.join(allowed)}")
        return value

    def limit(self, name: str, default: str | None = None) -> str:
        """Return a limit of requests; off is no limit, the empty text."""
        value = self.text(name, default)
        if value == "off":
            return ""
        try:
            limit_from(value)
        except ValueError as error:
            raise self.refuse(name, f"cannot be used: {error}") from None
        return value

    def origin(self, name: str, default: str | None = None, *, secure: bool = True) -> str:
        """Return an address of scheme and host alone, without the closing slash."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        schemes = {"https"} if secure else {"https", "http"}
        if parts.scheme not in schemes or not parts.hostname or parts.path or parts.query:
            raise self.refuse(name, f"is {value!r}, which is not such an address")
        return value

    def origins(self, name: str) -> list[str]:
        """Return origins of pages separated by commas; ``*`` is every page."""
        named = self.words(name)
        if wrong := wrong_origins(named):
            said = f"is {self.text(name)!r}, and {wrong[0]!r} is no origin of a website"
            raise self.refuse(name, said)
        return named

    def secret(self, name: str) -> str:
        """Return a secret that cannot be guessed; the message never repeats the value."""
        value = self.text(name)
        if reason := weakness(value):
            raise self.refuse(name, reason)
        return value

    def signing_keys(self, name: str) -> str:
        """Return keys that proofs can be signed with, as they were given."""
        value = self.text(name)
        try:
            keys = read_keys(value)
        except ValueError as error:
            raise self.refuse(name, str(error)) from None
        if any(key.thumbprint() == _DEVELOPMENT_THUMBPRINT for key in keys):
            raise self.refuse(name, "is the one for development, which anybody can read")
        return value

    def letter_certificate(self) -> dict[str, str]:
        """Return the settings of the letters' certificate; refuse what cannot sign."""
        names = ("LETTER_CERTIFICATE", "LETTER_KEY", "LETTER_KEY_PASSPHRASE")
        given = {name: self.text(name) for name in names}
        if given["LETTER_CERTIFICATE"]:
            try:
                read_certificate(*given.values())
            except ValueError as error:
                raise self.refuse("LETTER_CERTIFICATE", f"cannot be used: {error}") from None
        elif given["LETTER_KEY"]:
            raise self.refuse("LETTER_CERTIFICATE", "is not set, but LETTER_KEY is")
        return given


def weakness(secret: str) -> str | None:
    """Say why ``secret`` is too weak to sign with, or None when it will do.

    Length alone lets "1234512345…" through, so repetition counts too: what deflate can shrink
    below 48 bytes holds little that is unknown. Fifty random hexadecimal digits pass.
    """
    if secret == DEVELOPMENT_SECRET_KEY or secret.startswith(("django-insecure", "development-")):
        return "is the one for development, which anybody can read"
    if len(secret) < SECRET_MIN_LENGTH:
        return (
            f"is too short: {len(secret)} characters, and at least {SECRET_MIN_LENGTH} are needed"
        )
    compressed = len(zlib.compress(secret.encode(), level=9))
    if len(set(secret)) < SECRET_MIN_DISTINCT or compressed < SECRET_MIN_COMPRESSED:
        return "is too easy to guess: it repeats itself"
    if any(word in secret.lower() for word in SECRET_PLACEHOLDERS):
        return "looks like a placeholder that nobody replaced"
    return None
