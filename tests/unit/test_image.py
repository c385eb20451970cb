"""No container engine runs here, so the image is read instead: what it names must exist."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "compose.yaml").read_text()
OURS = ("migrate", "web", "worker")
PINNED = re.compile(r":\d+\.\d+\.?\d*(-[a-z]+)*$")


@pytest.fixture
def services() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE)["services"]


def instructions() -> list[tuple[str, str]]:
    """(instruction, the rest) of every line of the Dockerfile, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines if line.strip()]


def last_stage() -> list[tuple[str, str]]:
    words = instructions()
    begins = max(number for number, (name, _) in enumerate(words) if name == "FROM")
    return words[begins:]


def named(instruction: str, stage: list[tuple[str, str]]) -> list[str]:
    return [rest for name, rest in stage if name == instruction]


def example_names() -> set[str]:
    return set(re.findall(r"^#?\s?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def copied_from_the_work_tree() -> list[str]:
    copies = [shlex.split(rest) for rest in named("COPY", instructions()) if not rest.startswith("--from")]
    return [source for words in copies for source in words[:-1]]


def runs(word: str) -> None:
    """Fails unless a program of ours or a command of manage.py by this line exists."""
    words = shlex.split(word)
    assert words[0] in {"python", "gunicorn"}
    if words[:2] == ["python", "manage.py"]:
        assert words[2] in get_commands()


def test_everything_copied_into_the_image_exists() -> None:
    for source in copied_from_the_work_tree():
        assert (ROOT / source).exists(), source


def test_the_build_sees_exactly_what_it_copies() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied_from_the_work_tree())


def test_every_app_of_ours_is_in_the_image() -> None:
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps <= set(copied_from_the_work_tree())


def test_base_images_are_pinned_to_a_release(services: dict[str, Any]) -> None:
    bases = [rest.split()[0] for rest in named("FROM", instructions())]
    engines = [service["image"] for name, service in services.items() if name not in OURS]
    for image in bases + engines:
        assert PINNED.search(image), image


def test_the_image_runs_as_nobody_special() -> None:
    (user,) = named("USER", last_stage())
    assert user.isdecimal()
    assert int(user) > 0
    assert f"--uid {user}" in " ".join(named("RUN", last_stage()))


def test_the_last_stage_installs_nothing() -> None:
    for line in named("RUN", last_stage()):
        assert not re.search(r"apt|pip|curl|gcc", line)


def test_the_start_command_only_serves() -> None:
    (command,) = named("CMD", last_stage())
    words = json.loads(command)
    assert words[0] == "gunicorn"
    assert words[-1] == "gandan.wsgi"
    assert "migrate" not in command


def test_the_health_check_is_python_that_asks_the_health_page() -> None:
    (check,) = named("HEALTHCHECK", last_stage())
    program = json.loads(check[check.index("CMD") + 3 :])
    assert program[:2] == ["python", "-c"]
    assert "/health/" in program[2]
    compile(program[2], "HEALTHCHECK", "exec")


def test_the_build_calls_commands_that_exist() -> None:
    lines = " ".join(named("RUN", instructions()))
    for command in re.findall(r"manage\.py (\w+)", lines + COMPOSE + (ROOT / "Procfile").read_text()):
        assert command in get_commands(), command


def test_our_containers_may_write_only_where_state_lies(services: dict[str, Any]) -> None:
    for name in OURS:
        assert services[name]["read_only"] is True
        assert services[name]["tmpfs"] == ["/tmp"]
        assert services[name]["volumes"] == ["site-data:/data"]


def test_the_database_is_readied_before_the_web_server_starts(services: dict[str, Any]) -> None:
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    runs(services["worker"]["command"])


def test_every_volume_and_network_named_is_declared(services: dict[str, Any]) -> None:
    declared = yaml.safe_load(COMPOSE)
    for service in services.values():
        assert set(service.get("networks", [])) <= set(declared["networks"])
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in declared["volumes"]


def test_engines_are_not_reachable_from_outside(services: dict[str, Any]) -> None:
    for name, service in services.items():
        if name not in OURS:
            assert service["networks"] == ["engines"]
            assert "ports" not in service
    assert yaml.safe_load(COMPOSE)["networks"]["engines"] == {"internal": True}
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_every_variable_the_image_names_is_in_the_example(services: dict[str, Any]) -> None:
    named_here = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    for name in OURS:
        named_here |= set(services[name]["environment"])
    assert named_here <= example_names()
