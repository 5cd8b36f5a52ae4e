"""The kinds of disagreement, one module each: what contradicts what, by rule."""
