"""What we owe a credit insurer: to be told in time of what is overdue, and to be given what is not paid.

Which customers are insured, and how many days after the due date their insurer is told, comes with their
records (``customer.insurer_report_days``) or from here. A day that is not worked brings a deadline forward,
never back. A list that is empty is signed off as well, so that nobody wonders whether anybody looked.

May import: lib, people, ledger, activity, correspondence, contact. Most used: ``clocks.waiting``,
``notices.tell``, ``sign_offs.sign``, ``policies.put``.
"""
