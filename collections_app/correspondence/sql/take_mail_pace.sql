-- Counts one more message within a minute, unless that is full; then there is no row. A clock that is a little
-- behind counts into the minute that stands.
-- Parameters: scope (text), minute (its beginning), a_minute (messages). Reads and writes one row by its key.
INSERT INTO mail_pace AS pace (scope, minute, taken)
VALUES (%(scope)s, %(minute)s, 1)
ON CONFLICT (scope) DO UPDATE SET
    minute = greatest(pace.minute, excluded.minute),
    taken = CASE WHEN excluded.minute > pace.minute THEN 1 ELSE pace.taken + 1 END
WHERE excluded.minute > pace.minute OR pace.taken < %(a_minute)s
RETURNING pace.taken
