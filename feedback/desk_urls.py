from django.urls import path

from feedback.views import desk, looks

app_name = "desk"
urlpatterns = [
    path("", desk.cases, name="cases"),
    path("ai-da-xem/", looks.looks, name="looks"),
    path("<str:code>/", desk.case, name="case"),
    path("<str:code>/nhan-viec/", desk.accept, name="accept"),
    path("<str:code>/tra-loi/", desk.answer, name="answer"),
    path("<str:code>/tieu-de/", desk.title, name="title"),
    path("<str:code>/lien-lac/", desk.contact, name="contact"),
    path("<str:code>/da-xem/", desk.release, name="release"),
]
