"""Search: from an address to rows to a Bundle, a page at a time.

asked       what is asked: parameters, sorting, pages, includes; what is not understood
matching    parameters to conditions on rows that the reader may see
paging      which rows come next: after the last one, and as of the moment of the first page
cursors     the links to further pages, sealed so that nobody reads or makes them
including   what the found resources refer to, and what refers to them
bundle      the Bundle that is answered
"""
