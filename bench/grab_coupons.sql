-- One press on "Collect": the bare function that decides it, for the next buyer in the row. See bench/grab.py.
SELECT * FROM promotions_claim(:prize::uuid, ('00000000-0000-7000-8000-' || lpad(to_hex(nextval('bench_buyer')), 12, '0'))::uuid,
    gen_random_uuid(), 1, 'collect', 'US', NULL, NULL, '', clock_timestamp());
