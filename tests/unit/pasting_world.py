"""A record of the portal as clerks meet it: the portal's page copied whole, its cards, the annex of a decision.

Written apart from the recogniser, from how such pages look; numbers and words come from the record.
"""

from typing import Any

Raw = dict[str, Any]

METHODS = {"DIRECT": "Trực tiếp", "ONLINE": "Trực tuyến", "POSTAL": "Dịch vụ bưu chính"}
UNITS = {"DAY": "Ngày", "WORKING_DAY": "Ngày làm việc", "HOUR": "Giờ", "MONTH": "Tháng"}
FEES = {"FEE": "Phí", "SERVICE_FEE": "Lệ phí", "PRICE_LEVEL": "Phí"}


def portal_page(raw: Raw) -> str:
    """What "select all, copy" gives on the portal: headings, and tables with tabs."""
    lines = ["Chi tiết thủ tục hành chính:", f"Mã thủ tục:\t{raw['code']}", f"Tên thủ tục:\t{raw['name']}"]
    lines += ["Lĩnh vực:\t" + ((raw["category"] or {}).get("name") or ""), "Trình tự thực hiện:"]
    lines += _steps(raw)
    lines += ["Cách thức thực hiện:", "Hình thức nộp\tThời hạn giải quyết\tPhí, lệ phí\tMô tả"]
    for way in raw["channels"]:
        fees = "\n".join(_fee(fee) for fee in way["fees"])
        lines.append(f"{METHODS[way['method']]}\t{_time(way['processing'])}\t{fees}\t{way['note'] or ''}")
    lines.append("Thành phần hồ sơ:")
    for group in raw["checklist_raw"]:
        lines += [*([group["group"]] if group["group"] else []), "Tên giấy tờ\tMẫu đơn, tờ khai\tSố lượng"]
        for item in group["items"]:
            counts = f"Bản chính: {item['original_qty'] or 0}\nBản sao: {item['copy_qty'] or 0}"
            lines.append(f"{item['name']}\tMẫu số 01.docx\t{counts}")
    lines += ["Đối tượng thực hiện:\t" + ", ".join(raw["subject_types"] or [])]
    lines += ["Cơ quan thực hiện:\t" + (raw["executing_agency"] or ""), "Kết quả thực hiện:"]
    lines += [*(raw["results"] or []), "Căn cứ pháp lý:"]
    lines.append("Số ký hiệu\tTrích yếu\tNgày ban hành\tCơ quan ban hành")
    lines += [f"{law['code']}\t{law['name']}\t20-11-2014\tQuốc Hội" for law in raw["legal_basis"]]
    lines += ["Yêu cầu, điều kiện thực hiện:", raw["requirements"] or "", "Từ khóa:\tKhông có thông tin"]
    return "\n".join(lines)


def decision(raw: Raw) -> str:
    """The annex of a decision: letters before the headings, dashes before the items, no tables."""
    lines = [f"1. {raw['name']}", f"Mã số: {raw['code']}", "a) Trình tự thực hiện:", *_steps(raw)]
    lines.append("b) Cách thức thực hiện:")
    lines += [f"- {METHODS[method]};" for method in dict.fromkeys(w["method"] for w in raw["channels"])]
    lines.append("c) Thành phần, số lượng hồ sơ:")
    for group in raw["checklist_raw"]:
        for item in group["items"]:
            name = " ".join(item["name"].split()).lstrip("-–+*• ")
            lines.append(
                f"- {name} ({item['original_qty'] or 0} bản chính, {item['copy_qty'] or 0} bản sao);"
            )
    times = dict.fromkeys(_time(way["processing"]) for way in raw["channels"])
    lines += ["* Số lượng hồ sơ: 01 bộ.", "d) Thời hạn giải quyết: " + "; ".join(filter(None, times))]
    lines.append("đ) Đối tượng thực hiện thủ tục hành chính: " + ", ".join(raw["subject_types"] or []))
    lines.append("e) Cơ quan giải quyết thủ tục hành chính: " + (raw["executing_agency"] or ""))
    lines += ["g) Kết quả thực hiện thủ tục hành chính:", *(raw["results"] or [])]
    fees = dict.fromkeys(_fee(fee) for way in raw["channels"] for fee in way["fees"])
    lines += ["h) Phí, lệ phí:", *filter(None, fees)]
    lines += ["k) Yêu cầu, điều kiện thực hiện thủ tục hành chính:", raw["requirements"] or ""]
    lines.append("l) Căn cứ pháp lý của thủ tục hành chính:")
    lines += [f"- {_law(law)};" for law in raw["legal_basis"]]
    return "\n".join(lines)


def _steps(raw: Raw) -> list[str]:
    return [text for block in raw["steps_raw"] for text in (block["name"], block["text"]) if text]


def _time(processing: Raw) -> str:
    quantity, unit = processing["qty"], UNITS.get(processing["unit"] or "OTHER")
    if unit is None or not isinstance(quantity, (int, float)):
        return "" if quantity is None else str(quantity)
    return f"{quantity:g} {unit}".replace(".", ",")


def _fee(fee: Raw) -> str:
    value, text = fee["value_vnd"], fee["text"] or ""
    named = FEES.get(fee["type"], "Phí")
    if value is None:
        return f"{named} : {text}" if text else ""
    return f"{named} : {value} Đồng ({text})" if text else f"{named} : {value} Đồng"


def _law(law: Raw) -> str:
    code, name = law["code"] or "", law["name"] or ""
    return name if code in name else f"{code} {name}".strip()
