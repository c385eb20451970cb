"""Counting at a session and what comes of it; behind the sign-in, below the volunteers' room."""

from django.urls import path

from guides.counting.page import counting, shell
from guides.counting.paper import paper
from guides.counting.question import question
from guides.counting.queue import queue
from guides.counting.report import report, report_table
from guides.counting.week_page import week, week_table

app_name = "counting"
urlpatterns = [
    path("buoi/<int:pk>/dem/", counting, name="page"),
    path("buoi/<int:pk>/dem/khung/", shell, name="shell"),
    path("buoi/<int:pk>/dem/gui/", queue, name="queue"),
    path("buoi/<int:pk>/phieu-giay/", paper, name="paper"),
    path("buoi/<int:pk>/cau-hoi/", question, name="question"),
    path("buoi/<int:pk>/bao-cao/", report, name="report"),
    path("buoi/<int:pk>/bao-cao.csv", report_table, name="report_table"),
    path("tuan/", week, name="week"),
    path("tuan.csv", week_table, name="week_table"),
]
