-- One purchase by hand, for pgbench: the rows and locks of bench.buyers and nothing else. Nothing is looked up, checked or priced
-- that a row does not need; bench.checkout prints how many rows each of the two wrote, by table.
\set n random(0, :articles - 1)
SELECT uuidv7() AS cart, uuidv7() AS buyer, uuidv7() AS purchase, uuidv7() AS "order", uuidv7() AS line, uuidv7() AS payment,
       uuidv7() AS placed, uuidv7() AS paid,
'{"name": "Ana Lima", "country_code": "BR", "street_address": "Rua das Flores 12", "company_name": "", "country_area": "SP",
"city": "São Paulo", "city_area": "Centro", "postal_code": "01310-100", "sorting_code": "", "phone": ""}' AS address,
'{"facts": {"at": "2026-11-22T22:38:02.237344Z", "grams": 588, "lines": [{"value": {"minor": 9822, "currency": "BRL"},
"origin": "", "customs": null, "hs_code": "", "quantity": 1, "by_category": true}], "origin": "PL", "region": "SP",
"currency": "BRL", "shipping": {"minor": 5456, "currency": "BRL"}, "destination": "BR"},
"landed": {"vat": {"minor": 3755, "currency": "BRL"}, "duty": {"minor": 3056, "currency": "BRL"}, "note": "",
"lines": [{"vat": {"minor": 2414, "currency": "BRL"}, "duty": {"minor": 1965, "currency": "BRL"},
"collected": {"minor": 4379, "currency": "BRL"}}], "steps": [{"base": {"minor": 15278, "currency": "BRL"},
"code": "percent", "part": "duty", "rate": "20", "about": "", "amount": {"minor": 3056, "currency": "BRL"},
"source": {"url": "https://www.planalto.gov.br/ccivil_03/_ato2023-2026/2024/lei/l14902.htm",
"title": "Lei 14.902/2024: imposto de importação de 20% até USD 50, 60% menos USD 20 até USD 3.000"}}, {"base": {"minor": 18334,
"currency": "BRL"}, "code": "inside", "part": "vat", "rate": "17", "about": "SP", "amount": {"minor": 3755,
"currency": "BRL"}, "source": {"url": "https://www.confaz.fazenda.gov.br/legislacao/convenios/2023/CV081_23",
"title": "Convênio ICMS 81/2023: 17% nas remessas internacionais"}}], "regime": "remessa-50", "vat_by": "platform",
"duty_by": "platform", "unknown": [], "estimate": false, "shipping": {"vat": {"minor": 1341, "currency": "BRL"},
"duty": {"minor": 1091, "currency": "BRL"}, "collected": {"minor": 2432, "currency": "BRL"}},
"collected": {"minor": 6811, "currency": "BRL"}, "contained": {"minor": 0, "currency": "BRL"}, "tables_of": "2026-11-22",
"on_arrival": {"minor": 0, "currency": "BRL"}}}' AS landed \gset
SELECT variant, product, version, store, price FROM bench_article WHERE n = :n \gset

BEGIN;
INSERT INTO trade_cart (id, market, language, currency, created_at, updated_at)
VALUES (:cart::uuid, 'BR', 'pt', 'BRL', now(), now());
INSERT INTO trade_cartline (cart_id, variant_id, quantity, added_at) VALUES (:cart::uuid, :variant::uuid, 1, now());
COMMIT;

BEGIN;
SELECT id FROM trade_cart WHERE id = :cart::uuid FOR NO KEY UPDATE;
INSERT INTO people_buyer (id, email, name, country, source, external_ref, created_at)
VALUES (:buyer::uuid, :buyer::text || '@example.test', 'Ana Lima', 'BR', '', '', now());
SELECT stock FROM catalog_variant WHERE id = :variant::uuid FOR NO KEY UPDATE;
UPDATE catalog_variant SET stock = stock - 1 WHERE id = :variant::uuid;
INSERT INTO trade_purchase (id, buyer_id, cart_id, idempotency_key, request_digest, state, total_minor, currency, placed_at, pay_by)
VALUES (:purchase::uuid, :buyer::uuid, :cart::uuid, :purchase::text, repeat('d', 64), 'awaiting', :price + 500, 'BRL', now(),
        now() + interval '1 day');
INSERT INTO trade_order (
    id, number, purchase_id, store_id, buyer_id, market, language, currency, store_currency, rate, rate_source, rate_as_of,
    rate_margin_bps, items_minor, shipping_minor, tax_minor, total_minor, total_eur_minor, order_state, payment_state, fund_state,
    fulfilment_state, dispute_state, cancel_state, address, deliver_from, deliver_until, source, external_ref, placed_at, changed,
    handling_days, buyer_note, cancel_reason, commission_bps, extended_days, former_addresses, landed, on_time_promise_minor,
    refunded_minor, refunded_shipping_minor, refunded_tax_minor, service)
