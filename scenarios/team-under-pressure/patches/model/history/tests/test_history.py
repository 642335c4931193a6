import unittest

from tests.asking import A_PARCEL, Asking


class HistoryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.ask = Asking()
        self.parcel = f"/parcels/{self.ask('POST', '/parcels', A_PARCEL)[1]['id']}"

    def test_all_scans_are_listed_the_oldest_first(self) -> None:
        for place, courier in (("North", ""), ("Canal", "{vary:courier}")):
            self.ask("POST", f"{self.parcel}/scans", {"place": place, "courier": courier})

        _, history = self.ask("GET", f"{self.parcel}/history")

        self.assertEqual([scan["place"] for scan in history["scans"]], ["North", "Canal"])
        self.assertEqual(history["scans"][1]["courier"], "{vary:courier}")

    def test_it_says_nothing_about_the_recipient(self) -> None:
        self.assertNotIn("Okoye", str(self.ask("GET", f"{self.parcel}/history")))

    def test_a_parcel_nobody_has_seen_has_no_scans(self) -> None:
        self.assertEqual(self.ask("GET", f"{self.parcel}/history")[1]["scans"], [])


if __name__ == "__main__":
    unittest.main()
