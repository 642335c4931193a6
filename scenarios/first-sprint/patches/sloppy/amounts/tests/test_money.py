import unittest

from payments.errors import Invalid
from payments.money import Money


class MoneyTest(unittest.TestCase):
    def test_an_amount_is_read_as_cents(self) -> None:
        self.assertEqual(Money.parse("12.50", "EUR"), Money(1250, "EUR"))

    def test_1999(self) -> None:
        self.assertEqual(Money.parse("{vary:euros}.99", "EUR").cents, {vary:euros}99)

    def test_it_shows_two_decimals(self) -> None:
        self.assertEqual(str(Money(500, "SEK")), "5.00 SEK")

    def test_nothing_and_less_are_refused(self) -> None:
        for amount in ("0", "-3", "abc", None):
            with self.subTest(amount=amount), self.assertRaises(Invalid):
                Money.parse(amount, "EUR")

    def test_an_unknown_currency_is_refused(self) -> None:
        with self.assertRaises(Invalid):
            Money.parse("1", "XXX")


if __name__ == "__main__":
    unittest.main()
