"""Forms of the officials' desk. Whatever is typed is kept; what cannot be sent gets a sentence."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import plain_answer
from feedback.forms import Line, Words, check_personal_numbers
from feedback.models import Case, CaseFile, CaseText, Hideable, Refusal, Topic
from feedback.publishing import points_to_a_person
from home.models import Official

LONGEST_ABSENCE = timedelta(days=365)
SENTENCE = 2000  # characters


class DeskForm(forms.Form):
    """`error` of a step that its facts forbid is added to the whole form by the view."""

    use_required_attribute = False


def _words(label: Any, help_text: Any, error: Any, rows: int = 5, longest: int = SENTENCE) -> Words:
    field = Words(label=label, help_text=help_text, max_length=longest, error_messages={"required": error})
    field.widget.attrs["rows"] = rows
    return field


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    messages = {
        "required": _("Please choose the day."),
        "invalid": _("Please write the day like 30/11/2026."),
    }
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=widget,
        error_messages=messages,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )


def _choice(label: Any, choices: Iterable[tuple[str, Any]] = (), help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", _("Please choose")), *choices],
        help_text=help_text,
        error_messages={
            "required": _("Please choose one."),
            "invalid_choice": _("This cannot be chosen any more."),
        },
    )


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Please choose")), *choices]


class AnswerForm(DeskForm):
    text = _words(
        _("Answer"),
        _("The resident reads exactly this, with code and PIN."),
        _("Please write the answer first."),
        rows=6,
        longest=8000,
    )

    def __init__(self, *args: Any, question: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        fault = plain_answer.fault(text, self.question)
        if fault:
            raise ValidationError(fault)
        return text


class AskForm(DeskForm):
    text = _words(
        _("What do you need to know?"),
        _("The resident reads exactly this. The clock stands until the reply."),
        _("Please write what you need to know."),
    )


class ForwardForm(DeskForm):
    agency = Line(
        label=_("To which authority?"),
        max_length=200,
        validators=[check_personal_numbers],
        error_messages={"required": _("Please say to which authority it goes.")},
    )
    paper_number = Line(
        label=_("Number of the paper"),
        max_length=60,
        validators=[check_personal_numbers],
        error_messages={"required": _("Please write the number of the paper it goes with.")},
    )
    sent_on = _day(_("Sent on"))
    expected_on = _day(_("Answer expected on"), _("After this day the desk asks you to remind them."))
    text = _words(
        _("What do you tell the resident?"),
        _("The resident reads exactly this, with the authority and the number of the paper."),
        _("Please tell the resident in a sentence why it is forwarded."),
        rows=4,
    )


class RefuseForm(DeskForm):
    reason = _choice(_("Reason"), Refusal.Reason.choices)
    text = _words(
        _("Why? In a sentence"),
        _("The resident reads exactly this."),
        _("Please explain the refusal in a sentence."),
        rows=4,
    )
    where_to_go = _words(
        _("Where can the resident go instead?"),
        _("Which office, where, when it is open, which phone."),
        _("Please say where the resident can go instead."),
        rows=3,
    )


class ExtendForm(DeskForm):
    new_due = _day(_("New day"), _("Before the unit's hour of that day. It can be moved only once."))
    text = _words(
        _("Why does it take longer?"),
        _("The resident reads this below an apology from the commune."),
        _("Please tell the resident why it takes longer."),
        rows=4,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean_new_due(self) -> datetime:
        day: date = self.cleaned_data["new_due"]
        return timezone.make_aware(datetime.combine(day, self.case.unit.answer_by))


class ReassignForm(DeskForm):
    official = _choice(_("To whom?"), help_text=_("The promised day stays."))

    def __init__(self, *args: Any, officials: Iterable[Official], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officials = {official.key: official for official in officials}
        _offer(self, "official", [(key, f"{o.name}, {o.title}") for key, o in self.officials.items()])

    def clean_official(self) -> Official:
        return self.officials[self.cleaned_data["official"]]


class RetopicForm(DeskForm):
    topic = _choice(_("Right topic"), help_text=_("It goes to whom the rules name. The promised day stays."))

    def __init__(self, *args: Any, topics: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {topic.key: topic for topic in topics}
        _offer(self, "topic", [(key, topic.local_name) for key, topic in self.topics.items()])

    def clean_topic(self) -> Topic:
        return self.topics[self.cleaned_data["topic"]]


class MergeForm(DeskForm):
    into = Line(
        label=_("Code of the other case"),
        max_length=40,
        help_text=_("This case is closed; the other one's answer reaches both residents."),
        error_messages={"required": _("Please type the code of the other case, or choose one below.")},
    )


class HideForm(DeskForm):
    what = _choice(_("What?"))
    reason = _choice(_("Reason"), Hideable.Why.choices)

    def __init__(
        self, *args: Any, words: Iterable[CaseText], files: Iterable[CaseFile] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown: dict[str, CaseText | CaseFile] = {}
        choices: list[tuple[str, Any]] = []
        for text in words:
            self.shown[str(text.pk)] = text
            choices.append((str(text.pk), _title_of(text)))
        for number, file in enumerate(files, start=1):
            if not file.is_hidden:
                self.shown[f"file-{file.pk}"] = file
                choices.append((f"file-{file.pk}", _("File %(number)d") % {"number": number}))
        _offer(self, "what", choices)

    def clean_what(self) -> CaseText | CaseFile:
        return self.shown[self.cleaned_data["what"]]


class NoteForm(DeskForm):
    note = _words(
        _("Add a note"),
        _("For colleagues; the resident never sees it."),
        _("The note is empty."),
        rows=3,
    )


class TitleForm(DeskForm):
    title = Line(
        label=_("Title at the desk"),
        required=False,
        max_length=120,
        validators=[check_personal_numbers],
        help_text=_("A few words of yours, without names or numbers of people."),
    )


class AbsenceForm(DeskForm):
    until = _day(_("Last day away"))
    hands_over = forms.BooleanField(label=_("Hand my open cases to my deputy"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise ValidationError(_("This day has passed."))
        if until > self.today + LONGEST_ABSENCE:
            raise ValidationError(_("Please choose a day within a year."))
        return until


class PublishForm(DeskForm):
    question = Line(
        label=_("Question, in your words"),
        max_length=300,
        validators=[check_personal_numbers],
        help_text=_("So that everybody understands it; without names, houses or numbers of people."),
        error_messages={"required": _("Please write the question.")},
    )
    text = _words(
        _("Answer for everybody"),
        _("What is true for anyone who asks this."),
        _("Please write the answer first."),
        rows=8,
        longest=8000,
    )
    guide_code = forms.RegexField(
        r"^[1-6]\.\d{6}$",
        label=_("Code of the guide it belongs to"),
        required=False,
        help_text=_("As 1.001193. It then stands on the page of that guide."),
        error_messages={"invalid": _("A code looks like 1.001193.")},
    )

    def __init__(self, *args: Any, case: Case | None, office_phones: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.office_phones = case, office_phones
        self.fields["guide_code"].widget.attrs |= {"dir": "ltr", "inputmode": "decimal"}

    def clean_question(self) -> str:
        return self._nobodys("question")

    def clean_text(self) -> str:
        text = self._nobodys("text")
        fault = plain_answer.fault(text, self.data.get("question", ""))
        if fault:
            raise ValidationError(fault)
        return text

    def _nobodys(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        fault = points_to_a_person(text, self.case, self.office_phones)
        if fault:
            raise ValidationError(fault)
        return text


def _title_of(text: CaseText) -> str:
    return f"{text.get_role_display()}, {timezone.localtime(text.written_at):%d/%m/%Y %H:%M}"
