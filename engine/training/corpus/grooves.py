"""Drum grooves beyond a style's own: small changes hands make, and beats nobody would expect."""

from __future__ import annotations

from random import Random

from engine.training.corpus.patterns import bar_of, bar_steps, drum_rows

PERCUSSION = "JAZWQUEV"
Rows = dict[str, list[str]]  # drum letter -> one symbol per step


def varied(groove: str, meter: str, rng: Random) -> str:
    """A style's groove as one drummer plays it: moved kicks, ghost strokes, an open hat."""
    steps = bar_steps(meter)
    rows = _opened(groove, steps)
    if rng.random() < 0.5:
        _add(rows, "K", "x", _free(rows, "KSC", range(2, steps, 2)), rng)
    if "S" in rows and rng.random() < 0.4:
        for _ in range(rng.randint(1, 2)):
            _add(rows, "S", "o", _free(rows, "SK", range(1, steps, 2)), rng)
    if "H" in rows and rng.random() < 0.35:
        last = max(step for step, symbol in enumerate(rows["H"]) if symbol != ".")
        rows["H"][last] = "."
        rows.setdefault("O", ["."] * len(rows["H"]))
        rows["O"][last % len(rows["O"])] = "x"
    if "H" in rows and rng.random() < 0.25:
        rows["H"] = [_soft_off_the_beat(symbol, step) for step, symbol in enumerate(rows["H"])]
    if rng.random() < 0.15:
        drum = rng.choice([letter for letter in PERCUSSION if letter not in rows])
        rows[drum] = _pulse(steps, rng.choice((2, 4)), rng.choice((0, 2)), "o")
    return _closed(rows)


def drawn(meter: str, groove: str, rng: Random) -> str:
    """A beat as someone might paint it: bare, stubborn, scattered, or a groove gone astray."""
    steps = bar_steps(meter)
    pulse = 6 if meter == "6/8" else 4
    kind = rng.randrange(6)
    if kind == 0:  # a kick on every beat, and perhaps something between
        rows = {"K": _pulse(steps, pulse, 0, "X")}
        if rng.random() < 0.7:
            rows[rng.choice("HOJ")] = _pulse(steps, pulse, pulse // 2, "x")
        if rng.random() < 0.6:
            rows[rng.choice("SC")] = _pulse(steps, 2 * pulse, pulse, "X")
    elif kind == 1:  # single strokes
        rows = {rng.choice("KSHYLR"): _scatter(steps, rng.randint(1, 2), rng)}
        if rng.random() < 0.6:
            rows.setdefault(rng.choice("KSCB"), _scatter(steps, 1, rng))
    elif kind == 2:  # kick, snare and a cymbal anywhere
        rows = {
            "K": _scatter(steps, rng.randint(1, 5), rng),
            "S": _scatter(steps, rng.randint(1, 4), rng),
            rng.choice("HDOZ"): _pulse(steps, rng.choice((1, 2, 3, 4)), 0, "x"),
        }
        rows["K"][0] = "X" if rng.random() < 0.7 else rows["K"][0]
    elif kind == 3:  # strokes spread evenly, however many there are
        rows = {
            drum: _spread(steps, rng.randint(2, steps // 2), rng.randrange(4))
            for drum in rng.sample("KSHRTNJWQ", rng.randint(2, 4))
        }
    elif kind == 4:  # toms and percussion, no snare
        rows = {drum: _scatter(steps, rng.randint(1, 5), rng) for drum in rng.sample("LTMNQUGI", 3)}
        rows["K"] = _pulse(steps, 2 * pulse, 0, "x")
    else:
        rows = _opened(groove, steps)
        for drum in list(rows):
            _astray(rows[drum], rng)
            if len(rows) > 1 and rng.random() < 0.2:
                del rows[drum]
    return _closed(rows)


def _opened(groove: str, steps: int) -> Rows:
    """The rows with every step written out, over one bar or as many as the row has."""
    rows: Rows = {}
    for drum, pattern in drum_rows(groove):
        n_bars = max(1, len(pattern) // steps)
        row = "".join(bar_of(pattern, steps, bar) for bar in range(n_bars))
        before = rows.get(drum)
        rows[drum] = list(row) if before is None else _merged(before, list(row))
    return rows


def _merged(one: list[str], other: list[str]) -> list[str]:
    length = max(len(one), len(other))
    pairs = ((one[step % len(one)], other[step % len(other)]) for step in range(length))
    return [there if here == "." else here for here, there in pairs]


def _closed(rows: Rows) -> str:
    sounding = {drum: row for drum, row in rows.items() if any(symbol != "." for symbol in row)}
    return " | ".join(f"{drum} {''.join(row)}" for drum, row in (sounding or rows).items())


def _free(rows: Rows, drums: str, steps: range) -> list[int]:
    """The steps at which none of these drums sounds."""
    present = [rows[drum] for drum in drums if drum in rows]
    return [step for step in steps if all(row[step % len(row)] == "." for row in present)]


def _add(rows: Rows, drum: str, symbol: str, places: list[int], rng: Random) -> None:
    if drum in rows and places:
        rows[drum][rng.choice(places) % len(rows[drum])] = symbol


def _soft_off_the_beat(symbol: str, step: int) -> str:
    return "o" if symbol == "x" and step % 4 else symbol


def _pulse(steps: int, every: int, first: int, symbol: str) -> list[str]:
    return [symbol if step % every == first % every else "." for step in range(steps)]


def _scatter(steps: int, n: int, rng: Random) -> list[str]:
    row = ["."] * steps
    for step in rng.sample(range(0, steps, rng.choice((1, 2, 2))), n):
        row[step] = rng.choice("Xxx")
    return row


def _spread(steps: int, n: int, turn: int) -> list[str]:
    """``n`` strokes as even as the steps allow, turned round."""
    row = ["x" if step * n % steps < n else "." for step in range(steps)]
    return row[turn:] + row[:turn]


def _astray(row: list[str], rng: Random) -> None:
    """Some strokes go, some come."""
    for _ in range(rng.randint(1, 3)):
        step = rng.randrange(len(row))
        row[step] = rng.choice("xXo") if row[step] == "." else "."
