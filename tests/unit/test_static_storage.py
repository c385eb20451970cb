import pytest

from gandan.static_storage import shorten


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
