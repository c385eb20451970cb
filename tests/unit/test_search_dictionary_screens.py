from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gandan.models import SearchTerm
from gandan.search import dictionary
from gandan.search.terms import Term


def take(client: Client, table: bytes) -> str:
    upload = SimpleUploadedFile("terms.csv", table, content_type="text/csv")
    return client.post(reverse("search_dictionary_take"), {"table": upload}, follow=True).content.decode()


def test_trying_an_entry_shows_both_outcomes_and_saves_nothing(admin_client: Client) -> None:
    asked = {"typed": "bìa đỏ", "said": "bìa đỏ", "means": "giấy chứng nhận quyền sử dụng đất"}

    shown = admin_client.get(reverse("search_dictionary"), asked).content.decode()

    assert shown.count("<h3>") == 2
    assert "giay chung nhan quyen su dung dat" in shown
    assert not SearchTerm.objects.exists()


def test_table_with_a_wrong_row_is_refused_whole_and_the_row_named(admin_client: Client) -> None:
    shown = take(admin_client, "said,means\nmột,hai\nhai,một\n".encode())

    assert "Dòng 2: Nghĩa của “một”" in shown
    assert not SearchTerm.objects.exists()


def test_table_that_is_no_text_is_refused(admin_client: Client) -> None:
    assert "CSV UTF-8" in take(admin_client, b"\xff\xfe\x00s")


def test_downloaded_table_is_taken_back(admin_client: Client) -> None:
    dictionary.store([Term("sổ đỏ", ("giấy chứng nhận quyền sử dụng đất",))])
    table = admin_client.get(reverse("search_dictionary_table")).content
    SearchTerm.objects.all().delete()

    take(admin_client, table)

    assert SearchTerm.objects.get().said == "sổ đỏ"
