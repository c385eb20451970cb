import uuid

from django.core.cache import caches


def empty_cache() -> None:
    """A cache nobody wrote to. Keys get a prefix of their own: emptying a shared Redis would disturb other tests."""
    caches["default"].key_prefix = uuid.uuid4().hex
