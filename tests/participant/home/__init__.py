"""Tests of home, through the front door."""
