"""Which texts of the source ask for a translation: a reader of Python and of templates, without GNU gettext.

Only words written out can be translated: `_(name)` is passed over (the words stand where the name gets them), but an
f-string or a sum inside the call is a mistake and raises UntranslatableText.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from django.utils.translation.template import templatize

SOURCE_FOLDERS = ("feedback", "guides", "home", "news", "site/gandan", "templates")
TEMPLATE_KINDS = frozenset({".html", ".js", ".json", ".txt", ".xml"})
# Only editors and officials meet these, and they work in Vietnamese (or English). Whatever a model says in its
# class body (names of fields, help, headings of panels) is theirs too, except the labels of choices.
STAFF_SOURCES = (
    "*/admin_*.py",
    "*/blocks.py",
    "*/importing/*",
    "*/management/*",
    "*/packs/*",
    "*/panels.py",
    "*/remarks*.py",
    "*/pasting/*",
    "*/viewsets.py",
    "*/wagtail_hooks.py",
    "feedback/commitments/desk.py",
    "feedback/commitments/forms.py",
    "feedback/commitments/keeping.py",
    "feedback/desk*.py",
    "feedback/views/looks.py",
    "feedback/alarms.py",
    "feedback/checking.py",
    "feedback/digest.py",
    "feedback/explaining.py",
    "feedback/guarding.py",
    "feedback/handling/arranging.py",
    "feedback/handling/moving.py",
    "feedback/handling/recording.py",
    "feedback/views/desk*.py",
    "feedback/views/routing.py",
    "templates/email/case_escalated.txt",
    "templates/email/case_news.txt",
    "templates/email/digest.txt",
    "templates/email/search_week.txt",
    "templates/feedback/routing.html",
    "guides/counting/*",
    "guides/gate.py",
    "guides/branch_words.py",
    "guides/guide_form.py",
    "guides/helping/coordination_forms.py",
    "guides/helping/hours_file.py",
    "guides/helping/roles_form.py",
    "guides/helping/views/coordination.py",
    "templates/guides/helping/board.html",
    "templates/guides/helping/everyone.html",
    "templates/guides/helping/session.html",
    "guides/tally*.py",
    "guides/lesson_form.py",
    "guides/lesson_rules.py",
    "guides/troubleshooter_form.py",
    "guides/tables/*",
    "guides/law_citations.py",
    "guides/overdue*.py",
    "guides/versions_panel.py",
    "site/gandan/folded_lists.py",
    "site/gandan/pack*.py",
    "site/gandan/refusals.py",
    "site/gandan/search/dictionary.py",
    "site/gandan/search/weekly.py",
    "site/gandan/search/pack.py",
    "feedback/filing.py",
    "site/gandan/second_factor.py",
    "site/gandan/sign_in*.py",
    "site/gandan/strict_json.py",
    "site/gandan/zips.py",
    "templates/account/*",
    "templates/allauth/*",
    "templates/email/case_assigned*",
    "templates/email/weekly_sessions.txt",
    "templates/email/overdue*",
    "templates/email/plan_refused*",
    "templates/feedback/commitments/desk*",
    "templates/feedback/desk*",
    "templates/feedback/looks.html",
    "templates/feedback/remarks*",
    "templates/guides/counting/*",
    "templates/guides/admin/*",
    "templates/mfa/*",
    "templates/styleguide*",
    "templates/wagtailadmin/*",
)
# Where the context, the words and their plural stand among a function's arguments.
ARGUMENTS = {
    "gettext": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")


class UntranslatableText(ValueError):
    """Words put together at run time inside a translation call: no catalogue can hold them."""


class TwoPlurals(ValueError):
    """The same words with two different plurals: a catalogue holds one."""


@dataclass(frozen=True)
class Words:
    msgid: str
    plural: str = ""
    context: str = ""


@dataclass
class Message:
    words: Words
    sources: set[str] = field(default_factory=set)
    public: bool = False


Key = tuple[str, str]  # context and msgid, what a catalogue looks words up by


def collect(root: Path) -> dict[Key, Message]:
    """Every message below the root; sources are paths relative to it."""
    messages: dict[Key, Message] = {}
    for path in source_files(root):
        source = path.relative_to(root).as_posix()
        for words, for_staff in words_of(path, source):
            add(messages, words, source, public=not for_staff)
    return messages


def source_files(root: Path) -> Iterator[Path]:
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in TEMPLATE_KINDS | {".py"} and "migrations" not in path.parts:
                yield path


def words_of(path: Path, source: str) -> Iterator[tuple[Words, bool]]:
    """The words of one file, each with whether only staff meets it."""
    text = path.read_text(encoding="utf-8")
    for_staff = any(fnmatch(source, pattern) for pattern in STAFF_SOURCES)
    if path.suffix != ".py":
        yield from ((words, for_staff) for words in words_of_template(text, source))
        return
    is_model = "models" in Path(source).with_suffix("").parts
    for words, in_class_body in words_of_python(text, source):
        yield words, for_staff or (is_model and in_class_body)


def words_of_template(text: str, source: str) -> Iterator[Words]:
    for name, literals in CALL.findall(templatize(text, origin=source)):
        found = [ast.literal_eval(literal) for literal in re.findall(LITERAL, literals)]
        yield as_words("gettext" if name == "_" else name, found)


def words_of_python(text: str, source: str) -> list[tuple[Words, bool]]:
    """Each with whether it stands in the body of a class that is no set of choices, outside its methods."""
    finder = CallFinder(source)
    finder.visit(ast.parse(text, filename=source))
    return finder.found


class CallFinder(ast.NodeVisitor):
    def __init__(self, source: str) -> None:
        self.source = source
        self.functions: dict[str, str] = {}  # local name → key of ARGUMENTS
        self.in_class_body = False
        self.found: list[tuple[Words, bool]] = []

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module == "django.utils.translation":
            for name in node.names:
                if (function := name.name.removesuffix("_lazy").removesuffix("_noop")) in ARGUMENTS:
                    self.functions[name.asname or name.name] = function

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        is_choices = any(ast.unparse(base).endswith("Choices") for base in node.bases)
        self.visit_inside(node, in_class_body=not is_choices)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.visit_inside(node, in_class_body=False)

    def visit_inside(self, node: ast.AST, *, in_class_body: bool) -> None:
        before, self.in_class_body = self.in_class_body, in_class_body
        self.generic_visit(node)
        self.in_class_body = before

    def visit_Call(self, node: ast.Call) -> None:
        if (function := self.function_of(node)) is not None:
            given = node.args[: len(ARGUMENTS[function])]
            if all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in given):
                words = as_words(function, [ast.literal_eval(one) for one in given])
                self.found.append((words, self.in_class_body))
            elif any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in given):
                raise UntranslatableText(f"{self.source}:{node.lineno}: {ast.unparse(node)}")
        self.generic_visit(node)

    def function_of(self, node: ast.Call) -> str | None:
        """Also finds `translation.gettext(…)`, whatever the module is called here."""
        if isinstance(node.func, ast.Name):
            return self.functions.get(node.func.id)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = name.removesuffix("_lazy").removesuffix("_noop")
        return name if name in ARGUMENTS else None


def as_words(function: str, given: list[str]) -> Words:
    return Words(**dict(zip(ARGUMENTS[function], given, strict=False)))


def add(messages: dict[Key, Message], words: Words, source: str, *, public: bool) -> None:
    """Joins a singular and a plural use of the same words; two different plurals raise TwoPlurals."""
    if not words.msgid:
        return
    message = messages.setdefault((words.context, words.msgid), Message(words))
    if words.plural and message.words.plural and words.plural != message.words.plural:
        raise TwoPlurals(f"{source}: {words.msgid!r} has the plural {message.words.plural!r} elsewhere")
    if words.plural:
        message.words = words
    message.sources.add(source)
    message.public = message.public or public
