from django import template

from hiring import hours, hours_words, requirements
from hiring.models import Answer
from hiring.models.requirements import WhyChanged

register = template.Library()


@register.inclusion_tag("hiring/_requirements_changed.html")
def list_changed(job):
    """One line while nobody has said why the list was changed after CVs had been read with it; a form of its own."""
    return {"job": job, "last": requirements.last_change(job), "whys": WhyChanged.choices}


@register.simple_tag
def hours_covered(application) -> str:
    """How the hours somebody ticked meet those the job wants, as a fact; "" unless both were said."""
    wanted = hours.from_text(application.job.cover_hours)
    if not wanted:
        return ""
    answers = Answer.objects.filter(
        application=application, question__kind="hours", question__retired_at=None
    )
    said = [answer.value.get("hours", "") for answer in answers.order_by("question__position", "pk")[:1]]
    return hours_words.covered(hours.from_text(said[0]), wanted) if said else ""
