"""When each open invoice is expected to be paid, and what that comes to a week: with bands, frozen each
Monday, compared with what came.

It stands below the chase list, which asks who is likely to pay anyway, and above the segments, from which a
customer of whom little is known takes what is missing. May import: segmentation and below. Most used:
``expected_payments.expect``, ``forecasts.freeze``, ``forecasts.compare``.
"""
