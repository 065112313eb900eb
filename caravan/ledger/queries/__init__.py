from caravan.ledger.queries.balances import AccountBalance, balance, balances, of_orders, totals
from caravan.ledger.queries.proof import Finding, check
from caravan.ledger.queries.statement import StatementPage, StatementRow, account_statement, statement

__all__ = [
    "AccountBalance",
    "Finding",
    "StatementPage",
    "StatementRow",
    "account_statement",
    "balance",
    "balances",
    "check",
    "of_orders",
    "statement",
    "totals",
]
