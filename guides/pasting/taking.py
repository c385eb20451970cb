"""Ticked rows go into a draft: the editor's own act. Nothing that was not ticked changes; nothing is published."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guides.drafting import create_draft, newest, save_draft
from guides.importing.values import filled, read_values, write_values
from guides.models import GuidesIndexPage, ProcedurePage
from guides.models.choices import FeeState, TimeUnit
from guides.pasting.recognising import Recognised
from guides.pasting.suggestions import FEE_COLUMNS, LISTS, PLAIN, TIME_COLUMNS, Row, same_row
from home.models import User

_NEW_TERM: Row = {
    "channel": "",
    "situation": "",
    "time_value": None,
    "time_unit": str(TimeUnit.WORKING_DAY),
    "cut_off": None,
    "time_note": "",
    "fee_state": str(FeeState.UNKNOWN),
    "fee_amount": None,
    "fee_note": "",
    "exemptions": "",
}


def taken(
    found: Recognised, current: Mapping[str, Any], ticked: Collection[str], replaced: Collection[str]
) -> dict[str, Any]:
    """The values to set. Ticked rows join those of the guide (one that speaks of the same is changed in place);
    in lists named by `replaced` they take their place."""
    values = {name: found.values[name] for name in PLAIN if name in ticked and name in found.values}
    for name in LISTS:
        rows = _ticked_rows(name, found, ticked)
        if rows:
            now = [] if name in replaced else [dict(row) for row in current.get(name, [])]
            values[name] = _joined(name, now, rows)
    return {name: value for name, value in filled(values).items() if value != current.get(name)}


def _ticked_rows(name: str, found: Recognised, ticked: Collection[str]) -> list[Row]:
    rows = enumerate(found.values.get(name, []))
    if name == "terms":
        return [part for i, row in rows if (part := _ticked_term(f"terms.{i}", row, ticked))]
    return [row for i, row in rows if f"{name}.{i}" in ticked]


def _ticked_term(key: str, row: Row, ticked: Collection[str]) -> Row:
    """Only the columns of what was ticked; {} when neither time nor fee was."""
    columns = [
        *(TIME_COLUMNS if f"{key}.time" in ticked else ()),
        *(FEE_COLUMNS if f"{key}.fee" in ticked else ()),
    ]
    return {column: row[column] for column in ("channel", "situation", *columns)} if columns else {}


def _joined(name: str, now: list[Row], rows: list[Row]) -> list[Row]:
    join: dict[str, Callable[[Row, Row], Row]] = {"papers": _paper, "terms": _term, "legal_basis": _law}
    for row in rows:
        twin = same_row(name, row, now)
        if twin is None:
            now.append({**_NEW_TERM, **row} if name == "terms" else dict(row))
        else:
            twin.update(join.get(name, _all)(twin, row))
    return now


def _all(_twin: Row, row: Row) -> Row:
    return row


def _paper(_twin: Row, row: Row) -> Row:
    """What an editor added to the paper stays: its note and its form."""
    return {name: row[name] for name in ("name", "kind", "originals", "copies")}


def _term(_twin: Row, row: Row) -> Row:
    """Who pays nothing stays named where the text does not speak of it."""
    return {name: value for name, value in row.items() if name != "exemptions" or value}


def _law(_twin: Row, _row: Row) -> Row:
    """The article an editor noted stays."""
    return {}


@transaction.atomic
def put_into_guide(
    page: ProcedurePage,
    found: Recognised,
    ticked: Collection[str],
    replaced: Collection[str],
    user: User,
) -> bool:
    """A new draft revision; False when the guide says all of it already."""
    latest = newest(page)
    values = taken(found, read_values(latest), ticked, replaced)
    code = found.code if "code" in ticked and found.code != latest.code else ""
    if not values and not code:
        return False
    write_values(latest, values, found.laws)
    latest.code = code or latest.code
    latest.clean()
    save_draft(page, latest, user)
    return True


@transaction.atomic
def put_into_new_guide(
    index: GuidesIndexPage, found: Recognised, ticked: Collection[str], user: User
) -> ProcedurePage:
    """A guide nobody sees yet, below the index. A title is needed and made up when none was ticked."""
    page = ProcedurePage(live=False, locale_id=index.locale_id, title=_("Procedure from pasted text"))
    page.code = found.code if "code" in ticked else ""
    write_values(page, taken(found, {}, ticked, ()), found.laws)
    page.clean()
    create_draft(index, page, user)
    return page
