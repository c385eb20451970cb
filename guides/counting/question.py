"""A question nobody at the session could answer: it becomes a case, and the asker leaves with a slip.

The words go through `gandan.questions` to whoever takes them; the session keeps the code alone.
"""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gandan import questions
from gandan.questions import NotTaken, Offer, Question, Receipt
from guides.counting.doors import for_session
from guides.helping.access import may_tally
from guides.models import Session, SessionQuestion
from guides.tallying import closed_because
from home.models import User


class QuestionForm(forms.Form):
    """The fields of the public form; whoever takes the question judges them."""

    use_required_attribute = False

    topic = forms.CharField(label=_("What is it about?"), required=False)
    area = forms.ChoiceField(label=_("Which hamlet is it in?"), required=False)
    text = forms.CharField(
        label=_("The question, in the person's own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(label=_("Name"), required=False)
    phone = forms.CharField(
        label=_("Phone"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"})
    )
    email = forms.CharField(
        label=_("E-mail"), required=False, widget=forms.TextInput(attrs={"inputmode": "email", "dir": "ltr"})
    )
    consent_contact = forms.BooleanField(
        label=_(
            "The person agrees that the commune uses this to reach them about this case, and for nothing else."
        ),
        required=False,
        help_text=_("Only needed when a name, phone or e-mail is left."),
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = [("", _("Not tied to a hamlet")), *offer.areas]
        for name in ("name", "phone", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the phone is the volunteer's


@require_http_methods(["GET", "HEAD", "POST"])
@for_session(may_tally)
def question(request: HttpRequest, session: Session) -> HttpResponse:
    if not questions.are_taken():
        raise Http404
    closed = closed_because(session, timezone.localdate())
    offer = questions.taker().offer(timezone.now())
    if request.method != "POST" or closed:
        initial = {"area": session.hamlet.key if session.hamlet else ""}
        return _show(request, session, offer, QuestionForm(initial=initial, offer=offer), offer.token, closed)
    if "mask" in request.POST:
        words = request.POST.dict() | {"text": questions.taker().mask(request.POST.get("text", ""))}
        form = QuestionForm(initial=words, offer=offer)
        return _show(request, session, offer, form, request.POST.get("token", ""))
    return _take(request, session, offer)


def _take(request: HttpRequest, session: Session, offer: Offer) -> HttpResponse:
    assert isinstance(request.user, User)
    form = QuestionForm(request.POST, offer=offer)
    try:
        receipt = _store(session, _question(request, form), request.user)
    except NotTaken as problem:
        form.errors.clear()
        for name, sentences in problem.errors.items():
            form.add_error(name or None, list(sentences))
        token = problem.token or request.POST.get("token", "")
        return _show(request, session, offer, form, token, has_number=problem.has_personal_number)
    return HttpResponseRedirect(receipt.slip_url, status=303)


@transaction.atomic
def _store(session: Session, asked: Question, user: User) -> Receipt:
    now = timezone.now()
    receipt = questions.taker().take(asked, now)
    noted = {"session": session, "taken_by": user, "taken_at": now}
    SessionQuestion.objects.get_or_create(code=receipt.code, defaults=noted)
    return receipt


def _question(request: HttpRequest, form: QuestionForm) -> Question:
    """As it was typed: what this form would refuse by itself, its judge puts into words."""
    typed = {name: request.POST.get(name, "") for name in form.fields}
    return Question(
        token=request.POST.get("token", ""),
        topic=typed["topic"],
        text=typed["text"],
        area=typed["area"],
        name=typed["name"],
        phone=typed["phone"],
        email=typed["email"],
        consents=bool(typed["consent_contact"]),
    )


def _show(
    request: HttpRequest,
    session: Session,
    offer: Offer,
    form: QuestionForm,
    token: str,
    closed: str = "",
    *,
    has_number: bool = False,
) -> HttpResponse:
    context = {
        "session": session,
        "offer": offer,
        "form": form,
        "token": token,
        "closed": closed,
        "contact_fields": [form["name"], form["phone"], form["email"]],
        "chosen": form["topic"].value() or "",
        "has_number": has_number,
        "taken": session.questions.count(),
    }
    return render(request, "guides/counting/question.html", context)
