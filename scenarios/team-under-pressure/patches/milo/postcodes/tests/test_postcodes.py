import unittest

from tests.asking import A_PARCEL, Asking


class PostcodesTest(unittest.TestCase):
    def test_a_postcode_is_needed_where_we_ride(self) -> None:
        for postcode, status in (("1017 AB", 201), ("1017ab", 201), ("9999 ZZ", 400), ("", 400)):
            with self.subTest(postcode=postcode):
                self.assertEqual(Asking()("POST", "/parcels", {**A_PARCEL, "postcode": postcode})[0], status)


if __name__ == "__main__":
    unittest.main()
