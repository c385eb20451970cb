"""A small commune for the tests of guides: home pages in three languages, the people and places the demo files name."""

from datetime import date

from guides.models import LegalBasis, LegalDocument, Paper, ProcedurePage, Term
from home.founding import found_site
from home.models import Area, HomePage, Official, Place, Unit
from tests.unit.founded_once import once

OFFICE = {str(day): "07:30-11:30, 13:30-17:00" for day in range(5)}
OFFICIALS = {
    "lan": ("Nguyễn Thị Lan", "mot-cua"),
    "binh": ("Trần Văn Bình", "mot-cua"),
    "hoa": ("Lê Thị Hòa", "mot-cua"),
    "minh": ("Bùi Quang Minh", "mot-cua"),
    "dung": ("Phạm Văn Dũng", "cong-an"),
    "hung": ("Đỗ Mạnh Hùng", "cong-an"),
    "thao": ("Vũ Thị Thảo", "van-hoa-xa-hoi"),
    "nam": ("Hoàng Văn Nam", "kinh-te"),
}
PLACES = {
    "trung-tam": ("Trung tâm Phục vụ hành chính công xã", "doai"),
    "tru-so-cong-an": ("Trụ sở Công an xã", "doai"),
    "nha-van-hoa-thuong": ("Nhà văn hóa thôn Thượng", "thuong"),
    "nha-van-hoa-doai": ("Nhà văn hóa thôn Đoài", "doai"),
    "nha-van-hoa-bai": ("Nhà văn hóa thôn Bãi", "bai"),
}


def found_commune() -> HomePage:
    """The Vietnamese home page; English and Arabic ones beside it, with the index pages of guides."""
    once("guides", _found)
    return HomePage.objects.get(locale__language_code="vi")


def _found() -> None:
    found_site(date(2026, 11, 23))
    for key in {unit for _name, unit in OFFICIALS.values()}:
        Unit.objects.create(key=key, name=f"Đơn vị {key}", name_en=f"Unit {key}", weekly_hours=OFFICE)
    for key, (name, unit) in OFFICIALS.items():
        Official.objects.create(
            key=key,
            name=name,
            title="Công chức",
            title_en="Officer",
            unit=Unit.objects.get(key=unit),
            office_phone="0912 345 612",
            counter="Quầy 2",
        )
    for key in ("doai", "dong", "thuong", "ha", "trung", "bai"):
        Area.objects.create(key=key, name=f"Thôn {key.capitalize()}")
    for key, (name, area) in PLACES.items():
        Place.objects.create(
            key=key, name=name, area=Area.objects.get(key=area), facilities=["wifi", "toilet"]
        )


def make_complete(page: ProcedurePage) -> ProcedurePage:
    """In memory: what the publish gate asks for, as far as the guide does not say it itself."""
    law, _ = LegalDocument.objects.get_or_create(number="60/2014/QH13", defaults={"kind": "Luật"})
    unit, _ = Unit.objects.get_or_create(key="mot-cua", defaults={"name": "Bộ phận Một cửa"})
    page.unit = page.unit or unit
    page.terms = list(page.terms.all()) or [Term(time_value=3)]
    page.papers = list(page.papers.all()) or [Paper(name="Tờ khai")]
    page.legal_basis = list(page.legal_basis.all()) or [LegalBasis(document=law)]
    page.source_url = page.source_url or "https://dichvucong.gov.vn/khai-sinh"
    page.checked_on = page.checked_on or date(2026, 11, 2)
    return page
