"""Whether a line of code gives access to something: a key, a token, a password.

Refuses to know whose it is. Only looks at the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

_LONGEST_LINE = 500
# Prefixes that issuers publish: https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
_KNOWN = re.compile(
    r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|glpat-[\w-]{20,}"
    r"|xox[abpsr]-[A-Za-z0-9-]{10,}|sk_(?:live|test)_[A-Za-z0-9]{16,}|rk_live_[A-Za-z0-9]{16,}|AIza[\w-]{35}|npm_[A-Za-z0-9]{36}"
    r"|pypi-[\w-]{30,}|sk-[A-Za-z0-9_-]{32,}|SG\.[\w-]{16,}\.[\w-]{16,})"
    r"|\beyJ[\w-]{10,400}\.eyJ[\w-]{10,400}\.[\w-]{20,400}"
    r"|-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
    r"|\b[a-z][a-z0-9+.-]{1,20}://(?P<user>[^\s/:@]{1,60}):(?P<password>[^\s/:@{}$<>]{4,80})@(?P<host>[^\s/:?#'\"]{0,100})"
)
_NAMED = re.compile(
    r"(?i)(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?(?P<more>[\w-]{0,20})"
    r"['\"]?\s*(?::=|=>|[:=])\s*['\"](?P<value>[^'\"\s]{8,200})['\"]"
)
_CALLED_KEY = re.compile(
    r"(?i)(?P<name>[a-z0-9_.-]{0,60}key)['\"]?\s*(?::=|=>|[:=])\s*['\"](?P<value>[a-z0-9_+/=.-]{20,200})['\"]"
)
_ABOUT_IT = re.compile(  # `token_url`, `secretName`: something about a secret, and not the secret
    r"(?i)(?:_|-|\b)?(?:path|url|uri|endpoint|header|name|version|pattern|re|regex|type|file|dir|ref|id|format|prefix|length|field"
    r"|iz\w*|keyref)s?$"
)
_NO_ACCESS = re.compile(r"(?i)public|publish|primary|foreign|cache|sort|partition|routing|idempoten|fingerprint|hash")
_IN_AN_ENVIRONMENT = re.compile(
    r"(?:^|\s)(?:export\s+)?(?P<name>[A-Z][A-Z0-9_]{0,60}(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD))=(?P<value>[\w+/=.~-]{16,200})\s*$"
)
_PLACEHOLDER = re.compile(
    r"(?i)^(?:x+|\*+|\.+|change[-_ ]?me|example.*|dummy.*|test.*|fake.*|your[-_ ].*|to-?do.*|placeholder.*|none|null"
    r"|pass|passw(?:or)?d|secret|root|admin|user|guest|postgres)$"
    r"|[{}<>$]|^os\.|^env\b|example"
    r"|\(\?[:=!P<]|\[\^?[A-Za-z0-9]-[A-Za-z0-9]|\\[dwsb.]"  # a pattern that such things are looked for with
    r"|^(?:/|\./|~/)|://"  # a path or an address
)
# Names that no key of anybody leads to: https://www.rfc-editor.org/rfc/rfc2606 and this very machine
_NOWHERE = re.compile(
    r"(?i)(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost)\.?$|^127\.|^0\.0\.0\.0$|^\[::1\]?$"
)
_SAMPLE = "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9l"  # John Doe, whose token https://jwt.io shows
_STAND_IN = re.compile(r"example|placeholder|your[-_]|replace[-_]me")
_LEET = str.maketrans("01345$@7", "oleassat")
_WORDS = re.compile(
    r"(?:my)?(?:pass(?:word|wd)?|secret|letmein|hunter|changeme|qwerty|admin|geheim|passwort)(?:[-_ ]?(?:for|of)[-_ ].*)?$"
)
_AROUND = "0123456789!?.#*_-"
_PARTS = re.compile(r"[-_/.:]")
_RUN = 8  # characters of the alphabet, or digits, one after another
_SAME = re.compile(r"(.)\1{5}")
_ENOUGH_ENTROPY = 3.0  # bits a character: words have less, tokens more
_FEWEST_DIGITS = 2
_SHORT = 3
_UPPER_LOWER_DIGIT = re.compile(r"(?s)(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])")


def is_secret(line: str) -> bool:
    """Whether a line holds a key, token or password, by the prefixes that issuers use or by its name and its entropy."""
    return _is_secret(line[:_LONGEST_LINE])


@lru_cache(maxsize=16_384)  # the lines of a large pull request are looked at again with each thing that happens
def _is_secret(line: str) -> bool:
    known = _KNOWN.search(line)
    if known:
        password = known["password"]
        if password is None:
            return not (_SAMPLE in known[0] or _is_made_up(known[0]))
        if (
            password.rstrip(_AROUND) == known["user"]
        ):  # `shop:shop1234`, as in a file that starts a database to develop with
            return False
        return not (_NOWHERE.search(known["host"]) or _PLACEHOLDER.search(password) or _is_made_up(password))
    named = _NAMED.search(line)
    if named is not None and not _ABOUT_IT.search(named["more"]) and _looks_random(named["value"]):
        return True
    return _is_key(line)


def _is_key(line: str) -> bool:
    """Whether something that is called a key only, or set in an environment's file, is one: much else is called a key."""
    for found in (_CALLED_KEY.search(line), _IN_AN_ENVIRONMENT.search(line)):
        if found and not _NO_ACCESS.search(found["name"]) and _UPPER_LOWER_DIGIT.match(found["value"]):
            return _looks_random(found["value"])
    return False


def is_issued(line: str) -> bool:
    """Whether a line holds something in the form of a known issuer, which no test needs."""
    return _KNOWN.search(line[:_LONGEST_LINE]) is not None


def _looks_random(value: str) -> bool:
    if _PLACEHOLDER.search(value) or sum(letter.isdigit() for letter in value) < _FEWEST_DIGITS:
        return False
    if _is_made_up(value) or all(_is_plain(part) for part in _PARTS.split(value)):
        return False
    shares = [count / len(value) for count in Counter(value).values()]
    return -sum(share * math.log2(share) for share in shares) >= _ENOUGH_ENTROPY


def _is_made_up(value: str) -> bool:
    """Whether a person typed it to stand for a secret: EXAMPLE, xxxxxx, 12345678, Passw0rd."""
    low = value.lower()
    if _stands_for_another(low) or _WORDS.match(low.rstrip(_AROUND).translate(_LEET)):
        return True
    steps = [ord(after) - ord(before) == 1 for before, after in pairwise(low)]
    return "1" * (_RUN - 1) in "".join("1" if step else "0" for step in steps)


def _stands_for_another(low: str) -> bool:
    return _STAND_IN.search(low) is not None or _SAME.search(low) is not None


def _is_plain(part: str) -> bool:
    """Whether a part of a name is a word, a number, or a version."""
    return part.isalpha() or part.isdigit() or len(part) <= _SHORT
