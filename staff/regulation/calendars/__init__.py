"""The working calendar as people see and keep it: the year on a page, holidays by hand, the hours of a hall and its single days (GEN-21)."""
