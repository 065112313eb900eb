"""The demo world: a seeded simulation of ninety days of a cross-border market. Pure: the same seed, scale, end and rates give the
same world, a day at a time, so that it may be ten times larger than memory likes."""

from caravan.project.demo.world.goods import Item, Picture
from caravan.project.demo.world.scale import DAYS, Scale
from caravan.project.demo.world.world import Day, World

__all__ = ["DAYS", "Day", "Item", "Picture", "Scale", "World"]
