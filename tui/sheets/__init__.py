"""Sheets: what stands on a page, written as styled lines."""
