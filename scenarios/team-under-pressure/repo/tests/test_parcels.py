import unittest

from tests.asking import A_PARCEL, Asking


class ParcelsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.ask = Asking()

    def test_a_parcel_is_registered_and_found(self) -> None:
        status, parcel = self.ask("POST", "/parcels", A_PARCEL)

        self.assertEqual((status, parcel["status"]), (201, "registered"))
        self.assertEqual(self.ask("GET", f"/parcels/{parcel['id']}"), (200, parcel))

    def test_strangers_read_nothing_about_the_recipient(self) -> None:
        _, parcel = self.ask("POST", "/parcels", A_PARCEL)

        self.assertNotIn("Okoye", str(parcel))

    def test_what_is_not_there_is_not_found(self) -> None:
        for path in ("/", "/parcels/pp00009", "/parcels/pp00009/lost", "/letters"):
            with self.subTest(path=path):
                self.assertEqual(self.ask("GET", path)[0], 404)

    def test_nonsense_is_refused(self) -> None:
        for wrong in ({"recipient": ""}, {"window": "soon"}, {"window": "15-13"}):
            with self.subTest(wrong=wrong):
                self.assertEqual(self.ask("POST", "/parcels", {**A_PARCEL, **wrong})[0], 400)


if __name__ == "__main__":
    unittest.main()
