"""What README, CONTRIBUTING and docs print can be done: commands exist, links lead somewhere, the ways through work."""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NEEDS_A_NETWORK = {"make .venv"}
PRODUCTION = {
    "ENV_FILE": "",
    "SECRET_KEY": "kho-doan-" * 6,
    "FIELD_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMTE=",
    "ALLOWED_HOSTS": "huongdong.example",
    "BASE_URL": "https://huongdong.example",
}


def code(text: str) -> str:
    """What is printed as code, blocks and single words; a block's lines stay lines."""
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))])


def block_below(heading: str) -> list[str]:
    section = (ROOT / "README.md").read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[0].splitlines()


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """The environment of a new installation in production, its state in a folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, **PRODUCTION, "DATA_DIR": str(tmp_path)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_printed_exists(document: Path) -> None:
    printed = code(document.read_text())
    targets = set(re.findall(r"^([\w.-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"^make ([\w.-]+)", printed, re.MULTILINE)) <= targets
    assert set(re.findall(r"manage\.py (\w+)", printed)) <= set(get_commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text())
    inside = [link for link in links if not link.startswith(("http:", "https:"))]
    assert [link for link in inside if not (document.parent / link).exists()] == []


def test_the_table_of_settings_names_each_variable_of_the_example() -> None:
    example = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "README.md").read_text(), re.MULTILINE)) == example


@pytest.mark.drill
def test_going_to_production_works_in_the_order_printed(installation: dict[str, str], tmp_path: Path) -> None:
    for line in block_below("Going to production"):
        if line in NEEDS_A_NETWORK:
            continue
        command = [sys.executable, *shlex.split(line)[1:]]
        done = subprocess.run(
            command, cwd=ROOT, env=installation, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    found = sqlite3.connect(tmp_path / "db.sqlite3").execute("SELECT count(*) FROM home_homepage")
    assert found.fetchone() == (3,)


def test_the_backup_printed_can_be_read_again(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    site = sqlite3.connect(tmp_path / "var/db.sqlite3")
    site.executescript("CREATE TABLE feedback_case (code text); INSERT INTO feedback_case VALUES ('GD-1')")
    (line,) = block_below("Backup")
    command = [sys.executable, *shlex.split(line)[1:]]
    subprocess.run(command, cwd=tmp_path, check=True)
    copy = sqlite3.connect(tmp_path / "var/backup.sqlite3")
    assert copy.execute("SELECT code FROM feedback_case").fetchall() == [("GD-1",)]
