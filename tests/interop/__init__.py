"""Tests of what reads the field's other datasets."""
