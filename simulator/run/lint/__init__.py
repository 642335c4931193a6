"""`sprintdojo lint`: the rule book over the past of any repository, without a scenario."""
