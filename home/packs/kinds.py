from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from gandan.packs import Part, parts


def chosen_parts(kinds: str) -> list[Part]:
    """The parts named by `--kind`, with commas; all of them for nothing. CommandError for one this site has not."""
    wanted = [kind.strip() for kind in kinds.split(",") if kind.strip()]
    known = {part.name: part for part in parts()}
    unknown = [kind for kind in wanted if kind not in known]
    if unknown:
        words = {"kinds": ", ".join(unknown), "known": ", ".join(known)}
        raise CommandError(_("This site has no part “%(kinds)s”. It knows: %(known)s.") % words)
    return [part for name, part in known.items() if not wanted or name in wanted]
