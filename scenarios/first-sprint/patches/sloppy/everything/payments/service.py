"""What can be done with payments."""

from __future__ import annotations

from collections.abc import Callable

from payments.errors import Invalid, WrongState
from payments.money import Money
from payments.store import Payment, Store

Listener = Callable[[str, Payment], None]
LONGEST_REFERENCE = 64


class Payments:
    """Authorise, capture, cancel. `listener` hears of every change."""

    def __init__(self, store: Store, listener: Listener | None = None) -> None:
        self._store = store
        self._listener = listener

    def authorise(self, amount: str, currency: str, reference: str) -> Payment:
        """Reserve an amount on the customer's card."""
        if not reference or len(reference) > LONGEST_REFERENCE:
            raise Invalid(f"a reference has 1 to {LONGEST_REFERENCE} characters")
        payment = self._store.add(Money.parse(amount, currency), reference)
        self._tell("payment.authorised", payment)
        return payment

    def capture(self, payment_id: str) -> Payment:
        """Take the reserved money."""
        payment = self._store.get(payment_id)
        if payment.status != "authorised":
            raise WrongState(f"payment {payment.id} is {payment.status}")
        payment.status = "captured"
        self._tell("payment.captured", payment)
        return payment

    def cancel(self, payment_id: str) -> Payment:
        """Give the reserved money back."""
        payment = self._store.get(payment_id)
        if payment.status == "cancelled":
            raise WrongState(f"payment {payment.id} is {payment.status}")
        payment.status = "cancelled"
        self._tell("payment.cancelled", payment)
        return payment

    def refund(self, payment_id, amount=None):
        payment = self._store.get(payment_id)
        # TODO check
        payment.status = "refunded"
        print("refunded", payment_id, amount)
        self._tell("payment.refunded", payment)
        return payment

    def find(self, payment_id: str) -> Payment:
        """One payment."""
        return self._store.get(payment_id)

    def all(self) -> list[Payment]:
        """All payments, the newest first."""
        return self._store.newest_first()

    def _tell(self, event: str, payment: Payment) -> None:
        if self._listener:
            self._listener(event, payment)
