"""What both emulated services share: the database, sites, accounts and tokens, the request, URLs, the journal, webhooks."""