VALUES (
    :order::uuid, left(replace(:order::text, '-', ''), 24), :purchase::uuid, :store::uuid, :buyer::uuid, 'BR', 'pt', 'BRL', 'USD',
    5.4321, 'ECB', '2026-11-20', 100, :price, 500, 0, :price + 500, :price::bigint / 6, 'placed', 'awaiting', 'none', 'none', 'none', 'none',
    :address::jsonb, current_date,
    current_date + 9, '', '', now(), 0, 2, '', '', 800, 0, '[]', :landed::jsonb, 0, 0, 0, 0, 'standard');
INSERT INTO trade_orderline (
    id, order_id, number, product_id, variant_id, version_id, title, sku, quantity, unit_minor, total_minor, total_eur_minor,
    refunded_minor, refunded_quantity, hs_code, origin, refunded_tax_minor, shipped_quantity, tax_minor)
VALUES (:line::uuid, :order::uuid, 1, :product::uuid, :variant::uuid, :version::uuid, 'Amber folding lamp model 1', '1-0', 1,
        :price, :price, :price::bigint / 6, 0, 0, '', '', 0, 0, 0);
UPDATE trade_cart SET ordered_at = now(), updated_at = now() WHERE id = :cart::uuid;
INSERT INTO outbox_storedevent (id, name, payload, at)
VALUES (:placed::uuid, 'trade.order_placed', jsonb_build_object(
    'at', now(), 'event_id', :placed::text, 'order_id', :order::text, 'store_id', :store::text, 'buyer_id', :buyer::text,
    'total_minor', :price::bigint, 'currency', 'BRL'), now());
SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('events', 'outbox.deliver', 0, NULL, NULL,
    jsonb_build_object('event_id', :placed::text, 'subscriber_name', 'trade.subscribers.mail.mail_placed'), NULL
)::procrastinate_job_to_defer_v1]);
COMMIT;

BEGIN;
SELECT id FROM trade_purchase WHERE id = :purchase::uuid FOR NO KEY UPDATE;
INSERT INTO trade_payment (id, purchase_id, provider, provider_ref, state, amount_minor, currency, reason, created_at)
VALUES (:payment::uuid, :purchase::uuid, 'sandbox', :payment::text, 'started', :price + 500, 'BRL', '', now());
COMMIT;

INSERT INTO trade_sandboxcharge (id, scenario, state, reason, amount_minor, currency, return_url, refunded_minor)
VALUES (:payment::uuid, 'paid', 'paid', '', :price + 500, 'BRL', '/', 0);

BEGIN;
SELECT id FROM trade_purchase WHERE id = :purchase::uuid FOR NO KEY UPDATE;
UPDATE trade_payment SET state = 'paid', provider_ref = 'sb_' || :payment::text, settled_at = now() WHERE id = :payment::uuid;
SELECT id FROM trade_order WHERE purchase_id = :purchase::uuid ORDER BY id FOR NO KEY UPDATE;
UPDATE trade_order SET payment_state = 'paid', fund_state = 'held', paid_at = now(), ship_by_at = now() + interval '4 days'
WHERE id = :order::uuid;
UPDATE trade_purchase SET state = 'paid' WHERE id = :purchase::uuid;
WITH made AS (
    INSERT INTO ledger_posting (cause, kind, order_id, memo, at) VALUES (:paid::uuid, 'paid', :order::uuid, '', now()) RETURNING id
)
INSERT INTO ledger_entry (posting_id, number, kind, owner_id, currency, minor, at)
SELECT made.id, leg.number, leg.kind, leg.owner_id, 'BRL', leg.minor, now()
FROM made, (VALUES (1, 'provider_clearing', NULL, :price::bigint + 500), (2, 'escrow', :order::uuid, -(:price::bigint + 500)))
    AS leg (number, kind, owner_id, minor);
INSERT INTO outbox_storedevent (id, name, payload, at)
VALUES (:paid::uuid, 'trade.order_paid', jsonb_build_object(
    'at', now(), 'event_id', :paid::text, 'order_id', :order::text, 'store_id', :store::text, 'buyer_id', :buyer::text,
    'total_minor', :price::bigint, 'currency', 'BRL'), now());
SELECT procrastinate_defer_jobs_v1(ARRAY[
    ROW('events', 'outbox.deliver', 0, NULL, NULL,
        jsonb_build_object('event_id', :paid::text, 'subscriber_name', 'trade.subscribers.mail.mail_paid'), NULL
    )::procrastinate_job_to_defer_v1,
    ROW('events', 'outbox.deliver', 0, NULL, NULL,
        jsonb_build_object('event_id', :paid::text, 'subscriber_name', 'trade.subscribers.mail.mail_store'), NULL
    )::procrastinate_job_to_defer_v1,
    ROW('events', 'outbox.deliver', 0, NULL, NULL,
        jsonb_build_object('event_id', :paid::text, 'subscriber_name', 'trade.subscribers.papers.invoice_paid'), NULL
    )::procrastinate_job_to_defer_v1,
    ROW('events', 'outbox.deliver', 0, NULL, NULL,
        jsonb_build_object('event_id', :paid::text, 'subscriber_name', 'hooks.subscribers.announce'), NULL
    )::procrastinate_job_to_defer_v1]);
COMMIT;
