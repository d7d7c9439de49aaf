"""The clinic's front page in each language: it names the clinic and leads to the leaflets.

It may import ``patientinfo``; only ``cms`` stands above it.
"""
