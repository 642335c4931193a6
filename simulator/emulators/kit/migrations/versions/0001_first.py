"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 - a statement for each table
    op.create_table(
        "em_accounts",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("login_lower", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("jira_id", sa.String(length=128), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_em_accounts")),
        sa.UniqueConstraint("site", "jira_id", name=op.f("uq_em_accounts_site_jira_id")),
        sa.UniqueConstraint("site", "login_lower", name=op.f("uq_em_accounts_site_login_lower")),
    )
    op.create_index("ix_em_accounts_email", "em_accounts", ["site", "email"], unique=False)
    op.create_table(
        "em_counters",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("value", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("site", "name", name=op.f("pk_em_counters")),
    )
    op.create_table(
        "em_journal",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_em_journal")),
    )
    op.create_table(
        "em_outbox",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("verify_tls", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status_code", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_em_outbox")),
    )
    op.create_index("ix_em_outbox_due", "em_outbox", ["state", "next_at"], unique=False)
    op.create_table(
        "em_sites",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_em_sites")),
    )
    op.create_table(
        "gh_members",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("site", "organization_id", "account_id", name=op.f("pk_gh_members")),
    )
    op.create_table(
        "gh_repositories",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("full_name_lower", sa.String(length=200), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("homepage", sa.Text(), nullable=True),
        sa.Column("default_branch", sa.String(length=255), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("has_issues", sa.Boolean(), nullable=False),
        sa.Column("allow_merge_commit", sa.Boolean(), nullable=False),
        sa.Column("allow_squash_merge", sa.Boolean(), nullable=False),
        sa.Column("allow_rebase_merge", sa.Boolean(), nullable=False),
        sa.Column("allow_auto_merge", sa.Boolean(), nullable=False),
        sa.Column("delete_branch_on_merge", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("size_kb", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pushed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_repositories")),
        sa.UniqueConstraint("site", "full_name_lower", name=op.f("uq_gh_repositories_site_full_name_lower")),
    )
    op.create_table(
        "jr_filters",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("jql", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_filters")),
    )
    op.create_table(
        "jr_issue_types",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("avatar_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_issue_types")),
    )
    op.create_table(
        "jr_link_types",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("inward", sa.String(length=60), nullable=False),
        sa.Column("outward", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_link_types")),
    )
    op.create_table(
        "jr_priorities",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("color", sa.String(length=7), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_priorities")),
    )
    op.create_table(
        "jr_resolutions",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_resolutions")),
    )
    op.create_table(
        "jr_sites",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("stamp", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_jr_sites")),
    )
    op.create_table(
        "jr_statuses",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_statuses")),
    )
    op.create_table(
        "jr_workflows",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("initial_status_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_workflows")),
    )
    op.create_table(
        "em_tokens",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "account_id"],
            ["em_accounts.site", "em_accounts.id"],
            name=op.f("fk_em_tokens_site_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "digest", name=op.f("pk_em_tokens")),
    )
    op.create_index("ix_em_tokens_digest", "em_tokens", ["digest"], unique=False)
    op.create_table(
        "gh_activity",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("ref", sa.String(length=255), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_activity_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_activity")),
    )
    op.create_index("ix_gh_activity_repository", "gh_activity", ["site", "repository_id", "id"], unique=False)
    op.create_table(
        "gh_check_runs",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("suite_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("head_sha", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("conclusion", sa.String(length=24), nullable=True),
        sa.Column("details_url", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("output", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_check_runs_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_check_runs")),
    )
    op.create_index("ix_gh_check_runs_sha", "gh_check_runs", ["site", "repository_id", "head_sha"], unique=False)
    op.create_table(
        "gh_check_suites",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("head_sha", sa.String(length=40), nullable=False),
        sa.Column("head_branch", sa.String(length=255), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_check_suites_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_check_suites")),
        sa.UniqueConstraint(
            "site", "repository_id", "head_sha", name=op.f("uq_gh_check_suites_site_repository_id_head_sha")
        ),
    )
    op.create_table(
        "gh_collaborators",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("permission", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_collaborators_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "repository_id", "account_id", name=op.f("pk_gh_collaborators")),
    )
    op.create_table(
        "gh_hooks",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=8), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("insecure_ssl", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_hooks_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_hooks")),
    )
    op.create_table(
        "gh_invitations",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invitee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("inviter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("permission", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_invitations_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_invitations")),
        sa.UniqueConstraint(
            "site", "repository_id", "invitee_id", name=op.f("uq_gh_invitations_site_repository_id_invitee_id")
        ),
    )
    op.create_table(
        "gh_issues",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_pull", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("state_reason", sa.String(length=16), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("milestone_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_issues_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_issues")),
        sa.UniqueConstraint("site", "repository_id", "number", name=op.f("uq_gh_issues_site_repository_id_number")),
    )
    op.create_index("ix_gh_issues_updated", "gh_issues", ["site", "repository_id", "updated_at"], unique=False)
    op.create_table(
        "gh_labels",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("name_lower", sa.String(length=50), nullable=False),
        sa.Column("color", sa.String(length=6), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_labels_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_labels")),
        sa.UniqueConstraint(
            "site", "repository_id", "name_lower", name=op.f("uq_gh_labels_site_repository_id_name_lower")
        ),
    )
    op.create_table(
        "gh_protections",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("branch", sa.String(length=255), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_protections_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "repository_id", "branch", name=op.f("pk_gh_protections")),
    )
    op.create_table(
        "gh_statuses",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha", sa.String(length=40), nullable=False),
        sa.Column("context", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("target_url", sa.Text(), nullable=True),
        sa.Column("creator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_statuses_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_statuses")),
    )
    op.create_index("ix_gh_statuses_sha", "gh_statuses", ["site", "repository_id", "sha"], unique=False)
    op.create_table(
        "jr_projects",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_lower", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("template", sa.String(length=16), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assignee_type", sa.String(length=16), nullable=False),
        sa.Column("workflow_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_counter", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "workflow_id"],
            ["jr_workflows.site", "jr_workflows.id"],
            name=op.f("fk_jr_projects_site_workflow_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_projects")),
        sa.UniqueConstraint("site", "key", name=op.f("uq_jr_projects_site_key")),
        sa.UniqueConstraint("site", "name_lower", name=op.f("uq_jr_projects_site_name_lower")),
    )
    op.create_table(
        "jr_transitions",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("workflow_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("from_status_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("to_status_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("resolution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "workflow_id"],
            ["jr_workflows.site", "jr_workflows.id"],
            name=op.f("fk_jr_transitions_site_workflow_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "workflow_id", "id", name=op.f("pk_jr_transitions")),
    )
    op.create_table(
        "gh_comments",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["gh_issues.site", "gh_issues.id"],
            name=op.f("fk_gh_comments_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_comments")),
    )
    op.create_index("ix_gh_comments_issue", "gh_comments", ["site", "issue_id"], unique=False)
    op.create_table(
        "gh_events",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["gh_issues.site", "gh_issues.id"],
            name=op.f("fk_gh_events_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_events")),
    )
    op.create_index("ix_gh_events_issue", "gh_events", ["site", "issue_id", "id"], unique=False)
    op.create_table(
        "gh_issue_assignees",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["gh_issues.site", "gh_issues.id"],
            name=op.f("fk_gh_issue_assignees_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "account_id", name=op.f("pk_gh_issue_assignees")),
    )
    op.create_table(
        "gh_issue_labels",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["gh_issues.site", "gh_issues.id"],
            name=op.f("fk_gh_issue_labels_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "label_id"],
            ["gh_labels.site", "gh_labels.id"],
            name=op.f("fk_gh_issue_labels_site_label_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "label_id", name=op.f("pk_gh_issue_labels")),
    )
    op.create_table(
        "gh_pulls",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("head_repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("head_ref", sa.String(length=255), nullable=False),
        sa.Column("head_sha", sa.String(length=40), nullable=False),
        sa.Column("base_ref", sa.String(length=255), nullable=False),
        sa.Column("base_sha", sa.String(length=40), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("merge_commit_sha", sa.String(length=40), nullable=True),
        sa.Column("maintainer_can_modify", sa.Boolean(), nullable=False),
        sa.Column("auto_merge", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "id"], ["gh_issues.site", "gh_issues.id"], name=op.f("fk_gh_pulls_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_pulls")),
        sa.UniqueConstraint("site", "repository_id", "number", name=op.f("uq_gh_pulls_site_repository_id_number")),
    )
    op.create_index("ix_gh_pulls_head", "gh_pulls", ["site", "repository_id", "head_ref"], unique=False)
    op.create_table(
        "jr_boards",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("filter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("parallel_sprints", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "filter_id"],
            ["jr_filters.site", "jr_filters.id"],
            name=op.f("fk_jr_boards_site_filter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_boards_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_boards")),
    )
    op.create_table(
        "jr_issues",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("type_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("priority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("resolution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("summary", sa.String(length=255), nullable=False),
        sa.Column("summary_words", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("description_words", sa.Text(), nullable=False),
        sa.Column("environment", sa.Text(), nullable=True),
        sa.Column("assignee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reporter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("creator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rank", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_issues_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_issues")),
        sa.UniqueConstraint("site", "key", name=op.f("uq_jr_issues_site_key")),
        sa.UniqueConstraint("site", "rank", name=op.f("uq_jr_issues_site_rank")),
    )
    op.create_index("ix_jr_issues_assignee", "jr_issues", ["site", "assignee_id"], unique=False)
    op.create_index("ix_jr_issues_parent", "jr_issues", ["site", "parent_id"], unique=False)
    op.create_index("ix_jr_issues_project_rank", "jr_issues", ["site", "project_id", "rank"], unique=False)
    op.create_index("ix_jr_issues_project_updated", "jr_issues", ["site", "project_id", "updated_at"], unique=False)
    op.create_table(
        "jr_project_issue_types",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_type_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_type_id"],
            ["jr_issue_types.site", "jr_issue_types.id"],
            name=op.f("fk_jr_project_issue_types_site_issue_type_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_project_issue_types_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "project_id", "issue_type_id", name=op.f("pk_jr_project_issue_types")),
    )
    op.create_table(
        "gh_review_comments",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pull_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("in_reply_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("commit_sha", sa.String(length=40), nullable=False),
        sa.Column("original_commit_sha", sa.String(length=40), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("original_line", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(length=5), nullable=False),
        sa.Column("start_line", sa.Integer(), nullable=True),
        sa.Column("original_start_line", sa.Integer(), nullable=True),
        sa.Column("start_side", sa.String(length=5), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("original_position", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=4), nullable=False),
        sa.Column("diff_hunk", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "pull_id"],
            ["gh_pulls.site", "gh_pulls.id"],
            name=op.f("fk_gh_review_comments_site_pull_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_review_comments")),
    )
    op.create_index("ix_gh_review_comments_pull", "gh_review_comments", ["site", "pull_id"], unique=False)
    op.create_table(
        "gh_review_requests",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("pull_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "pull_id"],
            ["gh_pulls.site", "gh_pulls.id"],
            name=op.f("fk_gh_review_requests_site_pull_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "pull_id", "account_id", name=op.f("pk_gh_review_requests")),
    )
    op.create_table(
        "gh_reviews",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pull_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("commit_sha", sa.String(length=40), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissal_message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "pull_id"],
            ["gh_pulls.site", "gh_pulls.id"],
            name=op.f("fk_gh_reviews_site_pull_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_reviews")),
    )
    op.create_index("ix_gh_reviews_pull", "gh_reviews", ["site", "pull_id"], unique=False)
    op.create_table(
        "jr_changes",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("history_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("field_type", sa.String(length=16), nullable=False),
        sa.Column("field_id", sa.String(length=60), nullable=False),
        sa.Column("from_value", sa.Text(), nullable=True),
        sa.Column("from_text", sa.Text(), nullable=True),
        sa.Column("to_value", sa.Text(), nullable=True),
        sa.Column("to_text", sa.Text(), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_changes_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "history_id", "position", name=op.f("pk_jr_changes")),
    )
    op.create_index("ix_jr_changes_field_created", "jr_changes", ["site", "field_id", "created_at"], unique=False)
    op.create_index(
        "ix_jr_changes_issue_field", "jr_changes", ["site", "issue_id", "field_id", "ended_at"], unique=False
    )
    op.create_table(
        "jr_comments",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("editor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_comments_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_comments")),
    )
    op.create_index("ix_jr_comments_issue", "jr_comments", ["site", "issue_id", "id"], unique=False)
    op.create_table(
        "jr_histories",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_histories_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_histories")),
    )
    op.create_index("ix_jr_histories_issue", "jr_histories", ["site", "issue_id", "id"], unique=False)
    op.create_table(
        "jr_issue_properties",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_issue_properties_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "key", name=op.f("pk_jr_issue_properties")),
    )
    op.create_table(
        "jr_labels",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_labels_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "label", name=op.f("pk_jr_labels")),
    )
    op.create_index("ix_jr_labels_label", "jr_labels", ["site", "label"], unique=False)
    op.create_table(
        "jr_links",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("type_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("destination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "destination_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_links_site_destination_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "source_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_links_site_source_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_links")),
        sa.UniqueConstraint(
            "site",
            "type_id",
            "source_id",
            "destination_id",
            name=op.f("uq_jr_links_site_type_id_source_id_destination_id"),
        ),
    )
    op.create_index("ix_jr_links_destination", "jr_links", ["site", "destination_id"], unique=False)
    op.create_index("ix_jr_links_source", "jr_links", ["site", "source_id"], unique=False)
    op.create_table(
        "jr_remote_links",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("global_id", sa.String(length=255), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_remote_links_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_remote_links")),
        sa.UniqueConstraint("site", "issue_id", "global_id", name=op.f("uq_jr_remote_links_site_issue_id_global_id")),
    )
    op.create_table(
        "jr_sprints",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "board_id"],
            ["jr_boards.site", "jr_boards.id"],
            name=op.f("fk_jr_sprints_site_board_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_sprints")),
    )
    op.create_index("ix_jr_sprints_board", "jr_sprints", ["site", "board_id", "state"], unique=False)
    op.create_table(
        "jr_watchers",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_watchers_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "account_id", name=op.f("pk_jr_watchers")),
    )
    op.create_table(
        "jr_issue_sprints",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sprint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_issue_sprints_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "sprint_id"],
            ["jr_sprints.site", "jr_sprints.id"],
            name=op.f("fk_jr_issue_sprints_site_sprint_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "sprint_id", name=op.f("pk_jr_issue_sprints")),
    )
    op.create_index("ix_jr_issue_sprints_sprint", "jr_issue_sprints", ["site", "sprint_id", "issue_id"], unique=False)
