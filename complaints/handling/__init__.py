"""The complaint (投诉): one record from the first word to a satisfied customer, with its clock (lifecycles.md, Complaint)."""
