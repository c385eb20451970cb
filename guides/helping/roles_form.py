"""The clerk's form of a session: a role for which somebody is confirmed stays."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm


class RolesForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = self.formsets.get("roles")
        if rows is not None and rows.is_bound:
            self._refuse_lost_people(rows)
        return cleaned

    def _refuse_lost_people(self, rows: Any) -> None:
        for row in rows.deleted_forms:
            if row.instance.pk and row.instance.taken:
                message = _("%(role)s: people are confirmed for it. Decline them first.")
                self.add_error(None, message % {"role": row.instance.get_role_display()})
