"""What the verbs on complaints ask, by theme."""
