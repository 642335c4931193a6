import unittest

from payments.errors import Invalid, WrongState
from payments.service import Payments
from payments.store import Store


class RefundsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.heard: list[str] = []
        self.payments = Payments(Store(), listener=lambda event, payment: self.heard.append(event))

    def a_captured_payment(self) -> str:
        payment = self.payments.authorise("12.50", "EUR", "order-1")
        return self.payments.capture(payment.id).id

    def test_everything_is_given_back(self) -> None:
        payment = self.payments.refund(self.a_captured_payment())

        self.assertEqual((payment.status, payment.refunded_cents), ("refunded", 1250))
        self.assertEqual(self.heard[-1], "payment.refunded")

    def test_a_part_is_given_back_and_the_rest_later(self) -> None:
        payment_id = self.a_captured_payment()

        self.assertEqual(self.payments.refund(payment_id, "2.50").status, "captured")
        self.assertEqual(self.payments.refund(payment_id).refunded_cents, 1250)

    def test_not_more_than_was_taken(self) -> None:
        payment_id = self.a_captured_payment()
        self.payments.refund(payment_id, "12.00")

        with self.assertRaisesRegex(Invalid, "only 0.50 EUR"):
            self.payments.refund(payment_id, "0.51")

    def test_only_captured_money_can_be_given_back(self) -> None:
        authorised = self.payments.authorise("1", "EUR", "order-2").id
        refunded = self.payments.refund(self.a_captured_payment()).id

        for payment_id in (authorised, refunded):
            with self.subTest(payment_id=payment_id), self.assertRaises(WrongState):
                self.payments.refund(payment_id)


if __name__ == "__main__":
    unittest.main()
