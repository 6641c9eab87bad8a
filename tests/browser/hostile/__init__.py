"""Programs that mean harm, as a reader could paste them or a link could bring them."""
