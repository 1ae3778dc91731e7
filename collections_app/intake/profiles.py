"""A profile: how a file's headers, dates, amounts and document types are read. Data that a user can make."""

from django.db import models

from collections_app.intake.rules import FileKind
from collections_app.ledger.companies import Company
from collections_app.people.users import User


class Profile(models.Model):
    """A named way to read files. ``mapping`` is checked by ``intake.profile_rules``; built-in ones live in code."""

    company = models.ForeignKey(Company, null=True, blank=True, on_delete=models.PROTECT, related_name="profiles")
    name = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in FileKind])
    mapping = models.JSONField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "import_profile"
        constraints = [models.UniqueConstraint(fields=["company", "name"], name="profile_name_is_unique_in_its_company")]

    def __str__(self) -> str:
        return self.title
