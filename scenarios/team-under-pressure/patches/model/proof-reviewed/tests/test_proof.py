import unittest

from tests.asking import A_PARCEL, Asking


class ProofTest(unittest.TestCase):
    def setUp(self) -> None:
        self.ask = Asking()
        self.parcel = f"/parcels/{self.ask('POST', '/parcels', A_PARCEL)[1]['id']}"

    def test_it_says_to_whom_it_was_handed(self) -> None:
        status, parcel = self.ask("POST", f"{self.parcel}/deliver", {"handed_to": "neighbour"})

        self.assertEqual((status, parcel["handed_to"]), (200, "neighbour"))
        self.assertNotIn("handed_to", self.ask("GET", self.parcel)[1])

    def test_without_it_nothing_is_delivered(self) -> None:
        for body in ({}, {"handed_to": "M. Okoye"}):
            with self.subTest(body=body):
                self.assertEqual(self.ask("POST", f"{self.parcel}/deliver", body)[0], 400)

        self.assertEqual(self.ask("GET", self.parcel)[1]["status"], "registered")


if __name__ == "__main__":
    unittest.main()
