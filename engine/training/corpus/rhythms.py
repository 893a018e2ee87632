"""Rhythm cells shared by the melodies of several styles; one bar each."""

from __future__ import annotations

CALM = {
    "4/4": ("x-------x---x---", "x-----x-x-------", "....x---x---x---", "x-----------x---",
            "x---x-------x-x-", "........x---x---"),
    "3/4": ("x-------x---", "x---x---x---", "x-----x-x---", "x-----------", "....x---x---"),
    "6/8": ("x-----x-----", "x---x-x-----", "x-----x---x-", "x-----------", "......x-x-x-"),
}  # fmt: skip
SINGING = {
    "4/4": ("x-x-x---x-x-x---", "x---x-x-x-----x-", "..x-x-x-x---x-x-", "x-----x-x---x---",
            "x-x-x-x-x-------", "....x-x-x---x---", "x---..x-x-x-x---"),
    "3/4": ("x---x-x-x---", "x-------x-x-", "x-x-x---x---", "x-----x-x---", "..x-x-x-x---"),
    "6/8": ("x---x-x---x-", "x-x-x-x-----", "x-----x-x-x-", "x---x-x-----", "..x-x-x---x-"),
}  # fmt: skip
BUSY = {
    "4/4": ("x-xxx-x-..x-x-x-", "x-x-xxx-x-x-x---", "..xxx-x-x---x-x-", "x--x--x-x-x-x-x-",
            "x-x---xxx-x-----", "....x-xxx--x--x-", "x.x.x-x.xxx-x---"),
    "3/4": ("x-x-x-xxx---", "x---x-x-x-x-", "x-xxx-x-x---", "..x-xxx-x---"),
    "6/8": ("x-x-x-x-xxx-", "xxx-x-x---x-", "x-x-x-x-x---", "x---x-xxx-x-"),
}  # fmt: skip
JAZZY = {
    "4/4": ("..x-x-x-..x-x---", "x-x-x-x-x--x----", "..x-x-xxx-----x-", "x-----x---x-x-x-",
            "..x---x-x-x-x-x-", "x-x-x---..x-x---"),
    "3/4": ("x-x-x-x-x---", "..x-x---x-x-", "x-----x-x-x-", "x---..x-x---"),
    "6/8": ("x-x-x-x---x-", "..x-x-x-x-x-", "x---x-x-----", "x-x---x-x---"),
}  # fmt: skip
HOOKS = {
    "4/4": ("x..x..x.x..x..x.", "x.x.x..x..x.x...", "x-..x-..x..x..x-", "..x.x..x..x.x.x.",
            "x...x.x.x...x.x.", "x--x--x---------"),
}  # fmt: skip
