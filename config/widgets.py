"""Form widgets drawn by plain functions: the HTML of Django's own templates, without a template for each.

A scorecard is some eighty widgets, and Django includes two to four templates for every one of them: most of the
page's time. What is not in the table below, our own upload field among it, is drawn by its template as ever.
"""

from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

INPUTS = "color date datetime email hidden input number password search tel text time url checkbox".split()


def _text(value) -> str:
    """As `{{ value }}`."""
    return conditional_escape(localize(value))


def _raw(value) -> str:
    """As `{{ value|stringformat:'s' }}`: never a thousands separator inside an attribute."""
    return conditional_escape(value)


def _attrs(widget) -> str:
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_raw(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget) -> str:
    value = "" if widget["value"] is None else f' value="{_raw(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attrs(widget)}>'


def _option_input(widget) -> str:
    if not widget["wrap_label"]:
        return _input(widget)
    pk = widget["attrs"].get("id")
    goes_to = f' for="{_text(pk)}"' if pk else ""
    return f"<label{goes_to}>{_input(widget)} {_text(widget['label'])}</label>"


def _textarea(widget) -> str:
    inside = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attrs(widget)}>\n{inside}</textarea>'


def _option(widget) -> str:
    return f'<option value="{_raw(widget["value"])}"{_attrs(widget)}>{_text(widget["label"])}</option>'


def _select(widget) -> str:
    parts = []
    for group, options, _index in widget["optgroups"]:
        inside = "\n  ".join(map(_option, options))
        parts.append(f'<optgroup label="{_text(group)}">\n  {inside}\n  </optgroup>' if group else inside)
    inside = "\n  ".join(parts)
    return f'<select name="{_text(widget["name"])}"{_attrs(widget)}>\n  {inside}\n</select>'


DRAWN = {f"django/forms/widgets/{name}.html": _input for name in INPUTS} | {
    "django/forms/widgets/checkbox_option.html": _option_input,
    "django/forms/widgets/radio_option.html": _option_input,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/select_option.html": _option,
}
ERRORS = "django/forms/errors/list/default.html"


class Renderer(TemplatesSetting):
    def render(self, template_name, context, request=None):
        if draw := DRAWN.get(template_name):
            return mark_safe(draw(context["widget"]))  # noqa: S308 - every part is escaped above
        if template_name == ERRORS and not context["errors"]:
            return ""
        return super().render(template_name, context, request)
