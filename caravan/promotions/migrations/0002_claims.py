"""Claims are decided by functions in the database: one short statement each, however many press at the same time.

What they have in common: who asks again is answered as the first time; what is sold out is refused before anything is written; the row
that counts for the buyer's limit is inserted first (a unique constraint lets one of two through), and taken back if all buckets are
empty. docs/locking.md has the order of the locks, docs/speed.md what was measured.
"""

from django.db import migrations, models

# Pieces out of the buckets, all that are wanted or none. Whoever wants one takes it from the first bucket after a random one that nobody
# holds; only when there is no such bucket, those held are waited for, in order of number. Whoever wants several may have taken some
# already and must not wait then: it lets go of them first, and no two such are at it at once.
TAKE = """
CREATE FUNCTION promotions_take(p_subject uuid, p_pieces int) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first_one int := floor(random() * 64);
    wanted int := p_pieces;
    found_one record;
    taken bigint[] := '{}';
    counts int[] := '{}';
BEGIN
    IF p_pieces = 1 THEN
        UPDATE promotions_bucket SET "left" = "left" - 1 WHERE id = (
            SELECT id FROM promotions_bucket WHERE subject_id = p_subject AND number >= first_one AND "left" > 0
            ORDER BY number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
        IF FOUND THEN RETURN true; END IF;
        UPDATE promotions_bucket SET "left" = "left" - 1 WHERE id = (
            SELECT id FROM promotions_bucket WHERE subject_id = p_subject AND number < first_one AND "left" > 0
            ORDER BY number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
        IF FOUND THEN RETURN true; END IF;
        -- Whatever is left is in somebody else's hands. Not waited for under a lock of ours: two who do could wait for each other.
        FOR attempt IN 1..2000 LOOP
            EXIT WHEN NOT EXISTS (SELECT FROM promotions_bucket WHERE subject_id = p_subject AND "left" > 0);
            UPDATE promotions_bucket SET "left" = "left" - 1 WHERE id = (
                SELECT id FROM promotions_bucket WHERE subject_id = p_subject AND "left" > 0
                ORDER BY number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
            IF FOUND THEN RETURN true; END IF;
            PERFORM pg_sleep(0.002);
        END LOOP;
        RETURN false;
    END IF;
    -- One at a time of those who want several: SKIP LOCKED waits, too, where a row was just written and is taken again
    -- (PostgreSQL follows it to its newest version, and waits for that), and two who hold some already would wait for each other.
    PERFORM pg_advisory_xact_lock(hashtextextended(p_subject::text, 0));
    BEGIN
        WHILE wanted > 0 LOOP
            SELECT id, least("left", wanted) AS pieces INTO found_one FROM promotions_bucket
            WHERE subject_id = p_subject AND number >= first_one AND "left" > 0 ORDER BY number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
            IF FOUND THEN
                UPDATE promotions_bucket SET "left" = "left" - found_one.pieces WHERE id = found_one.id;
                wanted := wanted - found_one.pieces;
            ELSIF first_one > 0 THEN
                first_one := 0;
            ELSE
                RAISE EXCEPTION USING ERRCODE = 'CVN01', MESSAGE = 'too few that nobody holds';
            END IF;
        END LOOP;
        RETURN true;
    EXCEPTION WHEN SQLSTATE 'CVN01' THEN
        wanted := p_pieces;
    END;
    FOR found_one IN
        SELECT id, "left" FROM promotions_bucket WHERE subject_id = p_subject AND "left" > 0 ORDER BY number FOR NO KEY UPDATE
    LOOP
        taken := taken || found_one.id;
        counts := counts || least(found_one."left", wanted);
        wanted := wanted - least(found_one."left", wanted);
        EXIT WHEN wanted = 0;
    END LOOP;
    IF wanted > 0 THEN RETURN false; END IF;
    UPDATE promotions_bucket b SET "left" = b."left" - t.pieces FROM unnest(taken, counts) AS t (id, pieces) WHERE b.id = t.id;
    RETURN true;
END $$
"""

# Pieces back into a bucket. False: there are none any more, the deal has ended.
GIVE_BACK = """
CREATE FUNCTION promotions_give_back(p_subject uuid, p_pieces int) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first_one int := floor(random() * 64);
BEGIN
    UPDATE promotions_bucket SET "left" = "left" + p_pieces WHERE id = (
        SELECT id FROM promotions_bucket WHERE subject_id = p_subject AND number >= first_one
        ORDER BY number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
    IF FOUND THEN RETURN true; END IF;
    UPDATE promotions_bucket SET "left" = "left" + p_pieces WHERE id = (
        SELECT id FROM promotions_bucket WHERE subject_id = p_subject AND number < first_one
        ORDER BY number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED);
    IF FOUND THEN RETURN true; END IF;
    UPDATE promotions_bucket SET "left" = "left" + p_pieces WHERE id = (
        SELECT id FROM promotions_bucket WHERE subject_id = p_subject ORDER BY number LIMIT 1 FOR NO KEY UPDATE);
    RETURN FOUND;
END $$
"""

