"""Visit registers as halls keep them, read the way a careful person reads them. Pure: no database, no web.

`propose(file)` looks at a file and says which column is what; `read_register(file, mapping)` reads every row.
"""
