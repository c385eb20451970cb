"""Environment variables, read once at start.

Every reader names the variable and shows an example when a value is missing or malformed, so that a clerk's
technician can mend `.env` from the one line that start-up prints.
"""

import ipaddress
import os
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

DATABASE_ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
EXAMPLES = {
    "ENV_FILE": "ENV_FILE=.env",
    "SECRET_KEY": "SECRET_KEY=<50 random characters>",
    "FIELD_KEYS": "FIELD_KEYS=<a key of 44 characters>,<an older key>",
    "DEBUG": "DEBUG=off",
    "ALLOWED_HOSTS": "ALLOWED_HOSTS=huongdong.example,www.huongdong.example",
    "BASE_URL": "BASE_URL=https://huongdong.example",
    "CSRF_TRUSTED_ORIGINS": "CSRF_TRUSTED_ORIGINS=https://huongdong.example",
    "TRUSTED_PROXIES": "TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8",
    "HTTPS": "HTTPS=on",
    "HSTS_SECONDS": "HSTS_SECONDS=31536000",
    "STAFF_TWO_FACTOR": "STAFF_TWO_FACTOR=required",
    "DATA_DIR": "DATA_DIR=var",
    "DATABASE_URL": "DATABASE_URL=postgres://gandan:secret@127.0.0.1:5432/gandan",
    "CACHE_URL": "CACHE_URL=redis://127.0.0.1:6379/0",
    "SEARCH_URL": "SEARCH_URL=database://",
    "SEARCH_API_KEY": "SEARCH_API_KEY=",
    "EMAIL_URL": "EMAIL_URL=smtp+tls://user:password@mail.example:587",
    "DEFAULT_FROM_EMAIL": "DEFAULT_FROM_EMAIL=Gần Dân <khong-tra-loi@huongdong.example>",
    "SERVE_MEDIA": "SERVE_MEDIA=on",
    "DEMO_PASSWORD": "DEMO_PASSWORD=",
}


def fail(name: str, problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {problem}. Example: {EXAMPLES[name]}")


def read(name: str, parse: Callable[[str], Any], default: Any = environ.Env.NOTSET) -> Any:
    """The parsed value of a variable; `default` is returned as it is when the variable is unset or empty.

    The raw value is taken as it stands: a password that begins with `$` is no reference to another variable.
    """
    raw = os.environ.get(name, "").strip()
    if not raw:
        if default is environ.Env.NOTSET:
            raise fail(name, "is not set")
        return default
    try:
        return parse(raw)
    except (ValueError, ImproperlyConfigured) as error:
        raise fail(name, f"cannot be used ({error})") from error


def read_file(base: Path) -> None:
    """Take what the environment does not set from ENV_FILE, by default `.env` in `base`; empty reads no file."""
    named = os.environ.get("ENV_FILE", ".env")
    if not named:
        return
    path = base / named
    if path.is_file():
        env.read_env(path)
    elif named != ".env":
        raise fail("ENV_FILE", f"names {path}, which is no file")


def made(name: str, path: Path) -> Path:
    """The folder that variable `name` means, made when it is absent."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fail(name, f"names {path}, which cannot be made ({error.strerror})") from error
    return path


def text(raw: str) -> str:
    return raw


def secret(raw: str) -> str:
    if len(raw) < 50:
        raise ValueError(f"{len(raw)} characters are too few, 50 are needed")
    if len(set(raw)) < 5:
        raise ValueError("the characters must be random")
    return raw


def switch(raw: str) -> bool:
    word = raw.lower()
    if word in {"on", "true", "yes", "1"}:
        return True
    if word in {"off", "false", "no", "0"}:
        return False
    raise ValueError(f"{raw!r} is neither on nor off")


def listed(raw: str) -> list[str]:
    items = [item.strip() for item in raw.split(",") if item.strip()]
    if not items:
        raise ValueError("the list is empty")
    return items


def hosts(raw: str) -> list[str]:
    """Host names without scheme, port or path; `*` alone would let anybody write our links."""
    for item in listed(raw):
        if item == "*" or set(item) & set("/ @") or item.rpartition("]")[2].count(":"):
            raise ValueError(f"{item!r} is no host name")
    return listed(raw)


def origins(raw: str) -> list[str]:
    return [web_address(item) for item in listed(raw)]


def seconds(raw: str) -> int:
    value = int(raw)
    if value < 0:
        raise ValueError("seconds cannot be negative")
    return value


def one_of(*words: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if raw not in words:
            raise ValueError(f"{raw!r} is none of {', '.join(words)}")
        return raw

    return parse


def fernet_keys(raw: str) -> list[str]:
    """Keys for encryption at rest, newest first."""
    keys = listed(raw)
    for key in keys:
        Fernet(key)
    return keys


def web_address(raw: str) -> str:
    """Scheme and host without a path or closing slash."""
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        raise ValueError("an address with http:// or https://, a host and no path is needed")
    return f"{parts.scheme}://{parts.netloc}"


def networks(raw: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(item) for item in listed(raw)]


def folder(base: Path) -> Callable[[str], Path]:
    """A folder; a relative one is meant from `base`."""

    def parse(raw: str) -> Path:
        return (base / raw).resolve()

    return parse


def database(raw: str) -> dict[str, Any]:
    config = env.db_url_config(raw) if "://" in raw else {}
    if config.get("ENGINE") not in DATABASE_ENGINES:
        raise ValueError("it starts with postgres:// or sqlite://")
    return config


def cache(raw: str) -> dict[str, Any]:
    return env.cache_url_config(raw)


def email(raw: str) -> dict[str, Any]:
    """The transport behind the outbox, as Django's e-mail settings."""
    config = env.email_url_config(raw)
    if config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]:
        raise ValueError("no host is named")
    return config


def mailbox(raw: str) -> str:
    """`Name <address>` or an address alone."""
    if "\n" in raw or "@" not in parseaddr(raw)[1].strip("@"):
        raise ValueError("a name and an address in <> are needed")
    return raw


def search(raw: str) -> dict[str, Any]:
    """`database://` or `elasticsearch[s]://host:9200,host2:9200/prefix` as {"engine", "hosts", "prefix"}."""
    scheme, _, rest = raw.partition("://")
    if scheme == "database":
        return {"engine": "database", "hosts": [], "prefix": ""}
    if scheme not in {"elasticsearch", "elasticsearchs"}:
        raise ValueError("it starts with database:// or elasticsearch:// or elasticsearchs://")
    hosts, _, prefix = rest.partition("/")
    if not hosts:
        raise ValueError("no host is named")
    protocol = "https" if scheme.endswith("s") else "http"
    return {
        "engine": "elasticsearch",
        "hosts": [f"{protocol}://{host}" for host in listed(hosts)],
        "prefix": prefix or "gandan",
    }
