"""How much a file may hold. Sizes in bytes unless the name says otherwise; the numbers are generous on
purpose.
"""

import datetime as dt

PART_BYTES = 1 << 20  # a file is kept in pieces of this size
FILE_BYTES_MAX = 1 << 30
BLOCK_BYTES = 1 << 18  # read at once from a file
CELL_CHARACTERS_MAX = 32_767  # what a cell of a spreadsheet can hold
COLUMNS_MAX = 400
ROWS_MAX = 5_000_000
CHUNK_ROWS = 2_000  # read, understood and sent on at once
HEADER_ROWS_MAX = 40  # titles that may stand above the row of headers
PROBLEMS_MAX = 10_000  # written down; all are counted

XLSX_ENTRIES_MAX = 2_000
XLSX_NAMES_MAX = 1_000  # of elements in a part; the format knows a few hundred
XLSX_BYTES_MAX = 1 << 29  # unpacked
XLSX_TEXTS_MAX = 1 << 27  # characters of the texts that its cells share, which are kept in memory
XLSX_RATIO_MAX = 200  # unpacked to packed; honest sheets stay below 60

NUMBER_CHARACTERS_MAX = 64
NAME_CHARACTERS_MAX = 200
AMOUNT_DIGITS_MAX = 15  # before the decimal mark: numeric(18, 3)

EARLIEST_DAY = dt.date(1990, 1, 1)
YEARS_AHEAD_MAX = 10

ATTEMPTS_MAX = 3  # of work that breaks off for no reason that lies in the file
FILE_KEPT_DAYS = 90  # after the end of an import; what it said and its checksum stay

LEASE_SECONDS = 120  # a worker that stayed silent for so long has gone
PROGRESS_SECONDS = 0.5
