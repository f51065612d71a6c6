"""Taking complaints in: the desk form, the channels of each hall, rounds of box and mailbox, mail over IMAP (CMP-01 to CMP-05)."""
