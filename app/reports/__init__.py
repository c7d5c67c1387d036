"""Figures across capabilities. Read-only: nothing here writes, and nobody is named but tutors to the team."""
