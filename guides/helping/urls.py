"""The volunteers' room and, below it, the coordinators' board."""

from django.urls import path

from guides.helping.views import coordination, hours, room

app_name = "helping"
urlpatterns = [
    path("", room.room, name="room"),
    path("gio/", hours.hours, name="hours"),
    path("thu-cam-on/", hours.letter, name="letter"),
    path("dieu-phoi/", coordination.board, name="board"),
    path("dieu-phoi/gio/", hours.everyone, name="everyone"),
    path("dieu-phoi/gio.csv", hours.everyone_file, name="everyone_file"),
    path("dieu-phoi/thu-cam-on/", hours.letters, name="letters"),
    path("dieu-phoi/<int:pk>/", coordination.session, name="session"),
    path("dieu-phoi/<int:pk>/them/", coordination.add, name="add"),
    path("dieu-phoi/<int:pk>/gio/", coordination.minutes, name="minutes"),
    path("dieu-phoi/<int:pk>/can/", coordination.needs, name="needs"),
    path("dieu-phoi/<int:pk>/<int:helper>/nhan/", coordination.confirm, name="confirm"),
    path("dieu-phoi/<int:pk>/<int:helper>/vi-sao/", coordination.declining, name="declining"),
    path("dieu-phoi/<int:pk>/<int:helper>/tu-choi/", coordination.decline, name="decline"),
    path("<int:pk>/", room.mine, name="mine"),
    path("<int:pk>/nhan/", room.offer, name="offer"),
    path("<int:pk>/thay/", room.take_over, name="take_over"),
    path("<int:pk>/rut/", room.withdraw, name="withdraw"),
    path("<int:pk>/xin-doi/", room.ask_to_swap, name="ask_to_swap"),
    path("<int:pk>/thoi-doi/", room.stop_asking, name="stop_asking"),
]
