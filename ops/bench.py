"""`make bench`: the benchmarks side by side, on the public collection where it is at hand, else on our small one."""

import os
import tempfile
from pathlib import Path

from django.core.management import execute_from_command_line

from ops.check import production

ROOT = Path(__file__).resolve().parents[1]
PADDING = "1000"


def main() -> None:
    shared = Path(os.environ.get("GANDAN_SHARED", ROOT.parent / "shared")) / "eval"
    has_shared = (shared / "docs.jsonl").exists()
    words = [str(shared), "--pad", PADDING] if has_shared else [str(ROOT / "tests/data/search")]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(production(folder))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandan.settings")
        execute_from_command_line(["manage.py", "bench_search", *words])


if __name__ == "__main__":
    main()
