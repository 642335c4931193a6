import unittest

from tracking.reminders import reminder


class ReminderTest(unittest.TestCase):
    def test_it_names_parcel_and_window_and_fits(self) -> None:
        text = reminder("pp00001", "9-11")

        self.assertIn("pp00001", text)
        self.assertIn("9:00-11:00", text)
        self.assertIn("13:00-15:00", reminder("pp00001", "13-15"))
        self.assertLessEqual(len(text), 160)


if __name__ == "__main__":
    unittest.main()
