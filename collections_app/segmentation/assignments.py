"""An assignment: the segment and portfolio a customer is in now. Derived from the live rules; one row a customer."""

from django.db import models

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.segments import Segment


class Assignment(models.Model):
    """Where a customer belongs. ``collector`` is who looks after them, the stand-in aside."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="assignment")
    segment = models.ForeignKey(Segment, null=True, on_delete=models.SET_NULL, related_name="+")
    portfolio = models.ForeignKey(Portfolio, null=True, on_delete=models.SET_NULL, related_name="+")
    collector = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        db_table = "customer_assignment"
        indexes = [models.Index(fields=["company", "collector"], name="assignment_by_collector")]
