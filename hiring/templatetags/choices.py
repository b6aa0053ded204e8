from django import template
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def radios(field):
    """Every choice of a bound field as a label around its radio button: what `{% for radio in field %}{{ radio }}`
    gives, without making and drawing a widget for each. A scorecard has sixty of them."""
    widget = field.field.widget
    chosen = set(widget.format_value(field.value()))
    shared = flatatt(field.build_widget_attrs(widget.attrs))
    start = format_html('<input type="radio" name="{}" value="', field.html_name)
    parts = []
    for number, (value, label) in enumerate(widget.choices):
        pk = f"{field.auto_id}_{number}"
        checked = " checked" if str(value) in chosen else ""
        button = f'{start}{conditional_escape(value)}"{shared} id="{pk}"{checked}>'
        parts.append(f'<label for="{pk}">{button} {conditional_escape(label)}</label>')
    return mark_safe("\n".join(parts))  # noqa: S308 - everything in it was escaped above
