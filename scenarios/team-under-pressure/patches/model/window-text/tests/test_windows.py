import unittest

from tracking.errors import Invalid
from tracking.windows import Window


class WindowTest(unittest.TestCase):
    def test_a_window_is_read(self) -> None:
        self.assertEqual(Window.read("9-11"), Window(9, 11))

    def test_a_window_is_shown(self) -> None:
        self.assertEqual(Window.read("9-11").label, "9:00-11:00")

    def test_the_afternoon_is_not_the_night(self) -> None:
        self.assertEqual(Window.read("13-15").label, "13:00-15:00")
        self.assertEqual(Window.read("10-12").label, "10:00-12:00")

    def test_nonsense_is_refused(self) -> None:
        for text in ("", "nine", "11-9", "6-8", "18-22"):
            with self.subTest(text=text), self.assertRaises(Invalid):
                Window.read(text)


if __name__ == "__main__":
    unittest.main()
