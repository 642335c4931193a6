import unittest

from tests.asking import A_PARCEL, Asking


class EtaTest(unittest.TestCase):
    def test_a_parcel_that_nobody_has_scanned_has_all_its_stops_left(self) -> None:
        ask = Asking()
        parcel = ask("POST", "/parcels", A_PARCEL)[1]["id"]

        self.assertEqual(ask("GET", f"/parcels/{parcel}/eta"), (200, {"minutes": 3 * {vary:stop-minutes}, "seen": None}))


if __name__ == "__main__":
    unittest.main()
