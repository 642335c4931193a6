import json
import unittest

from payments.money import Money
from payments.store import Payment
from payments.webhooks import ATTEMPTS, Webhooks, signature

PAYMENT = Payment("pay_000001", Money(1250, "EUR"), "order-1", "captured")


class Shop:
    """Answers with the statuses it was given, one after the other; 0 is no answer."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.received: list[tuple[bytes, dict[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.received.append((body, headers))
        status = self.statuses.pop(0)
        if status == 0:
            raise ConnectionError("nobody there")
        return status


class WebhooksTest(unittest.TestCase):
    def setUp(self) -> None:
        self.waited: list[float] = []

    def deliver_to(self, shop: Shop) -> bool:
        return Webhooks("https://shop.example/hook", "secret", shop, self.waited.append).deliver("payment.captured", PAYMENT)

    def test_the_shop_gets_the_payment_signed(self) -> None:
        shop = Shop(200)

        received = self.deliver_to(shop)

        body, headers = shop.received[0]
        self.assertTrue(received)
        self.assertEqual(json.loads(body)["payment"]["id"], "pay_000001")
        self.assertEqual(headers["X-Signature"], signature("secret", body))

    def test_it_is_tried_again_when_nobody_answers(self) -> None:
        shop = Shop(0, 503, 200)

        self.assertTrue(self.deliver_to(shop))
        self.assertEqual(self.waited, [1.0, 4.0])

    def test_it_gives_up_in_the_end(self) -> None:
        shop = Shop(*[500] * ATTEMPTS)

        self.assertFalse(self.deliver_to(shop))
        self.assertEqual(len(shop.received), ATTEMPTS)
        self.assertEqual(len(self.waited), ATTEMPTS - 1)

    def test_a_no_is_a_no(self) -> None:
        shop = Shop(410, 200)

        self.assertFalse(self.deliver_to(shop))
        self.assertEqual((len(shop.received), self.waited), (1, []))


if __name__ == "__main__":
    unittest.main()
