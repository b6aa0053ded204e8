"""Where no sample shop is made: beside a real one, and on a server. Apart from test_demo.py, whose shop is shared."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Company

pytestmark = pytest.mark.django_db


def test_it_stays_out_of_the_way_of_a_real_shop(company, settings):
    settings.DEMO_ALLOWED = True
    with pytest.raises(CommandError, match="real shop"):
        call_command("demo")
    assert list(Company.objects.all()) == [company]


def test_no_sample_on_a_server(db, settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="own computer"):
        call_command("demo")
    assert not Company.objects.exists()


def test_an_empty_database_is_told_in_a_sentence(db, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match=r"First: python manage\.py migrate"):
        call_command("demo")


def test_a_real_shop_has_no_such_button(owner, sign_in):
    client = sign_in(owner)
    assert "Remove the sample shop" not in client.get("/").content.decode()
    assert client.post("/sample/remove/").status_code == 404
    assert Company.objects.filter(pk=owner.company_id).exists()
