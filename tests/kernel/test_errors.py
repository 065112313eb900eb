from __future__ import annotations

import pickle

from caravan.kernel.errors import Invalid, RateLimited


def test_a_refusal_comes_whole_out_of_another_process():
    refused = pickle.loads(pickle.dumps(Invalid("price.low", "Too low.", price="At least 1.00.")))  # noqa: S301
    assert (type(refused), refused.code, refused.detail, refused.fields) == (
        Invalid, "price.low", "Too low.", {"price": "At least 1.00."},
    )  # fmt: skip
    assert pickle.loads(pickle.dumps(RateLimited(30))).retry_after == 30  # noqa: S301
