"""The coach's voice: in the answer to `git push`, in one comment on a pull request or an issue, in hints, when asked again."""
