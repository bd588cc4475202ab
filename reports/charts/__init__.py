"""Native Word charts: values → DrawingML with an embedded workbook, which Word lets people edit."""
