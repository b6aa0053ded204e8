from django import template
from django.utils.safestring import SafeString, mark_safe

from mailroom.links import as_links, is_ours

register = template.Library()
_LINK = '<a class="link" style="color:#8a2e08" '


@register.filter
def own_links(text) -> SafeString:
    """Text whose addresses of this site are links; everything else is escaped."""
    return mark_safe(as_links(text).replace("<a ", _LINK))  # noqa: S308  escaped there, so every tag is ours


@register.filter
def blocks(text: str) -> list[dict]:
    """Paragraphs as {"text": ...}, and {"url": ...} for a line that is an address of this site and nothing else."""
    found = []
    for paragraph in text.strip().split("\n\n"):
        lines: list[str] = []
        for line in paragraph.strip().splitlines():
            if is_ours(line.strip()):
                found += [{"text": "\n".join(lines)}, {"url": line.strip()}]
                lines = []
            else:
                lines.append(line)
        found.append({"text": "\n".join(lines)})
    return [block for block in found if block.get("url") or block["text"].strip()]


@register.filter
def first_sentence(text: str) -> str:
    """What stands beside the subject in a list of mails: the first words that are no greeting and no address."""
    said = (block["text"] for block in blocks(text) if block.get("text"))
    return next((words for words in said if not words.rstrip().endswith(("，", ",", "،"))), "")[:120]
