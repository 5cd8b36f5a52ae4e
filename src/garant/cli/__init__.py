"""The command line: one file per verb family, each a thin layer over Case."""
