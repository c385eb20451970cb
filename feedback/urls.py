from django.urls import path

from feedback.views import answers, asking, doors, receipts, resident_steps, rights, tracking, voting

app_name = "feedback"
urlpatterns = [
    path("", doors.doors, name="doors"),
    path("hoi/", asking.question, name="ask"),
    path("gop-y/", asking.report, name="report"),
    path("khieu-nai/", doors.complaint, name="complaint"),
    path("to-cao/", doors.denunciation, name="denunciation"),
    path("trang-nay/", voting.vote, name="vote"),
    path("trang-nay/<str:token>/", voting.voted, name="voted"),
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/cua-toi/", rights.rights, name="rights"),
    path("tra-cuu/cua-toi.json", rights.data, name="rights_data"),
    path("tra-cuu/gui-them/", resident_steps.reply, name="reply"),
    path("tra-cuu/danh-gia/", resident_steps.rate, name="rate"),
    path("tra-loi/", answers.published_answers, name="published_answers"),
    path("tra-loi/<slug:key>/", answers.published_answer, name="published_answer"),
    path("phieu/<str:token>/", receipts.receipt, name="receipt"),
    path("phieu/<str:token>/gui/", receipts.mail_receipt, name="mail_receipt"),
    path("phieu/<str:token>/in/", receipts.receipt_sheet, name="receipt_sheet"),
]
