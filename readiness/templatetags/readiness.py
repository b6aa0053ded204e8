"""How a field of this app is drawn: the control with its errors tied to it."""

from django import template
from django.forms import Select
from django.utils.html import format_html, format_html_join

from readiness import words

register = template.Library()


@register.filter
def control(field):
    """The input itself, styled, pointing at its help and its error."""
    kind = "form-select" if isinstance(field.field.widget, Select) else "form-control"
    attrs = {"class": f"{kind} is-invalid" if field.errors else kind}
    about = [f"{field.auto_id}_help"] if field.help_text else []
    if field.errors:
        attrs["aria-invalid"] = "true"
        about.append(f"{field.auto_id}_error")
    if about:
        attrs["aria-describedby"] = " ".join(about)
    return field.as_widget(attrs=attrs)


@register.filter
def errors(field):
    if not field.errors:
        return ""
    lines = format_html_join("", "<p>{}</p>", ((error,) for error in field.errors))
    return format_html('<div class="invalid-feedback d-block" id="{}_error">{}</div>', field.auto_id, lines)


@register.filter
def unknown(field):
    """The box "I don't know" beside a number."""
    ticked = field.form.is_bound and field.form.data.get(f"{field.html_name}-unknown")
    return format_html(
        '<input type="checkbox" name="{0}-unknown" value="1"{1} aria-label="{2}">',
        field.html_name,
        " checked" if ticked else "",
        field.label,
    )


@register.inclusion_tag("readiness/_why.html")
def why(field):
    """Why a question is asked, in a fold; nothing where its help says so already."""
    return {"why": getattr(field.form, "WHY", {}).get(field.name, ""), "label": field.label}


@register.filter
def plain(value):
    """A number in the reader's language."""
    return words.number(value)


@register.filter
def unlocalized(value):
    """A number in an SVG attribute: always a point."""
    return f"{value:g}"
