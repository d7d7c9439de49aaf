"""The rules of the house that no linter knows."""

import re
import subprocess
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader
from packaging.markers import Marker

TOP_LEVEL = {
    # what the customer fixed
    "cms", "home", "locale", "manage.py", "patientinfo", "requirements.txt", "tests",
    # what tools need
    "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "bench", "docs", "pyproject.toml",
    "requirements-bench.txt", "requirements-test.txt",
}  # fmt: skip
TARGETS = {"run", "setup", "test", "bench", "messages", "help", "lint", "format", "requirements"}
REQUIREMENTS = ["requirements.txt", "requirements-test.txt"]

FREE_OF = re.compile(r"(?<![L])(?:A?GPL|GNU (?:Affero )?General Public)", re.IGNORECASE)
#: Libraries that wheels carry inside, whatever the package's own licence says.
GPL_LIBRARIES = re.compile(r"lib(?:x26[45]|readline|gsl|fftw3|poppler|mariadbclient)\b")
MAX_LINES = 400


def tracked(root: Path, *patterns: str) -> list[str]:
    """Files under version control, with those that are about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listing.stdout.split("\0") if name and (root / name).exists()]


def pinned(root: Path, file: str) -> dict[str, str]:
    """Each requirement's line with its continuation, by name, for this machine."""
    text = (root / file).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {line.split("==")[0].split("[")[0]: line for line in lines if installable(line)}


def installable(line: str) -> bool:
    """Whether the requirement's marker holds here."""
    _, found, marker = line.partition(" --hash")[0].partition(";")
    return not found or Marker(marker.strip()).evaluate()


def licences(package: Distribution) -> list[str]:
    """What a package says of its own licence."""
    fields = package.metadata
    named = [fields.get("License-Expression", ""), (fields.get("License") or "")[:200]]
    classified = fields.get_all("Classifier") or []
    return [*named, *(line for line in classified if line.startswith("License"))]


def test_make_help_lists_the_targets(root):
    said = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^  make (\w+)", said.stdout, re.MULTILINE)) >= TARGETS


def test_the_top_level_is_as_agreed(root):
    top = {name.partition("/")[0] for name in tracked(root)}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes(root, file):
    for name, line in pinned(root, file).items():
        assert re.match(rf"{re.escape(name)}(\[[\w,-]+\])?==\S+ ", line), line
        assert "--hash=sha256:" in line, line


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_requirements_name_no_place(root, file):
    text = (root / file).read_text(encoding="utf-8")
    assert not re.findall(r"://|--find-links|--index-url|--extra-index|@ file|\(from ", text)


def test_tests_run_on_the_packages_that_run(root):
    run, test = (pinned(root, file) for file in REQUIREMENTS)
    pins = re.compile(r"==\S+")
    assert {name: pins.findall(test.get(name, "")) for name in run} == {
        name: pins.findall(line) for name, line in run.items()
    }


def test_no_gpl_at_run_time(root):
    guilty = {}
    for name in pinned(root, "requirements.txt"):
        package = distribution(name)
        inside = [str(path) for path in package.files or [] if GPL_LIBRARIES.search(str(path))]
        named = [licence for licence in licences(package) if FREE_OF.search(licence)]
        if inside or named:
            guilty[name] = [*named, *inside]
    assert guilty == {}


def test_the_gpl_plug_in_that_wagtail_asks_for_is_not_here():
    with pytest.raises(PackageNotFoundError):
        distribution("pillow-heif")


def test_no_file_is_too_long(root):
    lengths = {
        name: len((root / name).read_text(encoding="utf-8").splitlines())
        for name in tracked(root, "*.py", "*.html", "*.css", "*.js", "Makefile", ".ci/run")
        if "/migrations/" not in name and not name.startswith("tests/golden/")
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_two_migrations_lead_on_from_one():
    assert MigrationLoader(None).detect_conflicts() == {}
