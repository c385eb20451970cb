from django.urls import path, re_path

from feedback.open311 import views

FORM = r"\.(?P<form>xml|json)$"

app_name = "open311"
urlpatterns = [
    path("", views.discovery, name="discovery"),
    re_path(r"^discovery" + FORM, views.discovery, name="discovery_file"),
    re_path(r"^services" + FORM, views.service_list, name="services"),
    re_path(r"^services/(?P<code>[\w-]{1,40})" + FORM, views.service_definition, name="definition"),
    re_path(r"^requests" + FORM, views.requests, name="requests"),
    re_path(r"^requests/(?P<number>[^/]{1,40})" + FORM, views.one_request, name="request"),
    re_path(r"^tokens/(?P<token>[^/]{1,200})" + FORM, views.token, name="token"),
]
