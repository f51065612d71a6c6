"""The information board: what windows and other departments tell each other by topic, with read marks and links to records (GEN-20)."""
