"""The emulated GitHub: REST and git for one site or many. `routes` speak HTTP, `state` keeps the rules, `payloads` renders."""
