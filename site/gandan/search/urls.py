from django.urls import path

from gandan.search import views

app_name = "search"
urlpatterns = [
    path("", views.page, name="page"),
    path("mo/", views.opened, name="opened"),
    path("goi-y/", views.suggestions, name="suggest"),
]
