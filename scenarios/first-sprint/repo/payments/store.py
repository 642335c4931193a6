"""Keeps payments. In memory for now."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from payments.errors import NotFound
from payments.money import Money


@dataclass
class Payment:
    """A payment of a shop's customer."""

    id: str
    money: Money
    reference: str
    status: str = "authorised"

    def plain(self) -> dict[str, str]:
        """The payment as the API writes it."""
        return {"id": self.id, **self.money.plain(), "reference": self.reference, "status": self.status}


class Store:
    """All payments by id."""

    def __init__(self) -> None:
        self._payments: dict[str, Payment] = {}
        self._numbers = itertools.count(1)

    def add(self, money: Money, reference: str) -> Payment:
        """Keep a new payment."""
        payment = Payment(f"pay_{next(self._numbers):06}", money, reference)
        self._payments[payment.id] = payment
        return payment

    def get(self, payment_id: str) -> Payment:
        """One payment; NotFound if there is none."""
        try:
            return self._payments[payment_id]
        except KeyError:
            raise NotFound(f"no payment {payment_id}") from None

    def newest_first(self) -> list[Payment]:
        """All payments, the newest first."""
        return list(reversed(self._payments.values()))
