"""The evidence map: a review's grid with all that stands behind it, as one page that asks no server.

:mod:`facts` gathers what the page holds, as plain JSON; :mod:`page` puts it with our own script and style
into one file.
"""
