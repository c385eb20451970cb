"""Accounts of the sample commune, made only when DEMO_PASSWORD is set."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from home.models import Official, User

# account → (its groups, the official it belongs to); volunteers have names of their own below
ACCOUNTS: dict[str, tuple[list[str], str]] = {
    "bientap": (["editor"], ""),
    "duyet": (["approver", "emergency publisher"], ""),
    "dieuphoi": (["coordinator"], ""),
    "lan": (["official"], "lan"),
    "binh": (["official", "coordinator"], "binh"),
    "lanhdao": (["leader", "official"], "minh"),
    "tinhnguyen": (["volunteer"], ""),
    "tinhnguyen2": (["volunteer"], ""),
}
NAMES = {"tinhnguyen": ("Trần Thị", "Mai"), "tinhnguyen2": ("Lê Văn", "Tâm")}


def load_accounts(tell: Callable[[str], None]) -> None:
    if not settings.DEMO_PASSWORD:
        tell("DEMO_PASSWORD is not set: no accounts")
        return
    call_command("create_groups", verbosity=0)
    for username, (groups, official) in ACCOUNTS.items():
        user, created = User.objects.get_or_create(username=username)
        if not created:
            continue
        user.email = f"{username}@huongdong.example"
        user.last_name, user.first_name = NAMES.get(username, ("", ""))
        user.set_password(settings.DEMO_PASSWORD)
        user.save()
        user.groups.set(Group.objects.filter(name__in=groups))
        Official.objects.filter(key=official, user=None).update(user=user)
        tell(username)
