"""Writing: create and update one resource, and Bundles of many, all or nothing or each by itself.

single         POST Type (with If-None-Exist), PUT Type/id (with If-Match)
bundles        POST at the base: transaction and batch
references     urn:uuid and conditional references within a transaction, made real
"""
