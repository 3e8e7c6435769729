"""Tests that fail: what their reports show is looked at from outside."""

import pytest
from soap import is_entitled


@pytest.fixture
def asked(latchkey):
    is_entitled(latchkey, account="bob")


def test_fails(asked, latchkey):
    latchkey.verify(operation="isEntitled", fields={"account.merchantAccountId": "ada"})


def test_passes(asked):
    pass


def test_without_latchkey():
    assert 1 == 2
