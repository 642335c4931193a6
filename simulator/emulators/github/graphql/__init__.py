"""GitHub's GraphQL API: our own schema, answered by the same state as REST.

A request goes through `execution.py` (parse, validate, bound, execute). Each type of the schema is a class in `views/` whose
attributes are the type's fields in snake case; `resolving.py` is the one resolver that finds them. Lists of things are loaded
together (`batches.py`), so that a hundred issues with their labels cost as many statements as one. Mutations live in
`mutations/`; whatever REST can do they let the REST route do, so that GraphQL never permits more.
"""
