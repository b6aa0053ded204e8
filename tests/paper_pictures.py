"""Pictures of the papers for docs/: a signed contract and a decision memo in three scripts. Never a test.

Needs pdftoppm (Debian's poppler-utils); run by `python -m tests.paper_pictures`.
"""

import os
import subprocess
import tempfile
from pathlib import Path

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WORDS = {
    "en": {
        "name": "Maria Lindqvist",
        "benefits": "Lunch, and a wool blanket a year.",
        "description": "You answer our customers by e-mail and chat, and write down what you learn.",
        "terms": "Permanent. Four months of probation. One month of notice on both sides.",
        "why": "Calm with the angry parcel mail, and she wrote the answer down for the next one.",
        "note": "Named what the customer felt, then the date.",
    },
    "ar": {
        "name": "محمد عبد الرحمن",
        "benefits": "وجبة غداء، وبطانية صوف كل سنة.",
        "description": "تجيب زبائننا بالبريد والدردشة، وتدوّن ما تتعلمه.",
        "terms": "عقد دائم. أربعة أشهر تجربة. شهر إشعار من الطرفين.",
        "why": "هادئ مع الزبون الغاضب، وكتب الجواب لمن يأتي بعده.",
        "note": "سمّى ما شعر به الزبون، ثم ذكر الموعد 12.3.2027.",
    },
    "zh-hans": {
        "name": "王芳",
        "benefits": "午餐,每年一条羊毛毯。",
        "description": "通过邮件和聊天回答顾客,并把学到的写下来。",
        "terms": "长期合同。试用期四个月。双方提前一个月通知。",
        "why": "面对生气的顾客很冷静,并把答案写给下一位同事。",
        "note": "先说出顾客的感受,再给出日期。",
    },
}


def papers(language, words) -> dict[str, bytes]:
    """{"contract", "memo"} as PDF, of people made for this."""
    from django.utils import translation

    from hiring import contract_paper, memo_paper, memos, offers, signing
    from hiring.models import Offer, Stage
    from tests.factories import make_company, make_member
    from tests.hiring.factories import bring, make_application, make_card, make_job, make_offer

    owner = make_member(make_company(), name="Olga Lumme")
    row = make_application(make_job(owner.company), name=words["name"], language=language)
    bring(row, Stage.INTERVIEW, owner)
    card = make_card(row, owner, levels=(5, 4, 4))
    card.ratings.update(note=words["note"])
    memo = memos.save(row, by=owner, values={"why": words["why"], "doubts": ""})
    with translation.override(language):
        made = {"memo": memo_paper.pdf(row, memos.of(row, owner), memo)}
    bring(row, Stage.OFFER, owner)
    said = {name: words[name] for name in ("benefits", "description", "terms")}
    offer = offers.send(make_offer(row, owner, **said), by=owner)
    signing.accept(offer, name=words["name"], address="192.0.2.7", agent="A browser")
    return made | {"contract": contract_paper.pdf(Offer.objects.get(pk=offer.pk), evidence=True)}


def picture(pdf: bytes, name: str):
    """Its first page, as wide as a column of text."""
    command = [
        "pdftoppm",
        "-png",
        "-singlefile",
        "-scale-to-x",
        "700",
        "-scale-to-y",
        "-1",
        "-",
        str(PICTURES / name),
    ]
    subprocess.run(command, input=pdf, check=True)


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder:
        settings.DATABASES["default"]["NAME"] = str(Path(folder) / "papers.sqlite3")
        settings.PRIVATE_FILES = Path(folder) / "files"
        call_command("migrate", verbosity=0)
        PICTURES.mkdir(parents=True, exist_ok=True)
        for language, words in WORDS.items():
            for kind, pdf in papers(language, words).items():
                picture(pdf, f"{kind}-{language}")


if __name__ == "__main__":
    main()
