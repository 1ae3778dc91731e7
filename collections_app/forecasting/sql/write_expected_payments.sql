-- Writes expected payments, one row an open invoice.
-- Parameters: company (id), day, currencies and segments (codes, of which columns name the place, from 0), later (days that stand
-- for later than the horizon), weeks (how many parts an invoice has in parts, one after the other), and columns: arrays as
-- text, an invoice each. Amounts are in thousandths, days count from the day.
-- Rows: as given, some thousands at a time.
INSERT INTO expected_payment (
    company_id, invoice_id, customer_id, day, currency, open_amount, disputed, promised, expected_on, from_50, to_50,
    from_80, to_80, soon_share, by_week, facts
)
SELECT %(company)s, invoice, customer, %(day)s, (%(currencies)s::text[])[currency + 1],
    open * 0.001, disputed * 0.001, promised * 0.001, %(day)s::date + nullif(expected, %(later)s),
    %(day)s::date + nullif(from_50, %(later)s), %(day)s::date + nullif(to_50, %(later)s),
    %(day)s::date + nullif(from_80, %(later)s), %(day)s::date + nullif(to_80, %(later)s), soon,
    (%(parts)s::bigint[])[(place - 1) * %(weeks)s + 1 : place * %(weeks)s],
    -- What is not so is left out.
    jsonb_strip_nulls(jsonb_build_object(
        'settled', settled, 'late', late, 'median', median, 'as_late', CASE WHEN late > 0 THEN as_late END,
        'month_day', nullif(pay_day, 0), 'weekday', CASE WHEN pay_day = 0 THEN nullif(pay_weekday, 0) END,
        'segment', nullif((%(segments)s::text[])[segment + 1], ''),
        'no_due_date', CASE WHEN has_due_date = 0 THEN true END,
        'promised_on', to_char(%(day)s::date + promised_in::integer, 'YYYY-MM-DD'),
        'word', CASE WHEN promised_in IS NOT NULL THEN word END,
        'kept', CASE WHEN promised_in IS NOT NULL THEN kept END,
        'promises', CASE WHEN promised_in IS NOT NULL THEN promises END
    ))
FROM unnest(
    %(invoice)s::bigint[], %(customer)s::bigint[], %(currency)s::integer[], %(open)s::bigint[], %(disputed)s::bigint[],
    %(promised)s::bigint[], %(expected)s::integer[], %(from_50)s::integer[], %(to_50)s::integer[], %(from_80)s::integer[],
    %(to_80)s::integer[], %(soon)s::numeric[], %(settled)s::integer[], %(late)s::integer[], %(median)s::float8[],
    %(as_late)s::integer[], %(pay_day)s::integer[], %(pay_weekday)s::integer[], %(segment)s::integer[],
    %(has_due_date)s::integer[], %(promised_in)s::float8[], %(word)s::numeric[], %(kept)s::integer[], %(promises)s::integer[]
) WITH ORDINALITY AS given (
    invoice, customer, currency, open, disputed, promised, expected, from_50, to_50, from_80, to_80, soon, settled, late,
    median, as_late, pay_day, pay_weekday, segment, has_due_date, promised_in, word, kept, promises, place
)
