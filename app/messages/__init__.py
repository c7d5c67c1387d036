"""The outbox: letters that wait, go out one by one, and are remembered. Knows nobody who posts them."""
