import hashlib
import secrets
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

SHOWN = 6  # first characters, by which people tell keys apart


class ApiKeyManager(models.Manager["ApiKey"]):
    def make(self, name: str, now: datetime) -> tuple["ApiKey", str]:
        """The row and the key itself, which is nowhere kept and cannot be shown again."""
        key = secrets.token_urlsafe(32)
        row = self.create(name=name, beginning=key[:SHOWN], key_hash=hash_key(key), made_at=now)
        return row, key

    def active(self, key: str) -> "ApiKey | None":
        return self.filter(key_hash=hash_key(key), is_active=True).first()


class ApiKey(models.Model):
    """Lets a program send service requests by Open311. A key has 256 random bits, so a plain hash keeps it."""

    name = models.CharField(_("whose program"), max_length=120)
    beginning = models.CharField(_("begins with"), max_length=SHOWN, editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    made_at = models.DateTimeField(_("made"), editable=False)

    objects = ApiKeyManager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("key for programs")
        verbose_name_plural = _("keys for programs")

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"


def hash_key(key: str) -> str:
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
