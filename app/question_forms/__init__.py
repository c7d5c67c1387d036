"""An event's own questions as a part of a form."""
