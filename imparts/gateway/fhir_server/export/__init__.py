"""Bulk export: resources of many people as files of one a line, asked for now and fetched later."""
