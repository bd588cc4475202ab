"""Word documents from templates: text that is safe in XML, pictures, faults, fixed bytes."""
