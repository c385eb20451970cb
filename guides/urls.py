"""Addresses of guides that no page serves; Wagtail's own pattern takes no dots."""

from django.urls import path

from guides.views import sessions_calendar

app_name = "guides"
urlpatterns = [
    path("buoi-ho-tro.ics", sessions_calendar, name="sessions_calendar"),
    path("buoi-ho-tro/lich.ics", sessions_calendar),
]
