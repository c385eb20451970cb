from django.urls import path, re_path

from home import views

app_name = "home"
urlpatterns = [
    path("can-bo/", views.officials, name="officials"),
    path("dia-diem/", views.places, name="places"),
    re_path(r"^q/(?P<code>[A-Za-z0-9]{3,8})/?$", views.short_link, name="short_link"),
]
