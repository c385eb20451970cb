"""Our own catalogues and their source: what a catalogue lacks, and bringing it in step.

Vietnamese must translate everything; Arabic what residents can meet. English needs no catalogue: the msgids are
English. Catalogues of words that are not ours (Django's, Wagtail's) are checked for sound entries only.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib
from django.conf import settings

from gandan.msgids import Key, Message

LANGUAGES = ("vi", "ar")
FOR_RESIDENTS_ONLY = frozenset({"ar"})
PLURAL_FORMS = {
    "vi": "nplurals=1; plural=0;",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}
# "Tomorrow", "no case", "one day", "two days": the first three Arabic forms may say the number as a word.
FORMS_THAT_MAY_SAY_THE_NUMBER = range(3)
LINE = 110  # characters, as in the rest of the source
# What is filled in at run time, and HTML: a translation that lost one breaks the page.
PLACEHOLDER = re.compile(r"%\(\w+\)0?\d*[a-zA-Z]|(?<!%)%[sd]|\{\w*\}|</?[a-z][^<>]*>")


def catalogue_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> polib.POFile:
    """The catalogue, or an empty one where none is written yet."""
    if path.exists():
        catalogue = polib.pofile(str(path), wrapwidth=LINE)
    else:
        catalogue = polib.POFile(wrapwidth=LINE)
        catalogue.fpath = str(path)
    catalogue.metadata = {
        "Project-Id-Version": "Gần Dân",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    return catalogue


def bring_in_step(catalogue: polib.POFile, messages: Mapping[Key, Message]) -> tuple[int, int]:
    """Adds what is new, removes what is gone, keeps every translation; how many were added and removed."""
    kept = {key_of(entry): entry for entry in catalogue if key_of(entry) in messages}
    added = messages.keys() - kept.keys()
    removed = len(catalogue) - len(kept)
    forms = plural_forms(catalogue)
    entries = [entry_for(messages[key], kept.get(key), forms) for key in messages]
    catalogue.clear()
    catalogue.extend(sorted(entries, key=order_of))
    return len(added), removed


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid)


def order_of(entry: polib.POEntry) -> tuple[str, str, str]:
    return (entry.msgid.casefold(), entry.msgid, entry.msgctxt or "")


def entry_for(message: Message, old: polib.POEntry | None, forms: int) -> polib.POEntry:
    """The old entry with its translation, or a new one; a text that gained a plural starts anew."""
    words = message.words
    if old is None or (old.msgid_plural or "") != words.plural:
        old = polib.POEntry(msgid=words.msgid, msgid_plural=words.plural, msgctxt=words.context or None)
        old.msgstr_plural = dict.fromkeys(range(forms), "") if words.plural else {}
    old.occurrences = [(source, "") for source in sorted(message.sources)]
    return old


def faults(catalogue: polib.POFile, language: str, messages: Mapping[Key, Message]) -> Iterator[str]:
    """One sentence for each thing that keeps the catalogue of a language from being complete."""
    entries = {key_of(entry): entry for entry in catalogue}
    for key, message in sorted(messages.items()):
        if language in FOR_RESIDENTS_ONLY and not message.public:
            continue
        place = ", ".join(sorted(message.sources))
        if key not in entries:
            yield f"{language}: missing {message.words.msgid!r} ({place})"
        elif not is_translated(entries[key], plural_forms(catalogue)) and not entries[key].fuzzy:
            yield f"{language}: untranslated {message.words.msgid!r} ({place})"
    yield from unsound(catalogue, language)


def plural_forms(catalogue: polib.POFile) -> int:
    """How many forms a plural has in the language, as the head of its catalogue says."""
    found = re.search(r"nplurals=(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def is_translated(entry: polib.POEntry, forms: int) -> bool:
    """A plural counts only when every form of the language is there."""
    if entry.msgid_plural:
        return len(entry.msgstr_plural) == forms and all(entry.msgstr_plural.values())
    return bool(entry.msgstr)


def unsound(catalogue: polib.POFile, language: str) -> Iterator[str]:
    """Doubtful entries, and translations that lost or invented a placeholder."""
    for entry in catalogue:
        if entry.fuzzy:
            yield f"{language}: fuzzy {entry.msgid!r}"
        elif entry.translated() and (wrong := wrong_placeholders(entry)):
            yield f"{language}: placeholders differ in {entry.msgid!r}: {wrong!r}"


def wrong_placeholders(entry: polib.POEntry) -> str | None:
    """The first translation whose placeholders are not those of the source; None when all are right."""
    if not entry.msgid_plural:
        differs = placeholders(entry.msgstr) != placeholders(entry.msgid)
        return entry.msgstr if differs else None
    wanted = placeholders(entry.msgid_plural)
    forms = {int(number): words for number, words in entry.msgstr_plural.items()}
    for number, words in forms.items():
        may_drop = 1 if len(forms) > 1 and number in FORMS_THAT_MAY_SAY_THE_NUMBER else 0
        here = placeholders(words)
        if not here <= wanted or len(wanted - here) > may_drop:
            return words
    return None


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
