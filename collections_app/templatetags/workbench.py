"""Tags and filters of every template: ``{% load workbench %}``.

{% money amount currency %}            £36,900.00   "whole" as third: £36,900
{% figure amount currency "whole" %}   48,200       for columns whose head names the currency
{% day on %} {% day on "weekday" %}    3 Mar, Tue 3 Mar; needs ``today`` in the context (the frame has one)
{% moment at %} {% ago at %}           today 06:10; 5 minutes ago
{% due on %} {{ number|days }}         41 days overdue; 41 days
{% age days_overdue %}                 badge with text and colour of its ageing bucket
{% age_of invoice.due_on %}            the same for a due date
{{ n|counted:"customer" }}             2 customers; "entry,entries" where an s does not do
{{ n|grouped }}                        1,204
{{ points|signed }}                    +40
{{ rate|share }}                       3.0 %
{{ contact.language|language }}        German
{{ row|word:column.code }}             what a mapping says by a name that is only known here
{{ company.country|country }}          Germany
{% icon "phone" %} {% kbd "g h" %}     picture beside words; the keys as a reader sees them
{% field form.amount "key=a" %}        label, control, help and problems of one form field
{% fixed "_frame_styles.html" %}       a part that depends on nothing but what it is given, rendered once
{% bar part whole %}                   a share as a thin bar, with its percentage for screen readers
"""

import datetime as dt
from collections.abc import Hashable, Mapping
from decimal import Decimal
from functools import lru_cache

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, RadioSelect, Select, Textarea
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from collections_app.templatetags import formats, kept_fields

register = template.Library()
PARTS_KEPT_MAX = 1000

register.filter("signed", formats.signed)
register.filter("days", formats.days)
register.filter("share", formats.share)
register.filter("language", formats.language)
register.filter("country", formats.country)


@register.filter
def counted(number: int, words: str) -> str:
    """``{{ 2|counted:"entry,entries" }}`` is "2 entries"."""
    word, _, many = words.partition(",")
    return formats.counted(number, word, many)


@register.filter
def grouped(number: int | None) -> str:
    """``{{ 1204|grouped }}`` is "1,204"."""
    return formats.NOTHING if number is None else f"{number:,}"


@register.simple_tag
def count(number: int, url: str, what: str, unit: str = "") -> SafeString:
    """A number that opens its list where there is one to be read; ``what`` says of what to who hears it."""
    if not (url and number):
        return format_html("{}{}", grouped(number), unit)
    told = '<a href="{}" data-figure="{}">{}{}<span class="visually-hidden"> {}</span></a>'
    return format_html(told, url, number, grouped(number), unit, what)


@register.filter
def word(words: Mapping[str, str], name: str) -> str:
    """What ``words`` say by a name that the template has in a variable."""
    return words[name]


def _figure(text: str, exact: str, amount: Decimal | int | None) -> SafeString:
    below = " below-zero" if amount is not None and amount < 0 else ""
    title = "" if text == exact else f' title="{escape(exact)}"'
    return mark_safe(f'<span class="figure{below}"{title}>{escape(text)}</span>')  # both are escaped


@register.simple_tag
def money(amount: Decimal | int | None, currency: str, form: str = "") -> SafeString:
    """An amount with its currency; ``"whole"`` drops the decimals and keeps the exact amount as its title."""
    exact = formats.amount(amount, currency)
    text = formats.amount(amount, currency, whole=True) if form == "whole" else exact
    return _figure(text, exact, amount)


@register.simple_tag
def figure(amount: Decimal | int | None, currency: str, form: str = "") -> SafeString:
    """An amount without its currency, for columns and facts that name it once."""
    if form != "whole":
        text = formats.figure(amount, currency)
        return _figure(text, text, amount)
    return _figure(formats.figure(amount, currency, whole=True), formats.amount(amount, currency), amount)


def _today(context: Context) -> dt.date:
    given = context.get("today")
    return given if isinstance(given, dt.date) else context["frame"].today


def _zone(context: Context) -> dt.tzinfo:
    """The company's zone; on pages outside the frame the product's own."""
    return context["frame"].zone if "frame" in context else timezone.get_current_timezone()


def _now(context: Context) -> dt.datetime:
    now: dt.datetime = context.get("now") or context["frame"].now
    return now.astimezone(_zone(context))


@register.simple_tag(takes_context=True)
def day(context: Context, on: dt.date | None, form: str = "") -> SafeString | str:
    """A date as people say it, with the ISO date for machines and as its title."""
    if on is None:
        return formats.NOTHING
    return _day(on.isoformat(), formats.day(on, today=_today(context), weekday=form == "weekday"))


