"""`make test-engines`: starts the engines where they do not run, then the suite on them.

Everything but the browser runs on PostgreSQL and Redis. Elasticsearch serves only the tests that ask for it by
ENGINES_SEARCH_URL: the others are about the site whatever its search engine.
"""

import os
import sys

from ops.engines import start
from ops.place import EngineFailed

SELECTION = ["-m", "not browser and not drill", "--numprocesses", "2", "--dist", "loadfile"]


def main(words: list[str]) -> None:
    addresses = start()
    os.environ.update(
        DATABASE_URL=addresses["DATABASE_URL"],
        CACHE_URL=addresses["CACHE_URL"],
        ENGINES_SEARCH_URL=addresses["SEARCH_URL"],
        GANDAN_REQUIRE_ENGINES="1",
    )
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *SELECTION, *words])  # noqa: S606


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except EngineFailed as failure:
        sys.exit(str(failure))
