from caravan.tax.models.version import TableVersion

__all__ = ["TableVersion"]
