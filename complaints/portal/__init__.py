"""Complaining and following it without an account: the public form, the tracking page, the mails that carry its link."""
