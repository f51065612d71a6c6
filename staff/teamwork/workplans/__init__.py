"""Work plans and goals of halls and teams, by month and by year, and the tasks of people that come of them (STF-06)."""
