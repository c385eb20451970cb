"""Questions that nobody at a help session could answer, taken as cases by the rules of the public form.

A volunteer is signed in and types for somebody else, so no limit counts and no trap is laid; the words are checked,
routed, promised and kept as any others.
"""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feedback import handling, tokens
from feedback.forms import AskForm, typed
from feedback.handling import Submission
from feedback.models import Case, Kind
from feedback.offers import Offers
from feedback.offers import TopicOffer as Offered
from feedback.personal_numbers import mask
from feedback.routing import NobodyCanAnswer
from feedback.tokens import BadToken
from gandan.questions import NotTaken, Offer, Question, Receipt, TopicOffer


class SessionQuestions:
    def offer(self, now: datetime) -> Offer:
        offers = Offers(Kind.QUESTION, now)
        contact_days, words_days = offers.retention
        return Offer(
            topics=[_topic(offered) for offered in offers.all(None)],
            areas=[(area.key, area.local_name) for area in offers.areas],
            token=tokens.new_form_token(now),
            contact_days=contact_days,
            words_days=words_days,
        )

    def take(self, question: Question, now: datetime) -> Receipt:
        nonce = _nonce(question.token, now)
        sent_before = Case.objects.filter(token_nonce=nonce).select_related("official").first()
        if sent_before is not None:
            return _receipt(sent_before)
        form = _checked(question, now)
        try:
            return _receipt(handling.receive(_submission(form, nonce), now))
        except NobodyCanAnswer as nobody:
            problem = _("Nobody is there for this topic just now. Please call the commune.")
            raise NotTaken({"topic": [problem]}) from nobody

    def mask(self, text: str) -> str:
        return mask(text)

    def unanswered(self, codes: Collection[str]) -> set[str]:
        return set(Case.objects.open().filter(code__in=codes).values_list("code", flat=True))


def _topic(offered: Offered) -> TopicOffer:
    answer = offered.answer
    return TopicOffer(
        key=offered.topic.key,
        name=offered.topic.local_name,
        hint=offered.topic.local_hint,
        who=answer.decision.official.name if answer else "",
        due=answer.promise.due_at if answer else None,
    )


def _nonce(signed: str, now: datetime) -> str:
    """Raises `NotTaken` for a token that is none, or too old for a question not yet sent."""
    try:
        token = tokens.read_form_token(signed)
    except BadToken as bad:
        problem = _("This form could not be recognised. Your words are kept: please send once more.")
        raise NotTaken({"": [problem]}, tokens.new_form_token(now)) from bad
    if token.is_expired(now) and not Case.objects.filter(token_nonce=token.nonce).exists():
        problem = _("This form is older than seven days. Your words are kept: please send once more.")
        raise NotTaken({"": [problem]}, tokens.new_form_token(now))
    return token.nonce


def _checked(question: Question, now: datetime) -> AskForm:
    words = {
        "topic": question.topic,
        "area": question.area,
        "text": question.text,
        "name": question.name,
        "phone": question.phone,
        "email": question.email,
        "consent_contact": "on" if question.consents else "",
    }
    form = AskForm(typed(words), offers=Offers(Kind.QUESTION, now))
    if not form.is_valid():
        errors = {name: [str(each) for each in found] for name, found in form.errors.items()}
        raise NotTaken(errors, has_personal_number=form.has_personal_number)
    return form


def _submission(form: AskForm, nonce: str) -> Submission:
    return Submission(
        nonce=nonce,
        **form.sent,
        language=get_language() or "vi",
        source=Case.Source.SESSION,
    )


def _receipt(case: Case) -> Receipt:
    return Receipt(
        code=case.code,
        pin=tokens.pin_of(case.token_nonce),
        due=case.due_at,
        who=case.official.name,
        slip_url=reverse("feedback:receipt", args=[tokens.receipt_token(case.token_nonce)]),
    )
