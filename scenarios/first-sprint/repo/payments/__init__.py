"""Takes payments for small shops: authorise, capture, cancel."""
