"""Disputes. Every action locks the order, looks what became of its dispute meanwhile, and moves it along `rules/disputes.py`."""

from caravan.trade.actions.disputes.clocks import move_expired
from caravan.trade.actions.disputes.evidence import add_evidence
from caravan.trade.actions.disputes.opening import Complaint, open_dispute
from caravan.trade.actions.disputes.parcels import confirm_resent, contest, give_return_address, resend, send_back, take_back
from caravan.trade.actions.disputes.proposing import accept, decide, escalate, propose, withdraw

__all__ = [
    "Complaint",
    "accept",
    "add_evidence",
    "confirm_resent",
    "contest",
    "decide",
    "escalate",
    "give_return_address",
    "move_expired",
    "open_dispute",
    "propose",
    "resend",
    "send_back",
    "take_back",
    "withdraw",
]
