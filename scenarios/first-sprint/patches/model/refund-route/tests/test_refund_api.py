import io
import json
import unittest
from typing import Any

from payments.api import Api
from payments.service import Payments
from payments.store import Store


class RefundApiTest(unittest.TestCase):
    def setUp(self) -> None:
        self.payments = Payments(Store())
        self.payment_id = self.payments.authorise("12.50", "EUR", "order-1").id
        self.payments.capture(self.payment_id)

    def refund(self, body: bytes = b"") -> tuple[str, Any]:
        said: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": f"/payments/{self.payment_id}/refund",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        answer = b"".join(Api(self.payments)(environ, lambda status, headers: said.append(status)))
        return said[0], json.loads(answer)

    def test_without_an_amount_everything_is_refunded(self) -> None:
        status, payment = self.refund()

        self.assertEqual((status, payment["status"]), ("200 OK", "refunded"))

    def test_a_part_can_be_refunded(self) -> None:
        self.assertEqual(self.refund(b'{"amount": "2.50"}')[1]["status"], "captured")

    def test_a_second_full_refund_is_a_conflict(self) -> None:
        self.refund()

        self.assertEqual(self.refund()[0], "409 Conflict")


if __name__ == "__main__":
    unittest.main()
