"""The record pack 归档包: a zip file for an auditor, written part by part in constant memory."""
