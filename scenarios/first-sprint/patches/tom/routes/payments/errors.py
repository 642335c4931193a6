"""What a shop can do wrong. The API turns these into answers; everything else is our own fault."""

from __future__ import annotations


class PaymentError(Exception):
    """Base: `status` is the HTTP status of the answer."""

    status = 400


class Invalid(PaymentError):
    """The request makes no sense."""


class NotFound(PaymentError):
    """There is no such thing."""

    status = 404


class WrongState(PaymentError):
    """The payment is not in a state that allows this."""

    status = 409


class WrongMethod(PaymentError):
    """The page is there, but not for this method."""

    status = 405
