from django import template

from hiring import requirements
from hiring.models.requirements import WhyChanged

register = template.Library()


@register.inclusion_tag("hiring/_requirements_changed.html")
def list_changed(job):
    """One line while nobody has said why the list was changed after CVs had been read with it; a form of its own."""
    return {"job": job, "last": requirements.last_change(job), "whys": WhyChanged.choices}
