"""Management commands one after another in one process, since Django takes seconds to start.

Reads a JSON list of words a line; answers each with a JSON object on one line: `said`, what the command wrote, and
`failed`.
"""

import contextlib
import io
import json
import os
import sys
import traceback

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.settings")
    for line in sys.stdin:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            failed = run(json.loads(line))
        print(json.dumps({"failed": failed, "said": said.getvalue()}), flush=True)


def run(words: list[str]) -> bool:
    """Whether the command failed."""
    try:
        execute_from_command_line(["manage.py", *words])
    except SystemExit as end:
        return bool(end.code)
    except Exception:
        traceback.print_exc()
        return True
    return False


if __name__ == "__main__":
    main()
