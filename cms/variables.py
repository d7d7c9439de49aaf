"""What the project reads from its environment: one table, which docs/environment.md repeats."""

from dataclasses import dataclass

#: The command that every message about a secret gives.
MAKE_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"

#: Makes a key that proofs of permissions are signed with, on one line.
MAKE_A_SIGNING_KEY = (
    "python -c 'import json; from joserfc.jwk import OKPKey;"
    ' print(json.dumps(OKPKey.generate_key("Ed25519", auto_kid=True).as_dict(private=True)))\''
)


@dataclass(frozen=True)
class Variable:
    """One environment variable: ``default`` is production's; ``None`` means it has to be given."""

    name: str
    default: str | None
    help: str
    example: str


VARIABLES: dict[str, Variable] = {
    variable.name: variable
    for variable in (
        Variable(
            "SECRET_KEY",
            None,
            f"Signs sessions and links. Make one with: {MAKE_A_KEY}",
            "",
        ),
        Variable(
            "SECRET_KEY_FALLBACKS",
            "",
            "Earlier secret keys, separated by commas, whose sessions stay valid for a while.",
            "",
        ),
        Variable(
            "DATABASE_URL",
            None,
            "Where the data is kept: PostgreSQL, or a SQLite file on a single machine.",
            "postgres://patientinfo:password@db.example/patientinfo",
        ),
        Variable(
            "DATABASE_CONN_MAX_AGE",
            "600",
            "Seconds a database connection is kept; 0 behind a pooler in transaction mode.",
            "600",
        ),
        Variable(
            "CACHE_URL",
            None,
            "The cache that all server processes share (locmem:// if there is only one).",
            "redis://cache.example:6379/0",
        ),
        Variable(
            "ALLOWED_HOSTS",
            None,
            "Host names that are answered, separated by commas.",
            "leaflets.clinic.example",
        ),
        Variable(
            "PUBLIC_URL",
            None,
            "The address readers use, with https:// and no path.",
            "https://leaflets.clinic.example",
        ),
        Variable(
            "EMAIL_URL",
            None,
            "The mail server: smtp:// (plain), submission:// (STARTTLS), smtps:// (TLS),"
            " or console:// to print mail.",
            "submission://user:password@mail.example:587",
        ),
        Variable(
            "MAIL_FROM",
            None,
            "The sender of the clinic's mail.",
            "Leaflets <leaflets@clinic.example>",
        ),
        Variable(
            "STORAGE_URL",
            None,
            "Where images are kept: file:///directory, or"
            " s3://bucket?region=…&endpoint=https://…"
            " (its credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY).",
            "file:///srv/patientinfo/media",
        ),
        Variable(
            "STATIC_ROOT",
            "",
            "The directory that collectstatic fills; var/static when empty.",
            "/srv/patientinfo/static",
        ),
        Variable(
            "PUBLIC_ACCESS",
            "read",
            "What anybody may see without a licence: catalogue, read or full.",
            "read",
        ),
        Variable(
            "PERMISSION_URL",
            "",
            "Where a clinic asks for written permission; empty: this site's pages for partners.",
            "https://clinic.example/permissions",
        ),
        Variable(
            "THROTTLE_KEY",
            "600/minute",
            "How much may be asked with one access key: 600/minute, or with a burst; off: no"
            " limit of its own.",
            "600/minute, burst 100",
        ),
        Variable(
            "THROTTLE_ADDRESS",
            "600/minute",
            "How much one address may ask without a key of the API, health records' addresses,"
            " proofs, pictures, frames and downloads together; off: as much as it likes.",
            "600/minute, burst 100",
        ),
        Variable(
            "EMBED_ORIGINS",
            "",
            "Websites whose pages may show any leaflet in a frame, separated by commas; * is every"
            " website.",
            "https://www.clinic.example",
        ),
        Variable(
            "LICENCE_SIGNING_KEY",
            None,
            "Signs proofs of permissions: an Ed25519 key as JWK or PEM, or a JWK Set of which the"
            f" first signs. Make one with: {MAKE_A_SIGNING_KEY}",
            "",
        ),
        Variable(
            "LICENSOR_NAME",
            "",
            "The clinic as its licences name it; empty: SITE_NAME.",
            "Uplands Physio Clinic Ltd",
        ),
        Variable("LICENSOR_COUNTRY", "", "Its country in licences (ISO 3166-1).", "NL"),
        Variable(
            "LICENSOR_CONTACT",
            "",
            "Whom licences name for questions: a person or an office.",
            "Licensing office",
        ),
        Variable(
            "LICENSOR_EMAIL", "", "Their address of mail in licences.", "licensing@clinic.example"
        ),
        Variable(
            "LICENSING_EMAIL",
            "",
            "Address that hears of requests for permission to decide on; empty: nobody is written"
            " to.",
            "licensing@clinic.example",
        ),
        Variable(
            "REQUEST_TARGET_DAYS",
            "14",
            "Days within which the clinic means to answer a request for permission.",
            "10",
        ),
        Variable(
            "TWO_OFFICERS",
            "no",
            "yes when a second officer must agree before a partner can accept an offer.",
            "yes",
        ),
        Variable(
            "REMIND_DAYS",
            "60,14",
            "Days before the end of a licence at which its holder is reminded, separated by commas;"
            " off: nobody is.",
            "90,30",
        ),
        Variable(
            "LETTER_CERTIFICATE",
            "",
            "The clinic's certificate that letters of permission are signed with, and its issuers:"
            " PEM, or the path of such a file. Empty: a certificate that says it is for"
            " development.",
            "/etc/patientinfo/letters.pem",
        ),
        Variable(
            "LETTER_KEY",
            "",
            "The private key of that certificate: PEM, or the path of such a file.",
            "/etc/patientinfo/letters.key",
        ),
        Variable("LETTER_KEY_PASSPHRASE", "", "What that private key is encrypted with.", ""),
        Variable(
            "SITE_NAME",
            "Patient information",
            "The name shown to readers and editors.",
            "Uplands Physio Clinic",
        ),
        Variable(
            "BEHIND_PROXY",
            "no",
            "yes when a proxy in front ends TLS, sets X-Forwarded-Proto itself, and adds its client"
            " to X-Forwarded-For.",
            "yes",
        ),
        Variable(
            "SSL_REDIRECT",
            "yes",
            "no when whatever stands in front already sends http:// to https://.",
            "no",
        ),
        Variable(
            "HSTS_SECONDS",
            "31536000",
            "How long browsers insist on https://; start with 3600 on a new host.",
            "3600",
        ),
        Variable(
            "HSTS_SUBDOMAINS",
            "yes",
            "no when a host below this one cannot do https:// yet.",
            "no",
        ),
        Variable(
            "HSTS_PRELOAD",
            "yes",
            "no to keep the host out of browsers' built-in lists.",
            "no",
        ),
        Variable(
            "WAGTAIL_API_V3",
            "off",
            "Wagtail's own API at /api/v3/: off, tokens (authors), open (benchmarks only).",
            "tokens",
        ),
        Variable("LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING, ERROR.", "INFO"),
    )
}
