"""Figures: drawn as SVG by us, the same for the same data; set as PDF or PNG by matplotlib where it is there.

Each drawing is of one hue and readable in grey; what a shade means a sign or a number says, too. Widths are
those of journals: one column is 89 mm, two are 183 mm.
"""
