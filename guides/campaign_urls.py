from django.urls import path

from guides.campaign_pages import campaign, campaigns

app_name = "campaigns"
urlpatterns = [
    path("", campaigns, name="index"),
    path("<slug:slug>/", campaign, name="page"),
]
