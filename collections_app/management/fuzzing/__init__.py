"""Damaged things by the thousand: files for the importer, mails for the reader, words for the tone guard.
Each is made of something whole by a random number with a seed, so that what failed can be made again.
"""
