from datetime import date, datetime, time

from django.utils import timezone

from gandan.demo import Tell
from gandan.publishing import publish_new
from home.demo.rows import Row, fields, picture
from home.models import HomePage, InfoPage
from home.prose import blocks


def load_info_pages(rows: list[Row], first_day: date, tell: Tell) -> None:
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    published_at = timezone.make_aware(datetime.combine(first_day, time(8)))
    for row in rows:
        parent = homes[row.get("language", "vi")]
        if parent.get_children().filter(slug=row["slug"]).exists():
            continue
        page = InfoPage(
            also_called="\n".join(row.get("also_called", [])),
            body=_body(row),
            **fields(row, ("slug", "title", "summary")),
        )
        publish_new(parent, page, published_at)
        tell(row["title"])


def _body(row: Row) -> list[tuple[str, object]]:
    body: list[tuple[str, object]] = list(blocks(row["body"]))
    if row.get("picture"):
        image = picture(row["picture"], row["picture"])
        body.insert(0, ("picture", {"image": image, "alt": row["picture_alt"], "caption": ""}))
    return body
