import threading
import unittest

from tracking.messages import Messages
from tracking.parcels import Parcel

A_PARCEL = Parcel("pp00001", "M. Okoye", "+31 6 1234", "1017 AB", "9:00-11:00")


class MessagesTest(unittest.TestCase):
    def test_a_message_goes_to_the_phone_with_the_key(self) -> None:
        sent = []

        Messages("k", lambda *what: sent.append(what) or 202).on_its_way(A_PARCEL)

        phone, text, headers = sent[0]
        self.assertEqual((phone, headers["Authorization"]), ("+31 6 1234", "Bearer k"))
        self.assertIn("9:00-11:00", text)
        self.assertIn("pp00001", text)
        self.assertNotIn("Okoye", text)
        self.assertLessEqual(len(text), 160)

    def test_a_gateway_that_says_no_is_noticed(self) -> None:
        self.assertFalse(Messages("k", lambda *what: 503).on_its_way(A_PARCEL))

    def test_messages_of_several_couriers_all_arrive(self) -> None:
        sent = []
        messages = Messages("k", lambda *what: sent.append(what) or 202)
        couriers = [threading.Thread(target=messages.on_its_way, args=(A_PARCEL,)) for _ in range(8)]
        for courier in couriers:
            courier.start()
        for courier in couriers:
            courier.join(timeout=2)

        self.assertEqual(len(sent), 8)


if __name__ == "__main__":
    unittest.main()
