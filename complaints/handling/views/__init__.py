"""Pages of complaints: the register, one complaint, and its verbs by theme."""
