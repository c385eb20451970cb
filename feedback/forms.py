"""Forms of residents and of the desk. Whatever is typed is kept; what cannot be stored gets a sentence."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from feedback.attachments import ACCEPTED, MOST_FILES, TOO_MANY, Attached, checked
from feedback.door_words import Door, door_of
from feedback.models import Kind, Topic
from feedback.offers import Offers
from feedback.personal_numbers import contains_personal_number
from gandan.text import canonical
from home.models import Area, Official

MOST_WORDS = 4000  # characters
ASKED = ("topic", "area", "about", "text", "name", "phone", "email", "consent_contact", "website", "anyway")
SENT = ("topic", "area", "about", "text", "name", "phone", "email", "files")
UNREADABLE = "\ufffd"
PERSONAL_NUMBER = _(
    "This looks like an identity or card number. Please take it out: nobody needs it to answer you."
)


def typed(post: Mapping[str, str], names: tuple[str, ...] = ASKED) -> dict[str, str]:
    """What was posted, with characters that no page can show again (NUL, halves of a pair) marked by one sign."""
    return {name: re.sub(r"[\x00\ud800-\udfff]", UNREADABLE, post[name]) for name in names if name in post}


def check_readable(value: str) -> None:
    if UNREADABLE in value:
        raise ValidationError(_("Some characters could not be read. Please type them again."))


def check_personal_numbers(value: str) -> None:
    if contains_personal_number(value):
        raise ValidationError(PERSONAL_NUMBER, code="personal_number")


def check_phone(value: str) -> None:
    digits = re.sub(r"[\s.()+\-]", "", value)
    if not (digits.isdecimal() and 8 <= len(digits) <= 15):
        raise ValidationError(_("This does not look like a phone number. Example: 0912 345 678."))


class Words(forms.CharField):
    """Several lines as a person wrote them: one spelling (NFC), plain line breaks, nothing invisible."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MOST_WORDS)
        super().__init__(validators=[check_readable, check_personal_numbers], **kwargs)
        self.error_messages["max_length"] = ngettext_lazy(
            "Please shorten this to %(limit_value)d characters; now it has %(show_value)d.",
            "Please shorten this to %(limit_value)d characters; now it has %(show_value)d.",
            "limit_value",
        )
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        lines = re.sub(r"\r\n?", "\n", super().to_python(value) or "")
        return unicodedata.normalize("NFC", re.sub(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]", "", lines))


class Line(forms.CharField):
    """One line of text, in the one spelling we store."""

    def __init__(self, **kwargs: Any) -> None:
        validators = [check_readable, *kwargs.pop("validators", [])]
        super().__init__(validators=validators, **kwargs)
        self.error_messages["max_length"] = ngettext_lazy(
            "Please shorten this to %(limit_value)d characters.",
            "Please shorten this to %(limit_value)d characters.",
            "limit_value",
        )
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return canonical(super().to_python(value) or "")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class Files(forms.FileField):
    """Several files, each checked and written anew (`Attached`). `refused`: why some did not come this far."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"multiple": True, "accept": ACCEPTED}
        self.refused: Sequence[Any] = ()

    def clean(self, data: Any, initial: Any = None) -> tuple[Attached, ...]:
        if self.refused:
            raise ValidationError(list(self.refused))
        if len(data or ()) > MOST_FILES:
            raise ValidationError(TOO_MANY)
        attached, problems = [], []
        for number, file in enumerate(data or (), start=1):
            try:
                attached.append(checked(file))
            except ValidationError as problem:
                problems.append(_of_file(number, problem) if len(data) > 1 else problem)
        if problems:
            raise ValidationError(problems)
        return tuple(attached)


def _about(offers: Offers) -> forms.ChoiceField:
    officials = [(one.key, f"{one.name}, {one.local_title}") for one in offers.officials]
    return forms.ChoiceField(
        label=_("Whom is it about?"),
        required=False,
        choices=[("", _("I do not know, or would rather not say")), *officials],
        error_messages={"invalid_choice": _("We do not know this official. Please choose from the list.")},
        help_text=_(
            "It is hidden from this person, from whoever stands in for them, and from those they head."
        ),
    )


def _photos() -> Files:
    return Files(
        label=_("Photos or papers"),
        help_text=_(
            "Up to 3 photos or PDF files, 10 MB each. No identity cards, please. Where and when a photo was taken is "
            "removed. Seen by those who handle your case, erased with your words."
        ),
    )


def _of_file(number: int, problem: ValidationError) -> ValidationError:
    said = _("File %(number)d: %(problem)s") % {"number": number, "problem": problem.messages[0]}
    return ValidationError(said)


WORDS_LABEL = {
    Kind.QUESTION: _("Your question"),
    Kind.REPORT: _("What is wrong, and where?"),
    Kind.SUGGESTION: _("What do you suggest?"),
    Kind.PRAISE: _("Whom or what do you praise?"),
    Kind.CONDUCT: _("What happened, when and where?"),
}

ANOTHER_DOOR = {
    Door.COMPLAINT: _(
        "This reads like a formal complaint about a decision. The law gives it a route of its own, with days that run."
    ),
    Door.DENUNCIATION: _(
        "This reads like a denunciation or a crime. A form on the web cannot keep your secret, so nothing is taken in."
    ),
}


class AskForm(forms.Form):
    """Fields as the contract of the feedback forms names them; kind and token stand beside the form."""

    use_required_attribute = False

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        error_messages={
            "required": _("Please choose a topic."),
            "invalid_choice": _("This topic is not open any more. Please choose another."),
        },
    )
    area = forms.ChoiceField(
        label=_("Which hamlet is it in?"),
        required=False,
        error_messages={"invalid_choice": _("We do not know this hamlet. Please choose from the list.")},
        help_text=_("Seen by those who handle your case. Kept without your words for our figures."),
    )
    text = Words(
        label=_("Your question"),
        error_messages={"required": _("Please write what it is about, in one sentence at least.")},
    )
    name = Line(label=_("Name"), required=False, max_length=120, validators=[check_personal_numbers])
    phone = Line(label=_("Phone"), required=False, max_length=30, validators=[check_phone])
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        validators=[check_readable],
        error_messages={
            "invalid": _("This does not look like an e-mail address. Example: ten@thu.example."),
            "max_length": _("This e-mail address is too long."),
        },
    )
    consent_contact = forms.BooleanField(
        label=_("I agree that the commune uses this to reach me about this case, and for nothing else."),
        required=False,
        help_text=_("Only needed when you leave a name, phone or e-mail."),
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, offers: Offers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.door: Door | None = None  # where the words belong instead
        self.fields["files"] = self._photos = (
            _photos()
        )  # no attribute of the class: `Form.files` is what was uploaded
        self._offer("topic", [(topic.key, topic.local_name) for topic in offers.topics])
        areas = [(area.key, area.local_name) for area in offers.areas]
        self._offer("area", [("", _("Not tied to a hamlet")), *areas])
        if offers.kind == Kind.CONDUCT:
            self.fields["about"] = _about(offers)
        self.fields["text"].label = WORDS_LABEL[offers.kind]
        self.fields["text"].widget.attrs["rows"] = 5
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}
        self.fields["phone"].widget.input_type = "tel"
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "dir": "ltr"}
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def sent(self) -> dict[str, Any]:
        """What a valid form holds, by the names of a `Submission`."""
        values = {name: self.cleaned_data[name] for name in SENT if name in self.cleaned_data}
        return {"kind": self.offers.kind, **values}

    def refuse_files(self, why: Sequence[Any]) -> None:
        """Files that were let go by while they came in."""
        self._photos.refused = why

    @property
    def has_personal_number(self) -> bool:
        return self.is_bound and self.has_error("text", "personal_number")

    def clean_topic(self) -> Topic:
        topic = self.offers.topic(self.cleaned_data["topic"])
        assert topic is not None
        return topic

    def clean_text(self) -> str:
        """A complaint may be sent anyway, as a remark, by whoever says so; a denunciation never."""
        text = str(self.cleaned_data["text"])
        self.door = door_of(text)
        if self.door and not (self.door is Door.COMPLAINT and self.data.get("anyway")):
            raise ValidationError(ANOTHER_DOOR[self.door], code="door")
        return text

    def clean_about(self) -> Official | None:
        return self.offers.official(self.cleaned_data["about"])

    def clean_area(self) -> Area | None:
        return self.offers.area(self.cleaned_data["area"])

    def clean(self) -> None:
        typed_contact = any(str(self.data.get(name, "")).strip() for name in ("name", "phone", "email"))
        if typed_contact and not self.cleaned_data.get("consent_contact"):
            self.add_error("consent_contact", _("Please tick this, or leave name, phone and e-mail empty."))
        topic = self.cleaned_data.get("topic")
        reachable = self.data.get("phone") or self.data.get("email")
        if topic is not None and not topic.allows_anonymous and not reachable:
            self.add_error("phone", _("For this topic we need a phone number or an e-mail address."))


class LookUpForm(forms.Form):
    use_required_attribute = False

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=100,
        error_messages={
            "required": _("Please type the code on your slip."),
            "max_length": _("This is no code."),
        },
        help_text=_("It begins with GD. Small letters and spaces do not matter."),
    )
    pin = forms.CharField(
        label=_("PIN on the slip"),
        required=False,
        max_length=40,
        error_messages={"max_length": _("A PIN has six digits.")},
        help_text=_("Without the PIN you see only states and dates."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
        self.fields["code"].widget.attrs |= {**plain, "autocapitalize": "characters"}
        self.fields["pin"].widget.attrs |= {**plain, "inputmode": "numeric"}


class RemarkForm(forms.Form):
    """A line about a page. Nobody can answer it, so it asks for no contact."""

    use_required_attribute = False

    line = Words(
        label=_("What could we write better?"),
        required=False,
        max_length=500,
        help_text=_("Read by whoever looks after this page. Nobody can answer here."),
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].widget.attrs["rows"] = 3
