"""Which programming languages the files of a repository are written in, by their names and sizes.

Names, extensions and what is left out (prose, configuration, vendored code, documentation) follow GitHub's Linguist:
https://github.com/github-linguist/linguist/blob/main/docs/how-linguist-works.md. What only its classifier could tell apart
(`.h`, `.m`) counts as the language that it is most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

import pygit2
from pygit2.enums import FileMode

_COUNTED = (FileMode.BLOB, FileMode.BLOB_EXECUTABLE)
_EXTENSIONS = {
    "Astro": "astro",
    "Assembly": "asm nasm a51",
    "Batchfile": "bat cmd",
    "C": "c h cats idc",
    "C#": "cs csx cake",
    "C++": "cpp cc cxx c++ hpp hh hxx h++ ipp tpp ino",
    "CMake": "cmake",
    "COBOL": "cob cbl cobol",
    "CSS": "css",
    "Clojure": "clj cljs cljc boot",
    "CoffeeScript": "coffee",
    "Common Lisp": "lisp asd lsp",
    "Crystal": "cr",
    "Cuda": "cu cuh",
    "Cython": "pyx pxd pxi",
    "D": "d di",
    "Dart": "dart",
    "Dockerfile": "dockerfile",
    "EJS": "ejs ect jst",
    "Elixir": "ex exs",
    "Elm": "elm",
    "Emacs Lisp": "el",
    "Erlang": "erl hrl escript",
    "F#": "fs fsi fsx",
    "Fortran": "f for f77 fpp f90 f95 f03 f08",
    "GDScript": "gd",
    "GLSL": "glsl frag vert geom",
    "Gherkin": "feature story",
    "Go": "go",
    "Groovy": "groovy gvy grt",
    "HCL": "hcl tf tfvars nomad",
    "HTML": "html htm xht xhtml hta",
    "Handlebars": "handlebars hbs",
    "Haskell": "hs hsc",
    "Java": "java jav jsh",
    "JavaScript": "js mjs cjs jsx es6 jsm",
    "Jinja": "jinja j2 jinja2",
    "Jsonnet": "jsonnet libsonnet",
    "Julia": "jl",
    "Jupyter Notebook": "ipynb",
    "Kotlin": "kt kts ktm",
    "Less": "less",
    "Lua": "lua rockspec wlua",
    "MATLAB": "matlab",
    "Makefile": "mak mk mkfile make",
    "Mustache": "mustache",
    "Nim": "nim nimble nims",
    "Nix": "nix",
    "OCaml": "ml mli eliom",
    "Objective-C": "m",
    "Objective-C++": "mm",
    "PHP": "php php3 php4 php5 phps phpt ctp aw",
    "PLpgSQL": "pgsql",
    "Pascal": "pas dpr lpr dfm",
    "Perl": "pl pm perl ph plx al",
    "PowerShell": "ps1 psd1 psm1",
    "Prolog": "prolog pro yap",
    "Pug": "pug jade",
    "Python": "py pyi pyw py3 wsgi gyp gypi lmi pyde",
    "R": "r rd rsx",
    "Racket": "rkt rktd rktl scrbl",
    "Ruby": "rb rake gemspec ru podspec builder jbuilder thor",
    "Rust": "rs",
    "SCSS": "scss",
    "Sass": "sass",
    "Scala": "scala sbt sc kojo",
    "Scheme": "scm sld sps ss",
    "Shell": "sh bash zsh ksh bats command tmux",
    "Smarty": "tpl",
    "Solidity": "sol",
    "Starlark": "bzl star",
    "Stylus": "styl",
    "Svelte": "svelte",
    "Swift": "swift",
    "SystemVerilog": "sv svh vh",
    "Tcl": "tcl adp tm",
    "TeX": "tex sty cls ltx bbx cbx aux dtx ins",
    "Twig": "twig",
    "TypeScript": "ts mts cts tsx",
    "VHDL": "vhdl vhd vho",
    "Verilog": "v veo",
    "Vim Script": "vim vimrc",
    "Visual Basic .NET": "vb vbhtml",
    "Vue": "vue",
    "WebAssembly": "wat wast",
    "XSLT": "xslt xsl",
    "Zig": "zig",
}
_FILES = {
    "CMake": "cmakelists.txt",
    "Dockerfile": "dockerfile containerfile",
    "Groovy": "jenkinsfile",
    "Just": "justfile",
    "Makefile": "makefile gnumakefile bsdmakefile kbuild",
    "Python": "sconstruct sconscript wscript",
    "Ruby": "gemfile rakefile vagrantfile podfile brewfile capfile guardfile fastfile dangerfile thorfile",
    "Shell": "gradlew .bashrc .bash_profile .profile .zshrc pkgbuild",
    "Starlark": "build build.bazel workspace workspace.bazel tiltfile",
    "Vim Script": ".vimrc _vimrc",
}
_BY_EXTENSION = {extension: language for language, known in _EXTENSIONS.items() for extension in known.split()}
_BY_NAME = {name: language for language, known in _FILES.items() for name in known.split()}

# Source: vendor.yml and documentation.yml of Linguist.
_LEFT_OUT = re.compile(
    r"""(?:^|/)(?:
        (?:node_modules|bower_components|vendors?|(?:3rd|[Tt]hird)[-_]?[Pp]arty|[Ee]xtern(?:als?)?|dist|cache|testdata|env
          |\.vscode|\.github|\.google_apis|Godeps|Carthage|Pods|[Dd]ocumentation|[Gg]roovydoc|[Jj]avadoc|inst/doc)/
        |(?:[Tt]ests?|[Ss]pecs?)/fixtures/
        |\.yarn/(?:releases|plugins|sdks|versions|unplugged)/
        |(?:gradlew|gradlew\.bat|mvnw|mvnw\.cmd|configure|config\.guess|config\.sub|aclocal\.m4)$
        |[^/]*[.-]min\.(?:js|css)$
        |(?:jquery|bootstrap|modernizr|normalize)[^/]*\.(?:js|css|scss|less)$
        |[^/]*(?:_pb2(?:_grpc)?\.pyi?|\.pb\.(?:go|cc|h)|\.designer\.cs|\.g\.dart|\.d\.ts)$
    )
    |^(?:deps|[Dd]ependencies|[Dd]ocs?|[Mm]an|[Ee]xamples|[Dd]emos?|[Ss]amples?)/
    """,
    re.VERBOSE,
)
_MOST_FILES = 100_000


def languages_of(tree: pygit2.Tree) -> dict[str, int]:
    """Bytes of each language among the files of a tree, the largest first."""
    sizes: Counter[str] = Counter()
    for number, (path, file) in enumerate(_files(tree, "")):
        if number >= _MOST_FILES:
            break
        language = language_of(path)
        if language is not None and file.size:
            sizes[language] += file.size
    return _largest_first(sizes)


def languages_since(
    repository: pygit2.Repository, before: pygit2.Tree, known: Mapping[str, int], after: pygit2.Tree
) -> dict[str, int]:
    """The languages of a tree by what makes it differ from one whose languages are known."""
    sizes = Counter(known)
    for delta in before.diff_to_tree(after).deltas:
        for file, sign in ((delta.old_file, -1), (delta.new_file, 1)):
            language = language_of(file.path) if file.mode in _COUNTED else None
            if language is not None:
                sizes[language] += sign * repository.odb.read_header(file.id)[1]
    return _largest_first({language: size for language, size in sizes.items() if size > 0})


def _largest_first(sizes: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(sizes.items(), key=lambda each: (-each[1], each[0])))


@lru_cache(maxsize=20_000)
def language_of(path: str) -> str | None:
    """The language of a file by its path, None for what is no code or is left out of the statistics."""
    if _LEFT_OUT.search(path):
        return None
    name = path.rpartition("/")[2].lower()
    if name in _BY_NAME:
        return _BY_NAME[name]
    stem, _, extension = name.rpartition(".")
    if stem == "dockerfile":  # Dockerfile.release
        return "Dockerfile"
    return _BY_EXTENSION.get(extension) if stem else None


def _files(tree: pygit2.Tree, before: str) -> Iterator[tuple[str, pygit2.Blob]]:
    for entry in tree:
        path = f"{before}{entry.name}"
        if isinstance(entry, pygit2.Tree):
            if not _LEFT_OUT.search(f"{path}/"):
                yield from _files(entry, f"{path}/")
        elif isinstance(entry, pygit2.Blob) and entry.filemode != FileMode.LINK:
            yield path, entry  # its size is read from the object, so only when it is wanted
