import os
import unittest
from unittest.mock import patch

from tracking.config import gateway_key


class ConfigTest(unittest.TestCase):
    def test_the_key_comes_from_the_environment(self) -> None:
        with patch.dict(os.environ, {"PEDALPOST_GATEWAY_KEY": "k"}):
            self.assertEqual(gateway_key(), "k")

    def test_without_a_key_it_says_what_to_do(self) -> None:
        with patch.dict(os.environ, clear=True), self.assertRaisesRegex(LookupError, "Sanna"):
            gateway_key()


if __name__ == "__main__":
    unittest.main()
