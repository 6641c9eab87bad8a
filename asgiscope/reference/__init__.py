"""The specification for readers: as one piece of plain data, and as state diagrams."""
