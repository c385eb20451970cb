from gandan.founding import Homes, place
from news.models import NewsIndexPage

TITLES = {"vi": "Tin xã", "en": "News", "ar": "أخبار البلدية"}
INTROS = {
    "vi": "Thông báo, niêm yết công khai, việc xã đã làm.",
    "en": "Notices, public postings, and what the commune has done.",
    "ar": "إعلانات ومنشورات عامة وما أنجزته البلدية.",
}


def make_index(homes: Homes) -> None:
    place(
        homes,
        "tin-tuc",
        lambda language: NewsIndexPage(title=TITLES[language], intro=INTROS[language], show_in_menus=True),
    )
