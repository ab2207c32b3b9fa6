"""Side-by-side measurements; none of them is part of the product."""
