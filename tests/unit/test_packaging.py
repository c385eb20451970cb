"""What a fresh clone is made of: locks in step with pyproject.toml, a tree without traps, no registry named."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNTIME = PROJECT["dependencies"]
DEV = PROJECT["optional-dependencies"]["dev"]
PIN = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;]+)(.*?)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE
)

# Releases with a security fix that we must not fall behind.
FLOORS = {
    "django": "5.2.19",
    "wagtail": "8.0.1",
    "pillow": "11.3.0",
    "gunicorn": "23.0.0",
    "cryptography": "45.0.0",
    "django-allauth": "65.9.0",
}
# Written in pieces, so that this file does not name them either.
REGISTRIES = [
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "repo.maven" + ".apache.org",
    "repo1.maven" + ".org",
    "deb.debian" + ".org",
    "docker.elastic" + ".co",
    "proxy.golang" + ".org",
    "crates" + ".io",
]
LONGEST = 400  # lines
LONGER_FOR_A_REASON = {
    "requirements.lock": "one line a hash",
    "requirements-dev.lock": "one line a hash",
    "site/static/css/site.css": "one request for the whole design; its layers are its chapters",
    "tests/unit/test_hostile_input.py": "every public form and parameter meets the same hostile letters",
}
FOLDERS = {".ci", "docs", "feedback", "guides", "home", "news", "ops", "site", "templates", "tests", "tools"}
TOP_FILES = {
    ".dockerignore",
    ".env.example",
    ".gitignore",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "Procfile",
    "README.md",
    "compose.yaml",
    "gunicorn.conf.py",
    "manage.py",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
}
SOURCES = {
    ".py",
    ".sh",
    ".html",
    ".css",
    ".js",
    ".yaml",
    ".lock",
    "",
}  # not .toml: the demo's are texts to read


def pins(lock: str) -> dict[str, Version]:
    text = (ROOT / lock).read_text()
    return {canonicalize_name(name): Version(version) for name, version, _, _ in PIN.findall(text)}


def tracked() -> list[str]:
    """Files git keeps; outside a clone there is nothing to look at."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this tree is not a git clone")
    names = listed.stdout.decode().split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [("requirements.lock", RUNTIME), ("requirements-dev.lock", RUNTIME + DEV)],
)
def test_a_lock_holds_every_dependency_of_the_project_in_a_version_it_allows(
    lock: str, wanted: list[str]
) -> None:
    locked = pins(lock)
    for line in wanted:
        requirement = Requirement(line)
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{line}: the lock has {version}; run make lock"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "ops/bootstrap.lock"])
def test_every_line_of_a_lock_is_one_version_with_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    begun = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(begun) == len(PIN.findall(text)) > 0


def test_tests_run_on_the_versions_that_production_gets() -> None:
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in runtime} == runtime


def test_versions_are_not_below_their_security_fixes() -> None:
    locked = pins("requirements.lock")
    for name, floor in FLOORS.items():
        assert locked[canonicalize_name(name)] >= Version(floor), name


def test_no_file_names_the_host_of_a_package_registry() -> None:
    for name in tracked():
        content = (ROOT / name).read_bytes()
        for host in REGISTRIES:
            assert host.encode() not in content, f"{name} names {host}"


def test_the_folder_named_site_is_no_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
    assert (ROOT / "site" / "gandan" / "__init__.py").exists()


def test_git_keeps_our_sources_and_ignores_what_an_installation_makes() -> None:
    tracked()
    kept = ["site/gandan/settings.py", "site/static/css/x.css", "home/demo/x.toml", "tests/data/x.json"]
    ignored = [".env", "var/db.sqlite3", ".venv/bin/python", "site/locale/vi/LC_MESSAGES/django.mo"]
    for path in kept + ignored:
        done = subprocess.run(["git", "check-ignore", "--no-index", "-q", path], cwd=ROOT, check=False)
        assert (done.returncode == 0) == (path in ignored), path


def test_the_top_of_the_tree_holds_the_house_and_nothing_left_lying_about() -> None:
    names = {name.partition("/")[::2] for name in tracked()}
    assert {folder for folder, inside in names if inside} == FOLDERS
    assert {file for file, inside in names if not inside} == TOP_FILES


def test_no_secrets_or_data_of_an_installation_are_in_git() -> None:
    assert not [name for name in tracked() if name == ".env" or name.startswith(("var/", ".venv/"))]


def test_no_source_file_is_longer_than_a_reader_holds_in_mind() -> None:
    sources = [name for name in tracked() if Path(name).suffix in SOURCES and "/migrations/" not in name]
    lengths = {name: len((ROOT / name).read_bytes().splitlines()) for name in sources}
    longer = {name for name, length in lengths.items() if length > LONGEST}
    assert longer <= set(LONGER_FOR_A_REASON)


@pytest.mark.parametrize("typed", [["make"], ["make", "help"]], ids=" ".join)
def test_make_alone_explains_every_command_of_the_contract(typed: list[str]) -> None:
    shown = subprocess.run(typed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    commands = "run dev serve test check engines engines-stop test-engines drill bench screenshots lock clean"
    for command in commands.split():
        assert re.search(rf"^  {command}  .*\w", shown, re.MULTILINE), command
