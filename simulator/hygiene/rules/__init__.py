"""One rule a file, `<code>_<name>.py`. The registry finds them by looking; nothing is registered by hand."""
