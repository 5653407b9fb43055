"""Config: every setting, every address and start-up; the one place that knows every app.

settings.py reads the environment once. urls.py lists the addresses. web.py is what the web server
runs: pages on threads, event streams on the loop. health.py answers load balancers.
"""
