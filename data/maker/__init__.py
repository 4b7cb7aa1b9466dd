"""Builds the layers of the embedded dataset, one module per layer."""
