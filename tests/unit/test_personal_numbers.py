"""Which numbers are hidden before anything is stored, and which stay: phones, money, days, codes."""

import pytest

from feedback.personal_numbers import contains_personal_number, mask

PERSONAL = [
    "001099012345",
    "001 099 012 345",
    "001.099.012.345",
    "001-099-012-345",
    "Căn cước: 036085001234.",
    "cccd 079200123456 của tôi",
    "so cccd la 001099012345",
    "CMND 123456789",
    "cmnd 123 456 789",
    "CMT:123.456.789",
    "số 280123456 cấp năm 2010",
    "Số định danh của cháu 001224012345",
    "001099012345 và 0912345678",
    "4111-1111-1111-1111",
    "4111 1111 1111 1111",
    "4111111111111111",
    "thẻ 5500005555555559",
    "378282246310005",
    "9704 0000 0000 0018",
    "OTP 123456",
    "mã OTP là 123456",
    "ma otp: 1234",
    "otp của em 00 12 34",
    "Mã xác nhận 482913",
    "ma xac thuc la 482913",
    "mật khẩu 12345678",
    "mat khau vneid 123456",
    "mã PIN: 6789",
    "my password is 20242025",
    "the code from OTP: 445566",
    "رمز التحقق 445566",
]
HARMLESS = [
    "",
    "Gọi 0912 345 678 hoặc 0912345679",
    "0912345678 0912345679",
    "0912.345.678",
    "0912-345-678",
    "+84 912 345 678",
    "+84912345678",
    "84 912 345 678",
    "(024) 3825 0000",
    "024 3825 0000",
    "1900 1234",
    "tổng đài 18001096",
    "mất 100.000.000 đ",
    "2.000.000.000 đồng",
    "123456789 đ",
    "500 triệu",
    "ngày 23/11/2026 lúc 14:30",
    "23.11.2026",
    "01/07/2025",
    "thủ tục 1.001193",
    "1.001193 và 1.004222",
    "Nghị định 123/2015/NĐ-CP",
    "Quyết định 45/QĐ-UBND ngày 12/03/2026",
    "GD-2222-2222-2222-2",
    "4111 1111 1111 1112 không phải thẻ",
    "Tờ số 12, thửa 345",
    "thửa 1234 tờ bản đồ 56, 450 m2",
    "biển số 29A1-123.45",
    "số nhà 1234, ngõ 56",
    "tôi sinh năm 1985",
    "hộ có 5 khẩu, 12 con bò",
    "mã số thuế 0101234567",
    "quên mật khẩu VNeID thì làm thế nào",
    "OTP là gì",
    "đừng đọc mã OTP cho ai, gọi 0912345678",
    "nhiệt độ 39 độ",
    "mật khẩu mới đặt hôm 23/11/2026",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_identity_numbers_cards_and_one_time_codes_are_hidden(text: str) -> None:
    assert contains_personal_number(text)
    assert not contains_personal_number(mask(text))


@pytest.mark.parametrize("text", HARMLESS)
def test_phones_money_days_and_codes_are_not_taken_for_them(text: str) -> None:
    assert not contains_personal_number(text)
    assert mask(text) == text
