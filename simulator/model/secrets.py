"""Whether a line of code gives access to something: a key, a token, a password.

Refuses to know whose it is. Only looks at the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache

_LONGEST_LINE = 500
# Prefixes that issuers publish: https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
_KNOWN = re.compile(
    r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|glpat-[\w-]{20,}"
    r"|xox[abpsr]-[A-Za-z0-9-]{10,}|sk_(?:live|test)_[A-Za-z0-9]{16,}|rk_live_[A-Za-z0-9]{16,}|AIza[\w-]{35}|npm_[A-Za-z0-9]{36}"
    r"|pypi-[\w-]{30,}|sk-[A-Za-z0-9_-]{32,}|SG\.[\w-]{16,}\.[\w-]{16,})"
    r"|\beyJ[\w-]{10,400}\.eyJ[\w-]{10,400}\.[\w-]{20,400}"
    r"|-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
    r"|\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,60}:(?P<password>[^\s/:@{}$<>]{4,80})@"
)
_NAMED = re.compile(
    r"(?i)(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?[\w-]{0,20}"
    r"['\"]?\s*(?::=|=>|[:=])\s*['\"](?P<value>[^'\"\s]{8,200})['\"]"
)
_CALLED_KEY = re.compile(
    r"(?i)(?P<name>[a-z0-9_.-]{0,60}key)['\"]?\s*(?::=|=>|[:=])\s*['\"](?P<value>[a-z0-9_+/=.-]{20,200})['\"]"
)
_NO_ACCESS = re.compile(r"(?i)public|publish|primary|foreign|cache|sort|partition|routing|idempoten|fingerprint|hash")
_IN_AN_ENVIRONMENT = re.compile(
    r"(?:^|\s)(?:export\s+)?(?P<name>[A-Z][A-Z0-9_]{0,60}(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD))=(?P<value>[\w+/=.~-]{16,200})\s*$"
)
_PLACEHOLDER = re.compile(
    r"(?i)^(?:x+|\*+|\.+|change[-_ ]?me|example.*|dummy.*|test.*|fake.*|your[-_ ].*|to-?do.*|placeholder.*|none|null"
    r"|pass|passw(?:or)?d|secret|root|admin|user|guest|postgres)$"
    r"|[{}<>$]|^os\.|^env\b"
)
_ENOUGH_ENTROPY = 3.0  # bits a character: words have less, tokens more
_FEWEST_DIGITS = 2
_UPPER_LOWER_DIGIT = re.compile(r"(?s)(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])")


def is_secret(line: str) -> bool:
    """Whether a line holds a key, token or password, by the prefixes that issuers use or by its name and its entropy."""
    return _is_secret(line[:_LONGEST_LINE])


@lru_cache(maxsize=16_384)  # the lines of a large pull request are looked at again with each thing that happens
def _is_secret(line: str) -> bool:
    known = _KNOWN.search(line)
    if known:
        return not (known["password"] and _PLACEHOLDER.search(known["password"]))
    named = _NAMED.search(line)
    return (named is not None and _looks_random(named["value"])) or _is_key(line)


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
    shares = [count / len(value) for count in Counter(value).values()]
    return -sum(share * math.log2(share) for share in shares) >= _ENOUGH_ENTROPY
