"""What the keys of a scorecard's records mean, for its schema: record → key → words. Text only."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "Finding": {
        "id": "What it is called as long as its run lives.",
        "rule": "Code of the rule.",
        "name": "Name of the rule.",
        "outcome": "Only passes and breaches count towards the score.",
        "subject": "What was judged, as `kind:name`: `pull:7`, `branch:fix/rounding`, `issue:PAY-3`.",
        "url": "Where it can be seen.",
        "seat": "Who did it first of all; null when nobody of this card's did.",
        "seats": "Everybody of this card who shares it.",
        "item": "The work item that it counts for: an issue's key, a reviewed pull request, a sprint, or `UNPLANNED`.",
        "at": "When it happened, in simulated time.",
        "message": "What was found: the number, the limit.",
        "why": "Why it matters.",
        "how_to_fix": "What to do now; empty when there is nothing to be done.",
        "evidence": "What the verdict rests on, and the limits that it was held against, with their units.",
        "credit": "What it earned, 0 to 1; null for what was not judged.",
        "points_lost": "What it costs on this card, of 100 points.",
        "repairable": "How much of the lost credit can still be won by mending it.",
        "open": "It is a breach that nobody has mended or waived.",
        "waived": "Who waived it, and why; null for what is not waived.",
        "disputed": "What the learner says against it, and what became of that; null for what nobody disputes.",
        "waiting": "It is not judged yet, because it is too early; `message` says what is waited for.",
    },
    "Waived": {
        "by": "Who waived it: a person, or the scenario.",
        "reason": "Why.",
        "at": "When, in simulated time; null for the scenario's waivers.",
    },
    "Disputed": {
        "state": "What became of it.",
        "reason": "What the learner says.",
        "at": "When, in simulated time.",
        "by": "Who answered; null as long as nobody has.",
        "answer": "What the trainer says; null as long as nobody has answered.",
    },
    "UnusedWaiver": {
        "rule": "Code of the rule.",
        "subject": "The subject, or a pattern of subjects.",
        "reason": "Why it was waived.",
        "by": "Who waived it.",
    },
    "RuleScore": {
        "rule": "Code of the rule.",
        "name": "Name of the rule.",
        "severity": "How much it weighs within its group.",
        "budget": "Points of 100 that it is worth here.",
        "target": "The rate that earns them all.",
        "items": "Work items with evidence.",
        "expected": "Work items with evidence that should be there by now.",
        "rate": "Average credit over the work items that are there or should be, 0 to 1.",
        "score": "Share of the budget that the rate earns, 0 to 1.",
        "earned": "Points earned.",
        "lost": "Points lost.",
    },
    "WaterfallStep": {
        "cause": "Why points are not there.",
        "rule": "Code of the rule; null when there is nothing to judge.",
        "subject": "The subject that costs them; null for what is missing.",
        "points": "How many, in hundredths.",
    },
}
