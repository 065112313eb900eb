from caravan.signals.actions.record import flush, note, write

__all__ = ["flush", "note", "write"]
