"""Addresses of guides that no page serves: files, papers, rooms of those signed in, and lists across all guides."""

from django.urls import path

from guides.poster_views import counter, counter_cards, counter_sheet, session_sheet
from guides.views import changes, session_calendar, session_pack, sessions_calendar

app_name = "guides"
urlpatterns = [
    path("huong-dan/thay-doi/", changes, name="changes"),
    path("buoi-ho-tro.ics", sessions_calendar, name="sessions_calendar"),
    path("buoi-ho-tro/lich.ics", sessions_calendar),
    path("buoi-ho-tro/<int:number>.ics", session_calendar, name="session_calendar"),
    path("buoi-ho-tro/<int:number>/bo-in/", session_pack, name="session_pack"),
    path("buoi-ho-tro/<int:number>/ap-phich/", session_sheet, name="session_poster"),
    path("quay/<slug:place>/", counter, name="counter"),
    path("quay/<slug:place>/ap-phich/", counter_sheet, name="counter_poster"),
    path("quay/<slug:place>/the-qr/", counter_cards, name="counter_cards"),
]
