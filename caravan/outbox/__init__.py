"""Events leave a transaction here and reach each subscriber once. Rides on Procrastinate: its job row commits with ours."""
