"""What a caller can do wrong. The API turns these into answers; everything else is our own fault."""

from __future__ import annotations


class TrackingError(Exception):
    """Base: `status` is the HTTP status of the answer."""

    status = 400


class Invalid(TrackingError):
    """The request makes no sense."""


class NotFound(TrackingError):
    """There is no such thing."""

    status = 404


class WrongState(TrackingError):
    """The parcel is not in a state that allows this."""

    status = 409
