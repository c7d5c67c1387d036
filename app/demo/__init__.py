"""A season to look at: what the project really held in 2020–2021, and events to come, with invented people."""
