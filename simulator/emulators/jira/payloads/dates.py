"""Instants as Jira's pages and `renderedFields` word them: near ones by their distance, others by day, in the reader's zone."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(on: date) -> str:
    """A day: `2/Mar/26`."""
    return f"{on.day}/{_MONTHS[on.month - 1]}/{on.year % 100:02}"


def moment(at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """An instant: `Just now`, `5 minutes ago`, `Yesterday 4:02 PM`, `Monday 4:02 PM`, `2/Mar/26 4:02 PM`.

    https://support.atlassian.com/jira-cloud-administration/docs/configure-the-look-and-feel-of-jira-applications/
    """
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days_ago = (today - local.date()).days
    clock = f"{local.hour % 12 or 12}:{local.minute:02} {'AM' if local.hour < 12 else 'PM'}"
    if days_ago == 0 and at <= now:
        return _distance(int((now - at).total_seconds()) // 60)
    if days_ago == 1:
        return f"Yesterday {clock}"
    if 1 < days_ago < 7:
        return f"{_DAYS[local.weekday()]} {clock}"
    return f"{day(local.date())} {clock}"


def _distance(minutes: int) -> str:
    if minutes < 1:
        return "Just now"
    number, unit = (minutes, "minute") if minutes < 60 else (minutes // 60, "hour")
    return f"{number} {unit}{'' if number == 1 else 's'} ago"
