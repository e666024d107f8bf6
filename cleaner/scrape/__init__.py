"""scrape: fetching pages; the only part of the package that opens a connection.

A run is driven by a `Plan` (what to fetch, how politely, how safely), kept in a `Job` (every
address and what became of it, in SQLite), timed by a `Frontier` (one request a host, with a pause
after each), fetched by Scrapy, and stored by an `Archive` (WARC files) or cleaned as it comes.
"""
