import unittest

from tests.asking import A_PARCEL, Asking


class LockersTest(unittest.TestCase):
    def test_a_locker_scans_a_parcel(self) -> None:
        ask = Asking()
        parcel = ask("POST", "/parcels", A_PARCEL)[1]["id"]

        status, answer = ask("POST", "/lockers", {"parcel": parcel, "locker": "Muiderpoort 3"})

        self.assertEqual((status, answer["status"]), (201, "on its way"))

    def test_a_scan_names_its_locker(self) -> None:
        self.assertEqual(Asking()("POST", "/lockers", {"parcel": "pp00001"})[0], 400)


if __name__ == "__main__":
    unittest.main()
