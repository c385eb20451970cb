"""How the commune keeps its word, for everybody: the page, and the same numbers as CSV and JSON."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.figures.bars import ALL_LEGEND, LATE_LEGEND, all_bars, late_bars
from feedback.figures.counting import Tally, first_month
from feedback.figures.year import COLUMNS, Year, year_of
from gandan.pages import keep_fresh
from gandan.small_numbers import LEAST
from gandan.tables import csv_file

QUERY = "nam"


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    chosen, since, years = _chosen(request)
    figures = year_of(chosen, since, timezone.now())
    context = {
        "figures": figures,
        "year": str(chosen),
        "sums": _sums(figures.total),
        "late_legend": LATE_LEGEND,
        "all_legend": ALL_LEGEND,
        "columns": COLUMNS,
        "years": [
            {"title": str(year), "url": f"?{QUERY}={year}", "current": year == chosen} for year in years
        ],
        "late_bars": late_bars(figures.months),
        "all_bars": all_bars(figures.months),
        "least": LEAST,
        "tables": [
            (_("By month"), _("Month"), figures.months),
            (_("By topic"), _("Topic"), figures.topics),
            (_("By hamlet"), _("Hamlet"), figures.areas),
        ],
        "now": timezone.now(),
    }
    return keep_fresh(render(request, "feedback/figures/cases.html", context))


@require_safe
def cases_csv(request: HttpRequest) -> HttpResponse:
    """One row a line of the page; an empty cell is a number that is not published."""
    chosen, since, _years = _chosen(request)
    head = ["table", "name", *(key for key, *_rest in COLUMNS), "on_time_percent"]
    lines = year_of(chosen, since, timezone.now()).lines()
    body = [[table, line.name, *line.cells, _rate(line.ends)] for table, line in lines]
    return keep_fresh(csv_file(f"phan-anh-{chosen}.csv", [head, *body]))


@require_safe
def cases_json(request: HttpRequest) -> HttpResponse:
    chosen, since, years = _chosen(request)
    now = timezone.now()
    answer = JsonResponse(
        {
            "year": chosen,
            "years": list(years),
            "as_of": timezone.localtime(now).date().isoformat(),
            "definitions": {key: definition for key, _label, definition in COLUMNS}
            | {"on_time_percent": rate_words()},
            "null_means": _("not published, so that nobody can be guessed"),
            **_tables(year_of(chosen, since, now)),
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    return keep_fresh(answer)


def _sums(total: Tally | None) -> list[tuple[Any, int]]:
    return [(label, getattr(total, key)) for key, label, _words in COLUMNS[1:]] if total else []


def rate_words() -> str:
    return _("On time ÷ (on time + answered late + open and late). What is open in time is not judged yet.")


def _tables(figures: Year) -> dict[str, Any]:
    tables: dict[str, Any] = {"year_total": None, "month": [], "topic": [], "area": []}
    for table, line in figures.lines():
        keys = [key for key, *_rest in COLUMNS]
        row = {
            "name": line.name,
            **dict(zip(keys, line.cells, strict=True)),
            "on_time_percent": _rate(line.ends),
        }
        if table == "year":
            tables["year_total"] = row
        else:
            tables[table].append(row)
    return tables | {"conduct_remarks": figures.conduct}


def _rate(ends: Any) -> str | None:
    return None if ends is None or ends.rate is None else f"{ends.rate:.1f}"


def _chosen(request: HttpRequest) -> tuple[int, date, range]:
    """The year asked for, else the present one; the month of the oldest case; all years, newest first."""
    now = timezone.now()
    this_year, since = timezone.localdate(now).year, first_month(now)
    years = range(this_year, since.year - 1, -1)
    asked = request.GET.get(QUERY, "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this_year
    return (year if year in years else this_year), since, years
