import unittest

from tracking.errors import Invalid
from tracking.rounds import MOST_LINES, Line, read

HEAD = "recipient,phone,postcode,window\n"


class RoundsTest(unittest.TestCase):
    def test_a_round_is_read_line_by_line(self) -> None:
        self.assertEqual(read(HEAD + "M. Okoye,+31 6 1,1017 AB,9-11\n"), [Line(2, "M. Okoye", "+31 6 1", "1017 AB", "9-11")])

    def test_a_wrong_line_is_named_by_its_number_alone(self) -> None:
        with self.assertRaises(Invalid) as wrong:
            read(HEAD + "M. Okoye,+31 6 1,1017 AB\n")

        self.assertIn("line 2", str(wrong.exception))
        self.assertNotIn("Okoye", str(wrong.exception))

    def test_another_head_or_too_many_lines_are_refused(self) -> None:
        for text in ("", "name,phone\n", HEAD + "a,b,c,9-11\n" * (MOST_LINES + 1)):
            with self.subTest(text=text[:20]), self.assertRaises(Invalid):
                read(text)


if __name__ == "__main__":
    unittest.main()
