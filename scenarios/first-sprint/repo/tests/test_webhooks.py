import json
import unittest

from payments.money import Money
from payments.store import Payment
from payments.webhooks import Webhooks, signature

PAYMENT = Payment("pay_000001", Money(1250, "EUR"), "order-1", "captured")


class Shop:
    """Answers with the statuses it was given, one after the other."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.received: list[tuple[bytes, dict[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.received.append((body, headers))
        return self.statuses.pop(0)


class WebhooksTest(unittest.TestCase):
    def test_the_shop_gets_the_payment_signed(self) -> None:
        shop = Shop(200)

        received = Webhooks("https://shop.example/hook", "secret", shop).deliver("payment.captured", PAYMENT)

        body, headers = shop.received[0]
        self.assertTrue(received)
        self.assertEqual(json.loads(body)["payment"]["id"], "pay_000001")
        self.assertEqual(headers["X-Signature"], signature("secret", body))

    def test_a_refusal_is_reported(self) -> None:
        self.assertFalse(Webhooks("https://shop.example/hook", "secret", Shop(404)).deliver("payment.captured", PAYMENT))


if __name__ == "__main__":
    unittest.main()
