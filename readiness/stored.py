"""A stored result as today's pages read it: what an older one did not know yet is None or empty."""

BLANK = {
    "version": "",
    "expand": False,
    "by_the_hour": False,
    "bridges": [],
    "firm": False,
    "open": [],
    "signals": [],
    "reasons": [],
    "against": [],
    "flips": [],
    "robustness": None,
    "load": None,
    "projected": None,
    "weeks_until_full": None,
    "weeks_ahead": None,
    "growth": None,
    "messages_week": None,
    "minutes_each": None,
    "work_hours": None,
    "hours": None,
    "paid_hours": None,
}
BLANK_SIGNAL = {"score": None, "contribution": 0, "weight": 0, "parts": []}


def opened(result):
    """`result` with every key a page asks for. A range that was not kept is as narrow as the number itself."""
    ends = {"low": result["need"], "high": result["need"]}
    signals = [_signal(each) for each in result.get("signals", [])]
    return {**BLANK, **ends, **result, "signals": signals}


def _signal(signal):
    score = signal.get("score")
    ends = {"low": 0 if score is None else score, "high": 100 if score is None else score}
    return {**BLANK_SIGNAL, **ends, **signal}
