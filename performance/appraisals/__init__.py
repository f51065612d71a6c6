"""The appraisal of people, month by month: opened by the clock, led through self-review, scoring, interview, review and filing (SCH-34, SCH-35)."""
