"""Is every text of the site translated? `python -m ops.check_catalogues [FOLDER]`, FOLDER being the tree to read.

Catalogues with an empty or fuzzy entry, or one that loses a placeholder, fail. Where GNU xgettext is installed, the
sources are read anew in a copy, so that a text nobody has entered yet fails too. English is what is in the code.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("vi", "ar")
SOURCES = ("site/gandan", "home", "guides", "news", "feedback", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def main(root: Path) -> int:
    if shutil.which("xgettext"):
        with tempfile.TemporaryDirectory() as folder:
            problems = faults(read_anew(root, Path(folder)))
    else:
        print("xgettext is not installed here: texts that are in no catalogue yet were not looked for.")
        problems = faults(root / "site" / "locale")
    problems += [
        fault for path in sorted((root / "site" / "locale_wagtail").rglob("*.po")) for fault in of(path)
    ]
    print("\n".join(problems))
    return 1 if problems else 0


def read_anew(root: Path, folder: Path) -> Path:
    """A copy of the catalogues with every text that the sources hold today."""
    for name in SOURCES:
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("migrations", "*.mo"))
    catalogues = folder / "locale"
    if (root / "site" / "locale").is_dir():
        shutil.copytree(root / "site" / "locale", catalogues)
    catalogues.mkdir(exist_ok=True)
    words = [word for language in LANGUAGES for word in ("-l", language)]
    django = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", "--no-location", *words]
    subprocess.run(
        django, cwd=folder, check=True, capture_output=True, env={"PATH": "/usr/local/bin:/usr/bin:/bin"}
    )
    return catalogues


def faults(catalogues: Path) -> list[str]:
    return [
        fault for language in LANGUAGES for fault in of(catalogues / language / "LC_MESSAGES" / "django.po")
    ]


def of(path: Path) -> list[str]:
    language = path.parents[1].name
    if not path.exists():
        return [f"{language}: there is no catalogue"]
    return [
        f"{language}: {fault}: {entry.msgid!r}"
        for entry in polib.pofile(str(path))
        if not entry.obsolete and (fault := fault_of(entry))
    ]


def fault_of(entry: polib.POEntry) -> str:
    """What is wrong with an entry, or an empty text. Plural forms may leave out the number itself."""
    if entry.fuzzy:
        return "not reviewed"
    if not entry.translated():
        return "not translated"
    if entry.msgid_plural:
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural))
        lost = any(set(PLACEHOLDER.findall(form)) - wanted for form in entry.msgstr_plural.values())
    else:
        lost = sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr))
    return "other placeholders" if lost else ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT))
