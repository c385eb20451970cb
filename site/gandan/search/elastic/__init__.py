"""The public search on Elasticsearch, for communes and provinces that have outgrown the database.

`document` is the mapping, `texts` fills it, `query` compiles a plan, `client` talks and gives up in time, `index` makes
and swaps indexes, `changes` and `sending` keep them in step, `doctor` compares them with the database.
"""

from django.conf import settings


def is_wanted() -> bool:
    """Whether this installation has an engine beside its database (`SEARCH_URL`)."""
    return bool(settings.SEARCH["engine"] == "elasticsearch")
