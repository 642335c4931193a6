import unittest

from tests.asking import A_PARCEL, Asking


class ScansTest(unittest.TestCase):
    def setUp(self) -> None:
        self.ask = Asking()
        self.parcel = f"/parcels/{self.ask('POST', '/parcels', A_PARCEL)[1]['id']}"

    def test_a_scanned_parcel_is_on_its_way(self) -> None:
        status, parcel = self.ask("POST", f"{self.parcel}/scans", {"depot": "North depot"})

        self.assertEqual((status, parcel["status"]), (201, "on its way"))

    def test_a_delivered_parcel_is_scanned_no_more(self) -> None:
        self.assertEqual(self.ask("POST", f"{self.parcel}/deliver")[1]["status"], "delivered")

        self.assertEqual(self.ask("POST", f"{self.parcel}/scans", {"depot": "North depot"})[0], 409)

    def test_the_eta_counts_the_stops_that_are_left(self) -> None:
        self.ask("POST", f"{self.parcel}/scans", {"depot": "North depot"})

        self.assertEqual(self.ask("GET", f"{self.parcel}/eta")[1]["minutes"], 2 * {vary:stop-minutes})


if __name__ == "__main__":
    unittest.main()
