from django.urls import path

from feedback.commitments import desk

app_name = "commitments_desk"
urlpatterns = [
    path("", desk.commitments, name="list"),
    path("moi/", desk.new, name="new"),
    path("<slug:key>/", desk.step, name="step"),
]
