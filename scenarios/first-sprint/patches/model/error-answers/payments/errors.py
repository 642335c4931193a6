"""What a shop can do wrong. The API turns these into answers; everything else is our own fault."""

from __future__ import annotations


class PaymentError(Exception):
    """Base: `status` is the HTTP status of the answer, `field` the part of the request that is wrong."""

    status = 400

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

    def plain(self) -> dict[str, str]:
        """The error as the API writes it."""
        return {"error": str(self)} | ({"field": self.field} if self.field else {})


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
