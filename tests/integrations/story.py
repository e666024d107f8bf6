"""The page that is cleaned here and there."""

STORY = "The ferry to the outer islands will sail again from Monday, the harbour office says."
PAGE = f"""<!DOCTYPE html><html lang="en"><title>Ferry sails again</title>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferry sails again</h1><p>{STORY}</p><p>Advertisement</p>
<p>The old <em>Gullholm</em> has been in the yard since the storm of last November, and its crew
spent the winter on the breakwater.</p></article><footer>Cookies</footer>"""
