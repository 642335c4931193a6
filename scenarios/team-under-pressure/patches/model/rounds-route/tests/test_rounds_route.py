import unittest

from tests.asking import Asking

ROUND = "recipient,phone,postcode,window\nM. Okoye,+31 6 1,1017 AB,9-11\nJ. Vos,+31 6 2,1018 CD,13-15\n"


class RoundsRouteTest(unittest.TestCase):
    def test_all_parcels_of_a_round_are_registered(self) -> None:
        status, answer = Asking()("POST", "/rounds", {"csv": ROUND})

        self.assertEqual((status, len(answer["parcels"])), (201, 2))

    def test_a_round_that_cannot_be_read_registers_nothing(self) -> None:
        ask = Asking()

        self.assertEqual(ask("POST", "/rounds", {"csv": "nonsense"})[0], 400)
        self.assertEqual(ask("GET", "/parcels/pp00001")[0], 404)


if __name__ == "__main__":
    unittest.main()
