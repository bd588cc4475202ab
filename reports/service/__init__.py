"""The chapters of service reports: what a desk did in a period, by whom, how well."""
