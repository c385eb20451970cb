from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from gandan.static_storage import ShortStaticFilesStorage, shorten


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* why */\n.a {\n  color: red;\n}\n", ".a{color: red}"),
        (".a > .b + .c,\n.d { margin: 0 auto; }", ".a > .b + .c,.d{margin: 0 auto}"),
        ('.a::before { content: "a  ;  b"; }', '.a::before{content: "a  ;  b"}'),
        (".a :is(h2, h3) { width: calc(1px + 2px) }", ".a :is(h2,h3){width: calc(1px + 2px)}"),
        ("@media (min-width: 64em) {\n  .a { b: c; }\n}", "@media (min-width: 64em){.a{b: c}}"),
        (".a { b: url('x  y.png'); }", ".a{b: url('x  y.png')}"),
    ],
)
def test_a_style_sheet_loses_only_what_has_no_meaning(written, sent):
    assert shorten(written) == sent


def test_every_copy_of_a_style_sheet_arrives_whole(tmp_path):
    """The plain copy and the one with a hash in its name, whose content was already read once to make the hash."""
    storage = ShortStaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.manifest_storage = FileSystemStorage(location=tmp_path)
    for path in ("css/print.css", "css/site.css", "fonts/gan-dan-700.woff2", "img/icon.svg"):
        with Path(find(path)).open("rb") as file:
            storage.save(path, File(file))
    files = {path: (storage, path) for path in ("css/print.css", "css/site.css", "fonts/gan-dan-700.woff2")}
    for _ in storage.post_process(files):
        pass
    sheets = list((tmp_path / "css").glob("*.css"))
    assert len(sheets) == 4
    assert all(len(sheet.read_text()) > 1_000 and "/*" not in sheet.read_text() for sheet in sheets)
