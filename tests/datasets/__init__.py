"""Tests of datasets: invented files in the published layouts, and the real ones beside the project."""
