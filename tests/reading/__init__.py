"""What the tests and benchmarks of reading share: our own sentences with what a coder finds in them."""
