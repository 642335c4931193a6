import io
import unittest

from payments.api import Api
from payments.service import Payments
from payments.store import Store


class RoutesTest(unittest.TestCase):
    def status_of(self, method: str, path: str) -> str:
        said: list[str] = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": io.BytesIO()}
        Api(Payments(Store()))(environ, lambda status, headers: said.append(status))
        return said[0]

    def test_the_wrong_method_is_said_so(self) -> None:
        self.assertEqual(self.status_of("DELETE", "/payments"), "405 Method Not Allowed")

    def test_an_unknown_page_is_not_found(self) -> None:
        self.assertEqual(self.status_of("GET", "/payments/pay_000001/refuse"), "404 Not Found")


if __name__ == "__main__":
    unittest.main()
