"""The plan of the house holds: who may import whom, and no room grows too large."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("home", "guides", "news", "feedback")
ROOMS = {**{app: ROOT / app for app in APPS}, "gandan": ROOT / "site" / "gandan"}
MAY_IMPORT = {
    "home": {"home", "gandan"},
    "guides": {"guides", "home", "gandan"},
    "news": {"news", "home", "gandan"},
    "feedback": {"feedback", "home", "gandan"},
    "gandan": {"gandan"},
}
NOBODYS = {"gandan.settings", "gandan.urls"}


def modules() -> list[tuple[str, Path]]:
    return [
        (room, path)
        for room, folder in ROOMS.items()
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
    ]


def imported(path: Path) -> Iterator[str]:
    """Dotted names of everything a module imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
            assert not node.level, f"{path}: a relative import hides where it goes"


def test_every_import_follows_the_arrows():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for room, path in modules()
        for name in imported(path)
        if name.split(".")[0] in ROOMS and name.split(".")[0] not in MAY_IMPORT[room]
    ]
    assert not wrong, "\n".join(wrong)


def test_nobody_imports_settings_or_urls():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for _, path in modules()
        for name in imported(path)
        if any(f"{name}.".startswith(f"{forbidden}.") for forbidden in NOBODYS)
    ]
    assert not wrong, "\n".join(wrong)


def test_an_arrow_against_the_plan_would_be_seen(tmp_path):
    module = tmp_path / "x.py"
    module.write_text("def f():\n    from feedback.models import Case\n    import gandan.settings\n")
    assert set(imported(module)) == {"feedback.models.Case", "gandan.settings"}


def test_no_style_sheet_or_script_of_ours_names_another_host():
    for path in (ROOT / "site" / "static").rglob("*.[cj]s*"):
        text = path.read_text(encoding="utf-8")
        assert "http://" not in text.replace("http://www.w3.org/", ""), path
        assert "https://" not in text, path
