from __future__ import annotations

from web.charts.trend import trend_line


def a_trend(*scores: float) -> list[dict[str, float]]:
    return [{"score": score} for score in scores]


def test_fewer_than_two_scores_draw_nothing() -> None:
    assert trend_line(a_trend()) == ""
    assert trend_line(a_trend(50)) == ""


def test_a_line_goes_from_left_to_right_and_up() -> None:
    assert trend_line(a_trend(0, 50, 100)) == "2.0,28.0 50.0,15.0 98.0,2.0"


def test_a_long_trend_is_thinned_and_keeps_its_last_score() -> None:
    points = trend_line(a_trend(*range(100), *[100] * 900)).split()

    assert len(points) <= 120
    assert points[-1] == "98.0,2.0"
