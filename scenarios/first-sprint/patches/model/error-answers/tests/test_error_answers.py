import io
import json
import unittest
from typing import Any

from payments.api import Api
from payments.service import Payments
from payments.store import Store


class ErrorAnswersTest(unittest.TestCase):
    def answer_to(self, body: bytes) -> dict[str, Any]:
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/payments",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        answer: dict[str, Any] = json.loads(b"".join(Api(Payments(Store()))(environ, lambda status, headers: None)))
        return answer

    def test_the_field_that_is_wrong_is_named(self) -> None:
        order = {"amount": "19.99", "currency": "EUR", "reference": "r"}
        for field, value in (("amount", "20,00"), ("amount", 20), ("currency", "XXX")):
            with self.subTest(field=field, value=value):
                self.assertEqual(self.answer_to(json.dumps({**order, field: value}).encode())["field"], field)

    def test_the_message_says_what_would_be_right(self) -> None:
        answer = self.answer_to(b'{"amount": "1", "currency": "XXX", "reference": "r"}')

        self.assertIn("CHF, EUR, GBP, SEK, USD", answer["error"])

    def test_a_broken_body_is_explained(self) -> None:
        for body, said in ((b"{", "not JSON"), (b"[]", "JSON object"), (b"x" * 10_001, "at most 10,000 bytes")):
            with self.subTest(body=body[:5]):
                answer = self.answer_to(body)
                self.assertEqual(answer["field"], "body")
                self.assertIn(said, answer["error"])


if __name__ == "__main__":
    unittest.main()
