import io
import json
import unittest
from typing import Any

from payments.api import Api
from payments.service import Payments
from payments.store import Store

AN_ORDER = {"amount": "12.50", "currency": "EUR", "reference": "order-1"}


class ApiTest(unittest.TestCase):
    def setUp(self) -> None:
        self.api = Api(Payments(Store()))

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        sent = json.dumps(body).encode() if not isinstance(body, bytes) else body
        said: list[str] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": io.BytesIO(sent),
        }
        answer = b"".join(self.api(environ, lambda status, headers: said.append(status)))
        return int(said[0].split()[0]), json.loads(answer)

    def test_a_payment_is_authorised_and_found(self) -> None:
        status, payment = self.ask("POST", "/payments", AN_ORDER)

        self.assertEqual(status, 201)
        self.assertEqual(self.ask("GET", f"/payments/{payment['id']}"), (200, payment))

    def test_payments_are_listed(self) -> None:
        self.ask("POST", "/payments", AN_ORDER)

        status, payments = self.ask("GET", "/payments")

        self.assertEqual((status, len(payments)), (200, 1))

    def test_capture_and_cancel(self) -> None:
        for step, status in (("capture", "captured"), ("cancel", "cancelled")):
            with self.subTest(step=step):
                _, payment = self.ask("POST", "/payments", AN_ORDER)
                self.assertEqual(self.ask("POST", f"/payments/{payment['id']}/{step}")[1]["status"], status)

    def test_what_is_not_there_is_not_found(self) -> None:
        for path in ("/", "/payments/pay_000009", "/payments/pay_000009/refuse", "/orders"):
            with self.subTest(path=path):
                self.assertEqual(self.ask("GET", path)[0], 404)

    def test_nonsense_is_refused(self) -> None:
        for body in (b"{", b"[]", {"amount": "x", "currency": "EUR", "reference": "r"}):
            with self.subTest(body=body):
                self.assertEqual(self.ask("POST", "/payments", body)[0], 400)


if __name__ == "__main__":
    unittest.main()
