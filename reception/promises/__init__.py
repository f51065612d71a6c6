"""What we promised a customer, by when and by whom, followed until it is kept (REC-29)."""
