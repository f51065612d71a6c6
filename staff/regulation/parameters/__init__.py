"""The parameters of the regulation: what each may be, who asks for another value, who confirms it, from when it holds (GEN-05)."""
