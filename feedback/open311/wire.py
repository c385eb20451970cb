"""How answers look on the wire: GeoReport v2's XML and its JSON, made from the same plain values, and its errors.

A list is a plural element of singular ones in XML and an array in JSON; None is an empty element or null.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse

XML, JSON = "xml", "json"
SINGULAR = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}


class Refused(Exception):
    """An error in the specification's shape: HTTP status and a sentence for whoever writes the client."""

    def __init__(self, status: int, *sentences: str) -> None:
        super().__init__(*sentences)
        self.status, self.sentences = status, sentences


def answer(name: str, value: Any, form: str, status: int = 200) -> HttpResponse:
    """`name` is the root element; JSON has none."""
    if form == JSON:
        body, kind = json.dumps(value, ensure_ascii=False), "application/json; charset=utf-8"
    else:
        written = ET.tostring(_element(name, value), encoding="unicode")
        body, kind = f'<?xml version="1.0" encoding="utf-8"?>\n{written}', "text/xml; charset=utf-8"
    response = HttpResponse(body, content_type=kind, status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def errors(refused: Refused, form: str) -> HttpResponse:
    rows = [{"code": refused.status, "description": sentence} for sentence in refused.sentences]
    return answer("errors", rows, form, refused.status)


def _element(name: str, value: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, each) for key, each in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        element.extend(_element(SINGULAR[name], each) for each in value)
    elif value is not None:
        element.text = str(value).lower() if isinstance(value, bool) else str(value)
    return element
