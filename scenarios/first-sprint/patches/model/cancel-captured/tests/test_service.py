import unittest

from payments.errors import Invalid, NotFound, WrongState
from payments.service import Payments
from payments.store import Store


class PaymentsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.heard: list[str] = []
        self.payments = Payments(Store(), listener=lambda event, payment: self.heard.append(event))

    def an_authorised_payment(self) -> str:
        return self.payments.authorise("12.50", "EUR", "order-1").id

    def test_a_payment_begins_authorised(self) -> None:
        payment = self.payments.find(self.an_authorised_payment())

        self.assertEqual(payment.status, "authorised")
        self.assertEqual(self.heard, ["payment.authorised"])

    def test_capturing_takes_the_money_once(self) -> None:
        payment_id = self.an_authorised_payment()

        self.assertEqual(self.payments.capture(payment_id).status, "captured")
        with self.assertRaises(WrongState):
            self.payments.capture(payment_id)

    def test_cancelling_gives_it_back(self) -> None:
        payment_id = self.an_authorised_payment()

        self.assertEqual(self.payments.cancel(payment_id).status, "cancelled")
        with self.assertRaises(WrongState):
            self.payments.capture(payment_id)

    def test_captured_money_cannot_be_cancelled(self) -> None:
        payment_id = self.an_authorised_payment()
        self.payments.capture(payment_id)

        with self.assertRaises(WrongState):
            self.payments.cancel(payment_id)
        self.assertEqual(self.payments.find(payment_id).status, "captured")

    def test_the_newest_comes_first(self) -> None:
        first, second = self.an_authorised_payment(), self.an_authorised_payment()

        self.assertEqual([payment.id for payment in self.payments.all()], [second, first])

    def test_a_reference_is_needed(self) -> None:
        for reference in ("", "x" * 65):
            with self.subTest(reference=reference), self.assertRaises(Invalid):
                self.payments.authorise("1", "EUR", reference)

    def test_an_unknown_payment_is_not_found(self) -> None:
        with self.assertRaises(NotFound):
            self.payments.capture("pay_999999")


if __name__ == "__main__":
    unittest.main()