@lru_cache(formats.DAYS_KEPT_MAX)
def _day(on: str, text: str) -> SafeString:
    return format_html('<time datetime="{0}" title="{0}">{1}</time>', on, text)


@register.simple_tag(takes_context=True)
def moment(context: Context, at: dt.datetime | None) -> SafeString | str:
    """A moment in the reader's zone: today 06:10."""
    return _time(context, at, formats.moment(at, now=_now(context)))


@register.simple_tag(takes_context=True)
def ago(context: Context, at: dt.datetime | None) -> SafeString | str:
    """How long ago, as long as that helps."""
    return _time(context, at, formats.ago(at, now=_now(context)))


def _time(context: Context, at: dt.datetime | None, text: str) -> SafeString | str:
    if at is None:
        return text
    here = at.astimezone(_zone(context))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', here.isoformat(), f"{here:%Y-%m-%d %H:%M %Z}", text
    )


@register.simple_tag(takes_context=True)
def due(context: Context, on: dt.date | None) -> str:
    """41 days overdue, due today, due in 3 days."""
    return formats.due(on, today=_today(context))


@register.simple_tag
def age(days_overdue: int | None) -> SafeString:
    """How old, as a badge: the text says it, the colour of the ageing bucket repeats it."""
    if days_overdue is None:
        return format_html('<span class="age age-0">{}</span>', formats.NOTHING)
    text = formats.days(days_overdue) if days_overdue > 0 else "not overdue"
    return format_html('<span class="age age-{}">{}</span>', formats.age_step(days_overdue), text)


@register.simple_tag(takes_context=True)
def age_of(context: Context, due_on: dt.date | None) -> SafeString:
    """The badge of ``age`` for something that is due on a day."""
    return age((_today(context) - due_on).days if due_on else None)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture that only repeats the words beside it, so it is hidden from screen readers."""
    return _icon(name)


@lru_cache
def _icon(name: str) -> SafeString:
    sprite = static("vendor/tabler-icons/sprite.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name)


@register.simple_tag
def kbd(keys: str) -> SafeString:
    """Keys as a reader sees them. Screen readers learn them from ``aria-keyshortcuts`` instead."""
    return _kbd(keys)


@lru_cache
def _kbd(keys: str) -> SafeString:
    each = format_html_join(" ", "<kbd>{}</kbd>", ((key,) for key in keys.split()))
    return format_html('<span class="keys" aria-hidden="true">{}</span>', each)


@register.simple_tag
def fixed(template: str, **given: Hashable) -> SafeString:
    """A part that knows nothing but what it is ``given``: rendered once for each of that by this process, and
    then kept. What is given compares by value, so what is kept cannot be out of date.
    """
    return (_fixed.__wrapped__ if settings.DEBUG else _fixed)(template, **given)


@lru_cache(PARTS_KEPT_MAX)
def _fixed(template: str, **given: Hashable) -> SafeString:
    return render_to_string(template, given)


@register.simple_tag
def bar(part: Decimal | int, whole: Decimal | int) -> SafeString:
    """A share as a bar drawn by attributes only: the content security policy allows no inline style."""
    share = max(0, min(100, round(100 * part / whole))) if whole else 0
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{0} %">'
        '<rect class="bar-whole" width="100" height="6"></rect>'
        '<rect class="bar-part" width="{0}" height="6"></rect></svg>',
        share,
    )


@register.simple_tag
def field(bound: BoundField, *options: str) -> SafeString:
    """One form field. Options: ``key=a``, ``wide``, ``bare`` (its label only for screen readers)."""
    return kept_fields.kept(bound, options, _field)


def _field(bound: BoundField, *options: str) -> SafeString:
    named = dict(option.partition("=")[::2] for option in options)
    widget = bound.field.widget
    attrs: dict[str, str | bool] = {"class": _control_class(widget)}
    if "key" in named:
        attrs |= {"data-key": named["key"], "aria-keyshortcuts": named["key"]}
    if "autofocus" in named:
        attrs["autofocus"] = True
    told = {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "is_checkbox": isinstance(widget, CheckboxInput),
        "is_choice_list": isinstance(widget, RadioSelect),
        "is_wide": "wide" in named or isinstance(widget, Textarea),
        "is_bare": "bare" in named,
        "key": named.get("key", ""),
    }
    return render_to_string("_frame_field.html", told)


def _control_class(widget: object) -> str:
    if isinstance(widget, RadioSelect):
        return "radios"  # Django puts it on the box around the choices too
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"
