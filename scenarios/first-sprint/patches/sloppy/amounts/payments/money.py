"""Amounts of money: whole cents and a currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from payments.errors import Invalid

CURRENCIES = ("CHF", "EUR", "GBP", "SEK", "USD")


@dataclass(frozen=True, order=True)
class Money:
    """An amount in the smallest unit of its currency."""

    cents: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read an amount such as "19.99"."""
        if currency not in CURRENCIES:
            raise Invalid(f"unknown currency {currency!r}")
        try:
            cents = int(Decimal(str(text)) * 100)
        except (TypeError, ValueError, ArithmeticError):
            raise Invalid(f"{text!r} is not an amount") from None
        if cents <= 0:
            raise Invalid("an amount must be more than zero")
        return cls(cents, currency)

    def __str__(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02} {self.currency}"

    def plain(self) -> dict[str, str]:
        """The amount as the API writes it."""
        return {"amount": f"{self.cents // 100}.{self.cents % 100:02}", "currency": self.currency}