# Where a promotion stands for somebody who asks now; NULL: open to them. An audience other than everyone is the caller's to look into:
# `p_audience` and `p_segment` are what it found the buyer to belong to.
OPEN = """
CREATE FUNCTION promotions_closed(
    p_state text, p_since timestamptz, p_until timestamptz, p_markets varchar[], p_audience_is text, p_segment_is uuid,
    p_market text, p_audience text, p_segment uuid, p_at timestamptz
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN p_state IN ('draft', 'stopped') OR p_at >= p_until THEN 'late'
        WHEN p_state = 'paused' THEN 'paused'
        WHEN p_at < p_since THEN 'early'
        WHEN p_market IS NULL THEN NULL
        WHEN cardinality(p_markets) > 0 AND NOT p_market = ANY (p_markets) THEN 'market'
        WHEN p_audience_is <> 'everyone'
            AND (p_audience IS DISTINCT FROM p_audience_is OR p_audience_is = 'segment' AND p_segment IS DISTINCT FROM p_segment_is)
            THEN 'audience'
    END
$$
"""

# One coupon for one buyer: `p_nth` of theirs; NULL: one, if they have none that can still be used. `p_cause`, where not empty: one for
# each cause. `p_market` NULL: given, not asked for, so neither market nor audience is looked at.
CLAIM = """
CREATE FUNCTION promotions_claim(
    p_promotion uuid, p_buyer uuid, p_coupon uuid, p_nth int, p_means text, p_market text, p_audience text, p_segment uuid, p_cause text,
    p_at timestamptz,
    OUT outcome text, OUT coupon_id uuid, OUT state text, OUT valid_since timestamptz, OUT valid_until timestamptz
) LANGUAGE plpgsql AS $$
DECLARE
    offer record;
    number int := p_nth;
BEGIN
    LOOP
        -- What there is and which number is free have to be of one moment, hence of one statement: whoever is faster with the same
        -- request takes the same number, and is met at the unique constraint.
        IF p_nth IS NULL THEN
            SELECT count(*) + 1, (array_agg(c.id ORDER BY c.nth) FILTER (
                WHERE CASE WHEN p_cause <> '' THEN c.cause = p_cause ELSE c.state <> 'used' AND c.valid_until > p_at END))[1]
            INTO number, coupon_id FROM promotions_coupon c WHERE c.promotion_id = p_promotion AND c.buyer_id = p_buyer;
        ELSE
            SELECT c.id INTO coupon_id FROM promotions_coupon c
            WHERE c.promotion_id = p_promotion AND c.buyer_id = p_buyer AND c.nth = p_nth;
        END IF;
        IF coupon_id IS NOT NULL THEN
            SELECT 'again', c.state, c.valid_since, c.valid_until INTO outcome, state, valid_since, valid_until
            FROM promotions_coupon c WHERE c.id = coupon_id;
            RETURN;
        END IF;

        SELECT p.state AS standing, p.since, p.until, p.markets, p.audience, p.segment_id, p.per_buyer, p.total, p.valid_since AS from_then,
               p.valid_until AS until_then, p.valid_days INTO offer
        FROM promotions_promotion p WHERE p.id = p_promotion AND p.kind = 'coupon' AND p.means = p_means;
        IF NOT FOUND THEN outcome := 'none'; RETURN; END IF;
        outcome := promotions_closed(offer.standing, offer.since, offer.until, offer.markets, offer.audience, offer.segment_id,
                                     p_market, p_audience, p_segment, p_at);
        IF outcome IS NOT NULL THEN RETURN; END IF;
        valid_since := CASE WHEN offer.valid_days IS NULL THEN coalesce(offer.from_then, p_at) ELSE p_at END;
        valid_until := coalesce(p_at + offer.valid_days * interval '1 day', offer.until_then, offer.until);
        IF valid_until <= greatest(p_at, valid_since) THEN outcome := 'late'; RETURN; END IF;
        IF number NOT BETWEEN 1 AND offer.per_buyer THEN outcome := 'limit'; RETURN; END IF;
        IF offer.total IS NOT NULL AND NOT EXISTS (SELECT FROM promotions_bucket WHERE subject_id = p_promotion AND "left" > 0) THEN
            outcome := 'gone'; RETURN;
        END IF;

        INSERT INTO promotions_coupon (id, promotion_id, buyer_id, nth, state, issued_at, valid_since, valid_until, cause)
        VALUES (p_coupon, p_promotion, p_buyer, number, 'issued', p_at, valid_since, valid_until, p_cause) ON CONFLICT DO NOTHING;
        CONTINUE WHEN NOT FOUND;  -- somebody was faster with the same one: that is the answer
        coupon_id := p_coupon;
        state := 'issued';
        outcome := 'new';
        IF offer.total IS NOT NULL AND NOT promotions_take(p_promotion, 1) THEN
            DELETE FROM promotions_coupon WHERE id = p_coupon;
            outcome := 'gone';
        END IF;
        RETURN;
    END LOOP;
END $$
"""

