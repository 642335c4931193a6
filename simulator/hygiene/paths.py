"""What a file is for, by its path: production code, a test, a document, a build's settings, or nothing that people write.

Refuses to read files. The families follow the common layouts of Python, Java, JavaScript, Go and Ruby projects.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from simulator.model.substance import is_written_by_hand


class PathClass(StrEnum):
    """What a file is for."""

    PRODUCTION = "production"
    TEST = "test"
    DOCS = "docs"
    CI = "ci"
    BUILD = "build"
    GENERATED = "generated"


_TEST = re.compile(
    r"(?:^|/)(?:tests?|specs?|__tests__|testing|testdata|e2e|cypress|src/(?:it|integration-?test|test))/"
    r"|(?:^|/)(?:test_[^/]+|[^/]+_test|[^/]+\.(?:test|spec)|[^/]+_spec|conftest)\.[a-z]+\Z"
    r"|(?:^|/)[^/]*(?:Tests?|TestCase|IT)\.(?:java|kt|scala|groovy|cs)\Z",
    re.ASCII,
)
_CI = re.compile(
    r"(?:^|/)\.(?:github/(?:workflows|actions)|gitlab|circleci|buildkite)/|(?:^|/)(?:\.gitlab-ci|\.pre-commit-config|\.travis|appveyor|azure-pipelines)"
    r"\.ya?ml\Z|(?:^|/)Jenkinsfile\Z",
    re.ASCII | re.IGNORECASE,
)
_DOCS = re.compile(
    r"(?:^|/)docs?/|\.(?:md|mdx|rst|adoc|txt)\Z|(?:^|/)(?:readme|changelog|license|licence|contributing|authors|notice|codeowners)"
    r"(?:\.[a-z]+)?\Z",
    re.ASCII | re.IGNORECASE,
)
_BUILD = re.compile(
    r"(?:^|/)(?:Dockerfile|Makefile|Justfile|docker-compose[^/]*|compose\.ya?ml|pyproject\.toml|setup\.(?:py|cfg)|tox\.ini"
    r"|requirements[^/]*\.txt|package\.json|tsconfig[^/]*\.json|pom\.xml|build\.gradle(?:\.kts)?|settings\.gradle(?:\.kts)?"
    r"|go\.mod|Cargo\.toml|Gemfile|\.[^/]+(?:rc|ignore|attributes|config)(?:\.[a-z]+)?|\.editorconfig)\Z",
    re.ASCII | re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def path_class(path: str) -> PathClass:
    """What a file is for; the first family that its path belongs to decides."""
    if not is_written_by_hand(path):
        return PathClass.GENERATED
    families = ((_TEST, PathClass.TEST), (_CI, PathClass.CI), (_BUILD, PathClass.BUILD), (_DOCS, PathClass.DOCS))
    return next((found for pattern, found in families if pattern.search(path)), PathClass.PRODUCTION)
