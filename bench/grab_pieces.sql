-- One press on "Get it at this price": the bare function that decides it, for the next buyer in the row. See bench/grab.py.
SELECT * FROM promotions_hold_pieces(:prize::uuid, ('00000000-0000-7000-8000-' || lpad(to_hex(nextval('bench_buyer')), 12, '0'))::uuid,
    1, 'US', NULL, NULL, clock_timestamp(), clock_timestamp() + interval '15 minutes');
