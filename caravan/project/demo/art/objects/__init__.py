"""All drawings, by theme: importing this package fills the register in `board`."""

from caravan.project.demo.art.objects import (
    accessories,
    beauty,
    clothing,
    electronics,
    garden,
    hobby,
    home,
    kids,
    kitchen,
    pets,
    shoes_bags,
    sports,
)

__all__ = [
    "accessories",
    "beauty",
    "clothing",
    "electronics",
    "garden",
    "hobby",
    "home",
    "kids",
    "kitchen",
    "pets",
    "shoes_bags",
    "sports",
]
