"""Customers are found by how words of their name and number begin, and no longer by reading all of them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import F, Func, TextField, Value

WORDS = Func(
    Func(
        Func(
            Func(
                F("search_key"),
                Value(" "),
                Func(F("search_key"), Value("0"), function="ltrim", output_field=TextField()),
                template="(%(expressions)s)",
                arg_joiner=" || ",
                output_field=TextField(),
            ),
            Value(" "),
            function="string_to_array",
            output_field=TextField(),
        ),
        Value(""),
        function="array_remove",
        output_field=TextField(),
    ),
    function="array_to_tsvector",
    output_field=TextField(),
)


class Migration(migrations.Migration):
    dependencies = [("collections_app", "0022_disputes_are_guarded")]

    operations = [
        migrations.AddIndex(model_name="customer", index=GinIndex(WORDS, name="customer_by_words")),
    ]
