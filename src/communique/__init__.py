"""communique reads what governments announce, promise, sign, sell and deliver, and keeps a ledger of it."""
