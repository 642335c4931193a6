"""Documents: the Atlassian Document Format, Jira's wiki notation, plain words and safe HTML, one meaning in four dresses."""
