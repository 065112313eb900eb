from __future__ import annotations

from caravan.api.endpoint import Call, Nothing, Page, Shape, endpoint
from caravan.catalog.queries import CategoryRow, attributes, category, tree


class CategoryShape(Shape, frozen=True):
    """`id` is the path from the root, the value other endpoints take as `category`."""

    id: str
    name: str
    parent: str | None
    children: list[str]


class AttributeShape(Shape, frozen=True):
    code: str
    name: str
    kind: str
    unit: str
    required: bool
    choices: dict[str, str]


class CategoryDetail(CategoryShape, frozen=True):
    attributes: list[AttributeShape]


@endpoint("GET", "categories", answer=Page[CategoryShape])
def list_categories(call: Call[Nothing, None]) -> Page[CategoryShape]:
    """The whole tree, parents before children"""
    return Page(items=[_shape(row) for row in tree(call.market.language).values()])


class CategoryQuery(Shape, frozen=True):
    path: str


@endpoint("GET", "category", answer=CategoryDetail, query=CategoryQuery)
def get_category(call: Call[CategoryQuery, None]) -> CategoryDetail:
    """One category with the attributes its goods have, by `path`"""
    row = category(call.query.path, call.market.language)
    found = attributes(row.path, call.market.language).values()
    return CategoryDetail(
        id=row.path,
        name=row.name,
        parent=row.parent or None,
        children=list(row.children),
        attributes=[
            AttributeShape(
                code=a.code, name=a.name, kind=a.kind, unit=a.unit, required=a.required,
                choices={c.value: c.name for c in a.choices},
            )
            for a in found
        ],
    )  # fmt: skip


def _shape(row: CategoryRow) -> CategoryShape:
    return CategoryShape(id=row.path, name=row.name, parent=row.parent or None, children=list(row.children))
