"""What the bench fills in and times of customer files: the look-up as typed, the list, one file with its history."""
from config.contributions.bench import register_fill
from reception.customers import bench_rows

register_fill(key="customers", order=10, write=bench_rows.write)
