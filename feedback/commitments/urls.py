from django.urls import path

from feedback.commitments import views

app_name = "commitments"
urlpatterns = [
    path("", views.commitments, name="list"),
    path("<slug:key>/", views.commitment, name="page"),
]
