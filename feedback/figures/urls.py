from django.urls import path

from feedback.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("phan-anh.csv", views.cases_csv, name="cases_csv"),
    path("phan-anh.json", views.cases_json, name="cases_json"),
]