# Numbers among the pieces of a buyer that are free, lowest first, for `p_pieces` more; fewer where the limit is reached.
SLOTS = """
CREATE FUNCTION promotions_slots(p_goods uuid, p_buyer uuid, p_limit int, p_pieces int) RETURNS SETOF int LANGUAGE sql STABLE AS $$
    SELECT nth FROM generate_series(
        1, least(p_limit, p_pieces + (SELECT count(*)::int FROM promotions_hold WHERE goods_id = p_goods AND buyer_id = p_buyer))
    ) AS nth
    WHERE NOT EXISTS (SELECT FROM promotions_hold h WHERE h.goods_id = p_goods AND h.buyer_id = p_buyer AND h.nth = nth.nth)
    ORDER BY nth LIMIT p_pieces
$$
"""

# So many pieces of a deal's goods are held for a buyer: as many more as are missing, all or none.
HOLD = """
CREATE FUNCTION promotions_hold_pieces(
    p_goods uuid, p_buyer uuid, p_pieces int, p_market text, p_audience text, p_segment uuid, p_at timestamptz, p_until timestamptz,
    OUT outcome text, OUT pieces int, OUT held_until timestamptz, OUT is_marked boolean
) LANGUAGE plpgsql AS $$
DECLARE
    offer record;
    taken int[];
    free int[];
    missing int;
    made uuid[];
BEGIN
    LOOP
        -- Of one moment, as above: whoever is faster with the same request takes the same numbers.
        SELECT count(*) FILTER (WHERE state = 'held' AND until > p_at), min(until) FILTER (WHERE state = 'held' AND until > p_at),
            coalesce(array_agg(nth), '{}')
        INTO pieces, held_until, taken FROM promotions_hold WHERE goods_id = p_goods AND buyer_id = p_buyer;
        IF pieces >= p_pieces THEN outcome := 'again'; RETURN; END IF;

        SELECT p.state, p.since, p.until, p.markets, p.audience, p.segment_id, g.per_buyer, g.is_sold_out INTO offer
        FROM promotions_promotiongoods g JOIN promotions_promotion p ON p.id = g.promotion_id
        WHERE g.id = p_goods AND g.quantity IS NOT NULL AND p.kind = 'limited';
        IF NOT FOUND THEN outcome := 'none'; RETURN; END IF;
        is_marked := offer.is_sold_out;
        outcome := promotions_closed(offer.state, offer.since, offer.until, offer.markets, offer.audience, offer.segment_id,
                                     p_market, p_audience, p_segment, p_at);
        IF outcome IS NOT NULL THEN RETURN; END IF;
        -- Their time is over, but nobody has given them back yet.
        UPDATE promotions_hold SET until = p_until, at = p_at
        WHERE goods_id = p_goods AND buyer_id = p_buyer AND state = 'held' AND until <= p_at;
        CONTINUE WHEN FOUND;
        missing := p_pieces - pieces;
        IF NOT EXISTS (SELECT FROM promotions_bucket WHERE subject_id = p_goods AND "left" > 0) THEN outcome := 'gone'; RETURN; END IF;
        SELECT array_agg(nth) INTO free FROM (
            SELECT nth FROM generate_series(1, least(offer.per_buyer, cardinality(taken) + missing)) AS nth
            WHERE nth <> ALL (taken) ORDER BY nth LIMIT missing) AS lowest;
        IF coalesce(cardinality(free), 0) < missing THEN outcome := 'limit'; RETURN; END IF;

        WITH inserted AS (
            INSERT INTO promotions_hold (id, goods_id, buyer_id, nth, state, at, until)
            SELECT gen_random_uuid(), p_goods, p_buyer, nth, 'held', p_at, p_until FROM unnest(free) AS nth ORDER BY nth
            ON CONFLICT DO NOTHING RETURNING id
        ) SELECT coalesce(array_agg(id), '{}') INTO made FROM inserted;
        IF cardinality(made) = missing AND promotions_take(p_goods, missing) THEN
            outcome := 'new';
            pieces := p_pieces;
            held_until := least(held_until, p_until);
            RETURN;
        END IF;
        DELETE FROM promotions_hold WHERE id = ANY (made);
        IF cardinality(made) = missing THEN outcome := 'gone'; RETURN; END IF;
        -- Another request of the same buyer was faster: it is looked at again what is missing.
    END LOOP;
END $$
"""

