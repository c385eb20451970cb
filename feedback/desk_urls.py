from django.urls import path

from feedback.views import looks
from feedback.views.desk import absence, answers, files, filing, listing, page, records, steps

app_name = "desk"
urlpatterns = [
    path("", listing.cases, name="cases"),
    path("tim/", listing.search, name="search"),
    path("tai/", listing.load, name="load"),
    path("vang-mat/", absence.absence, name="absence"),
    path("ghi-nhan/", filing.filing, name="filing"),
    path("hoi-dap/", answers.answers, name="answers"),
    path("hoi-dap/<slug:key>/", answers.answer, name="answer_for_all"),
    path("hoi-dap/<slug:key>/duyet/", answers.approve, name="approve_answer"),
    path("hoi-dap/<slug:key>/rut/", answers.take_back, name="take_back_answer"),
    path("ai-da-xem/", looks.looks, name="looks"),
    path("<str:code>/", page.case, name="case"),
    path("<str:code>/nhan-viec/", steps.accept, name="accept"),
    path("<str:code>/dang-lam/", steps.start, name="start"),
    path("<str:code>/lam-tiep/", steps.resume, name="resume"),
    path("<str:code>/tra-loi/", steps.answer, name="answer"),
    path("<str:code>/tieu-de/", records.title, name="title"),
    path("<str:code>/ghi-chu/", records.note, name="note"),
    path("<str:code>/lien-lac/", records.contact, name="contact"),
    path("<str:code>/da-xem/", records.release, name="release"),
    path("<str:code>/tep/<int:number>/", files.file, name="file"),
    path("<str:code>/hoi-dap/", answers.publish, name="publish"),
    path("<str:code>/<slug:key>/", steps.step, name="step"),
]
