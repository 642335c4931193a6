from __future__ import annotations

from web.charts.burndown import burndown_chart


def test_days_to_come_have_gaps_in_all_but_the_ideal_line() -> None:
    days = [
        {"day": 0, "ideal": 10.0, "remaining": 10.0, "scope": 10.0},
        {"day": 1, "ideal": 5.0, "remaining": 7.0, "scope": 12.0},
        {"day": 2, "ideal": 0.0, "remaining": None, "scope": None},
    ]

    chart = burndown_chart({"unit": "points", "days": days})

    assert chart == {
        "unit": "points",
        "labels": ["start", "day 1", "day 2"],
        "ideal": [10.0, 5.0, 0.0],
        "remaining": [10.0, 7.0, None],
        "scope": [10.0, 12.0, None],
    }


def test_before_the_sprint_there_is_nothing_to_draw() -> None:
    assert burndown_chart({"unit": "points", "days": []})["labels"] == []