# A purchase locks its coupons and orders its pieces, those held and as many more as are missing: everything or nothing.
# `p_goods` are in order of id, `p_pieces` how many of each.
REDEEM = """
CREATE FUNCTION promotions_redeem(
    p_purchase uuid, p_buyer uuid, p_coupons uuid[], p_goods uuid[], p_pieces int[], p_until timestamptz, p_at timestamptz,
    OUT outcome text, OUT subject_id uuid
) LANGUAGE plpgsql AS $$
DECLARE
    missing int[] := '{}';
    offer record;
    done int;
BEGIN
    UPDATE promotions_coupon SET state = 'locked', purchase_id = p_purchase WHERE id IN (
        SELECT id FROM promotions_coupon
        WHERE id = ANY (p_coupons) AND buyer_id = p_buyer AND state IN ('issued', 'released') AND valid_since <= p_at AND p_at < valid_until
        ORDER BY id FOR NO KEY UPDATE);
    GET DIAGNOSTICS done = ROW_COUNT;
    IF done < cardinality(p_coupons) THEN
        RAISE EXCEPTION USING ERRCODE = 'CVN02', MESSAGE = 'coupon';
    END IF;

    FOR i IN 1 .. cardinality(p_goods) LOOP
        subject_id := p_goods[i];
        SELECT quantity, per_buyer INTO offer FROM promotions_promotiongoods WHERE id = subject_id;
        IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'CVN02', MESSAGE = 'gone'; END IF;
        UPDATE promotions_hold SET state = 'ordered', purchase_id = p_purchase, until = p_until WHERE id IN (
            SELECT id FROM promotions_hold WHERE goods_id = subject_id AND buyer_id = p_buyer AND state = 'held'
            ORDER BY id LIMIT p_pieces[i] FOR NO KEY UPDATE);
        GET DIAGNOSTICS done = ROW_COUNT;
        missing := missing || p_pieces[i] - done;
        WHILE done < p_pieces[i] LOOP
            IF (SELECT count(*) FROM promotions_slots(subject_id, p_buyer, offer.per_buyer, p_pieces[i] - done)) < p_pieces[i] - done THEN
                RAISE EXCEPTION USING ERRCODE = 'CVN02', MESSAGE = 'limit';
            END IF;
            INSERT INTO promotions_hold (id, goods_id, buyer_id, nth, state, at, until, purchase_id)
            SELECT gen_random_uuid(), subject_id, p_buyer, nth, 'ordered', p_at, p_until, p_purchase
            FROM promotions_slots(subject_id, p_buyer, offer.per_buyer, p_pieces[i] - done) AS nth ON CONFLICT DO NOTHING;
            SELECT count(*) INTO done FROM promotions_hold WHERE goods_id = subject_id AND purchase_id = p_purchase;
        END LOOP;
        IF offer.quantity IS NULL THEN missing[i] := 0; END IF;
    END LOOP;

    FOR i IN 1 .. cardinality(p_goods) LOOP
        subject_id := p_goods[i];
        IF missing[i] > 0 AND NOT promotions_take(subject_id, missing[i]) THEN
            RAISE EXCEPTION USING ERRCODE = 'CVN02', MESSAGE = 'gone';
        END IF;
    END LOOP;
    outcome := 'done';
    subject_id := NULL;
EXCEPTION WHEN SQLSTATE 'CVN02' THEN
    outcome := SQLERRM;
END $$
"""

DROP = {
    "promotions_take": TAKE,
    "promotions_give_back": GIVE_BACK,
    "promotions_closed": OPEN,
    "promotions_claim": CLAIM,
    "promotions_slots": SLOTS,
    "promotions_hold_pieces": HOLD,
    "promotions_redeem": REDEEM,
}


class Migration(migrations.Migration):
    dependencies = [("promotions", "0001_promotions")]

    operations = [
        migrations.AddField(
            "coupon",
            "cause",
            models.CharField(blank=True, default="", max_length=80, help_text="what a granted one was given for: once for each"),
        ),
        migrations.AddConstraint(
            "coupon",
            models.UniqueConstraint(
                fields=["promotion", "buyer", "cause"], condition=~models.Q(cause=""), name="promotions_coupon_granted_once"
            ),
        ),
        migrations.AddField(
            "promotiongoods",
            "is_sold_out",
            models.BooleanField(default=False, help_text="so much is told to lists; what is left is in the buckets"),
        ),
        *(migrations.RunSQL(create, f"DROP FUNCTION {name}") for name, create in DROP.items()),
    ]
