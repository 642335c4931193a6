import unittest
from datetime import date, timedelta

from tracking.parcels import Parcel
from tracking.retention import FORGOTTEN, forget

TODAY = date(2026, 2, 16)


def a_parcel(*, delivered: bool = True) -> Parcel:
    return Parcel("pp00001", "M. Okoye", "+31 6 1", "1017 AB", "9:00-11:00", delivered=delivered)


class RetentionTest(unittest.TestCase):
    def test_a_recipient_is_forgotten_after_{vary:keep-days}_days(self) -> None:
        parcel = a_parcel()

        self.assertEqual(forget([(parcel, TODAY - timedelta(days={vary:keep-days} + 1))], TODAY), 1)
        self.assertEqual({parcel.recipient, parcel.phone, parcel.postcode}, {FORGOTTEN})

    def test_what_is_recent_or_not_delivered_is_kept(self) -> None:
        recent, lost = a_parcel(), a_parcel(delivered=False)

        self.assertEqual(forget([(recent, TODAY - timedelta(days={vary:keep-days})), (lost, date(2025, 1, 1))], TODAY), 0)
        self.assertEqual(recent.recipient, "M. Okoye")


if __name__ == "__main__":
    unittest.main()
