"""a whole Jira"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 - a statement for each table
    op.create_table(
        "jr_custom_fields",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("searcher", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_custom_fields")),
    )
    op.create_table(
        "jr_development_repositories",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_development_repositories")),
    )
    op.create_table(
        "jr_group_members",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("site", "group_id", "account_id", name=op.f("pk_jr_group_members")),
    )
    op.create_table(
        "jr_groups",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("name_lower", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_groups")),
        sa.UniqueConstraint("site", "name_lower", name=op.f("uq_jr_groups_site_name_lower")),
    )
    op.create_table(
        "jr_obeyed",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("site", "mark", name=op.f("pk_jr_obeyed")),
    )
    op.create_table(
        "jr_permission_schemes",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_permission_schemes")),
        sa.UniqueConstraint("site", "name", name=op.f("uq_jr_permission_schemes_site_name")),
    )
    op.create_table(
        "jr_roles",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_roles")),
    )
    op.create_table(
        "jr_webhooks",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dynamic", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("jql", sa.Text(), nullable=False),
        sa.Column("field_ids", sa.Text(), nullable=False),
        sa.Column("property_keys", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("exclude_body", sa.Boolean(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_webhooks")),
    )
    with op.batch_alter_table("jr_webhooks", schema=None) as batch_op:
        batch_op.create_index("ix_jr_webhooks_owner", ["site", "dynamic", "owner_id"], unique=False)

    op.create_table(
        "jr_worklog_deletions",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("worklog_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site", "worklog_id", name=op.f("pk_jr_worklog_deletions")),
    )
    with op.batch_alter_table("jr_worklog_deletions", schema=None) as batch_op:
        batch_op.create_index("ix_jr_worklog_deletions_deleted", ["site", "deleted_at", "worklog_id"], unique=False)

    op.create_table(
        "jr_filter_columns",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("filter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "filter_id"],
            ["jr_filters.site", "jr_filters.id"],
            name=op.f("fk_jr_filter_columns_site_filter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "filter_id", "position", name=op.f("pk_jr_filter_columns")),
    )
    op.create_table(
        "jr_filter_favourites",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("filter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "filter_id"],
            ["jr_filters.site", "jr_filters.id"],
            name=op.f("fk_jr_filter_favourites_site_filter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "filter_id", "account_id", name=op.f("pk_jr_filter_favourites")),
    )
    op.create_table(
        "jr_filter_shares",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("filter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edits", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("role_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "filter_id"],
            ["jr_filters.site", "jr_filters.id"],
            name=op.f("fk_jr_filter_shares_site_filter_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_filter_shares")),
    )
    op.create_table(
        "jr_permission_grants",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scheme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("permission", sa.String(length=60), nullable=False),
        sa.Column("holder", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "scheme_id"],
            ["jr_permission_schemes.site", "jr_permission_schemes.id"],
            name=op.f("fk_jr_permission_grants_site_scheme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_permission_grants")),
    )
    with op.batch_alter_table("jr_permission_grants", schema=None) as batch_op:
        batch_op.create_index("ix_jr_permission_grants_scheme", ["site", "scheme_id"], unique=False)

    op.create_table(
        "jr_webhook_deliveries",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("webhook_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("identifier", sa.String(length=36), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "webhook_id"],
            ["jr_webhooks.site", "jr_webhooks.id"],
            name=op.f("fk_jr_webhook_deliveries_site_webhook_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_webhook_deliveries")),
    )
    with op.batch_alter_table("jr_webhook_deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_jr_webhook_deliveries_failed", ["site", "failed_at"], unique=False)
        batch_op.create_index("ix_jr_webhook_deliveries_outbox", ["site", "outbox_id"], unique=False)

    op.create_table(
        "jr_components",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("assignee_type", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_components_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_components")),
        sa.UniqueConstraint("site", "project_id", "name", name=op.f("uq_jr_components_site_project_id_name")),
    )
    op.create_table(
        "jr_project_schemes",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("permission_scheme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "permission_scheme_id"],
            ["jr_permission_schemes.site", "jr_permission_schemes.id"],
            name=op.f("fk_jr_project_schemes_site_permission_scheme_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_project_schemes_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "project_id", name=op.f("pk_jr_project_schemes")),
    )
    op.create_table(
        "jr_project_workflows",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_type_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workflow_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_project_workflows_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "workflow_id"],
            ["jr_workflows.site", "jr_workflows.id"],
            name=op.f("fk_jr_project_workflows_site_workflow_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "project_id", "issue_type_id", name=op.f("pk_jr_project_workflows")),
    )
    op.create_table(
        "jr_role_actors",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_role_actors_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "project_id", "role_id", "kind", "actor_id", name=op.f("pk_jr_role_actors")),
    )
    op.create_table(
        "jr_versions",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "project_id"],
            ["jr_projects.site", "jr_projects.id"],
            name=op.f("fk_jr_versions_site_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_versions")),
        sa.UniqueConstraint("site", "project_id", "name", name=op.f("uq_jr_versions_site_project_id_name")),
    )
    op.create_table(
        "jr_attachments",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=127), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("thumbnail_size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_attachments_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_attachments")),
    )
    with op.batch_alter_table("jr_attachments", schema=None) as batch_op:
        batch_op.create_index("ix_jr_attachments_issue", ["site", "issue_id", "id"], unique=False)

    op.create_table(
        "jr_board_properties",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "board_id"],
            ["jr_boards.site", "jr_boards.id"],
            name=op.f("fk_jr_board_properties_site_board_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "board_id", "key", name=op.f("pk_jr_board_properties")),
    )
    op.create_table(
        "jr_custom_values",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "field_id"],
            ["jr_custom_fields.site", "jr_custom_fields.id"],
            name=op.f("fk_jr_custom_values_site_field_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_custom_values_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "field_id", name=op.f("pk_jr_custom_values")),
    )
    with op.batch_alter_table("jr_custom_values", schema=None) as batch_op:
        batch_op.create_index("ix_jr_custom_values_field", ["site", "field_id", "issue_id"], unique=False)

    op.create_table(
        "jr_development",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_development_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["jr_development_repositories.site", "jr_development_repositories.id"],
            name=op.f("fk_jr_development_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "repository_id", "kind", "ref", name=op.f("pk_jr_development")),
    )
    with op.batch_alter_table("jr_development", schema=None) as batch_op:
        batch_op.create_index("ix_jr_development_ref", ["site", "repository_id", "kind", "ref"], unique=False)

    op.create_table(
        "jr_issue_components",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("component_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "component_id"],
            ["jr_components.site", "jr_components.id"],
            name=op.f("fk_jr_issue_components_site_component_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_issue_components_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "component_id", name=op.f("pk_jr_issue_components")),
    )
    with op.batch_alter_table("jr_issue_components", schema=None) as batch_op:
        batch_op.create_index("ix_jr_issue_components_component", ["site", "component_id"], unique=False)

    op.create_table(
        "jr_issue_versions",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_issue_versions_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "version_id"],
            ["jr_versions.site", "jr_versions.id"],
            name=op.f("fk_jr_issue_versions_site_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "field", "version_id", name=op.f("pk_jr_issue_versions")),
    )
    with op.batch_alter_table("jr_issue_versions", schema=None) as batch_op:
        batch_op.create_index("ix_jr_issue_versions_version", ["site", "version_id", "field"], unique=False)

    op.create_table(
        "jr_issue_views",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_issue_views_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "account_id", "issue_id", name=op.f("pk_jr_issue_views")),
    )
    with op.batch_alter_table("jr_issue_views", schema=None) as batch_op:
        batch_op.create_index("ix_jr_issue_views_recent", ["site", "account_id", "viewed_at"], unique=False)

    op.create_table(
        "jr_quick_filters",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("board_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("jql", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "board_id"],
            ["jr_boards.site", "jr_boards.id"],
            name=op.f("fk_jr_quick_filters_site_board_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_quick_filters")),
    )
    with op.batch_alter_table("jr_quick_filters", schema=None) as batch_op:
        batch_op.create_index("ix_jr_quick_filters_board", ["site", "board_id", "position"], unique=False)

    op.create_table(
        "jr_time_tracking",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("original_s", sa.BigInteger(), nullable=True),
        sa.Column("remaining_s", sa.BigInteger(), nullable=True),
        sa.Column("spent_s", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_time_tracking_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", name=op.f("pk_jr_time_tracking")),
    )
    op.create_table(
        "jr_votes",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_votes_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "issue_id", "account_id", name=op.f("pk_jr_votes")),
    )
    with op.batch_alter_table("jr_votes", schema=None) as batch_op:
        batch_op.create_index("ix_jr_votes_account", ["site", "account_id"], unique=False)

    op.create_table(
        "jr_worklogs",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("editor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("comment_words", sa.Text(), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visible_to", sa.String(length=16), nullable=True),
        sa.Column("visible_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["jr_issues.site", "jr_issues.id"],
            name=op.f("fk_jr_worklogs_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_jr_worklogs")),
    )
    with op.batch_alter_table("jr_worklogs", schema=None) as batch_op:
        batch_op.create_index("ix_jr_worklogs_author", ["site", "author_id", "started_at"], unique=False)
        batch_op.create_index("ix_jr_worklogs_issue", ["site", "issue_id", "started_at", "id"], unique=False)
        batch_op.create_index("ix_jr_worklogs_updated", ["site", "updated_at", "id"], unique=False)

    op.create_table(
        "jr_attachment_contents",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "attachment_id"],
            ["jr_attachments.site", "jr_attachments.id"],
            name=op.f("fk_jr_attachment_contents_site_attachment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "attachment_id", name=op.f("pk_jr_attachment_contents")),
    )
    with op.batch_alter_table("jr_changes", schema=None) as batch_op:
        batch_op.create_index("ix_jr_changes_author", ["site", "author_id", "created_at", "issue_id"], unique=False)
        batch_op.create_index(
            "ix_jr_changes_ever",
            ["site", "field_id", "issue_id"],
            unique=False,
            sqlite_where=sa.text("first IS 1"),
            postgresql_where=sa.text("first IS true"),
        )
        batch_op.create_index(
            "ix_jr_changes_field_to",
            ["site", "field_id", "to_value", "created_at", "ended_at", "issue_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_jr_changes_first",
            ["site", "field_id", "from_value", "created_at", "issue_id"],
            unique=False,
            sqlite_where=sa.text("first IS 1"),
            postgresql_where=sa.text("first IS true"),
        )

    with op.batch_alter_table("jr_comments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("visible_to", sa.String(length=16), nullable=True))
        batch_op.add_column(
            sa.Column("visible_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )

    with op.batch_alter_table("jr_issues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("environment_words", sa.Text(), server_default=sa.text("('')"), nullable=False))
        batch_op.add_column(sa.Column("epic_color", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("epic_done", sa.Boolean(), nullable=True))
        batch_op.create_index("ix_jr_issues_status", ["site", "status_id", "created_at"], unique=False)

    with op.batch_alter_table("jr_projects", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("style", sa.String(length=16), server_default=sa.text("'classic'"), nullable=False)
        )
        batch_op.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("jr_sprints", schema=None) as batch_op:
        batch_op.add_column(sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(
            sa.Column("incomplete_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("activated_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("closed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(
            sa.Column("opened_history", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("opened_issue", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("closed_history", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("closed_issue", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )

    with op.batch_alter_table("jr_transitions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rules", sa.Text(), nullable=True))

    for statement in STATEMENTS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


STATEMENTS = {
    "sqlite": [
        """CREATE TABLE IF NOT EXISTS ft_jr_documents (doc INTEGER PRIMARY KEY, site VARCHAR(80) NOT NULL,
source VARCHAR(16) NOT NULL, issue_id INTEGER NOT NULL, part_id INTEGER NOT NULL,
UNIQUE (site, source, issue_id, part_id))""",
        """CREATE VIRTUAL TABLE IF NOT EXISTS ft_jr_words USING fts5(summary, description, environment, comment, worklog,
content='',
tokenize='porter unicode61 remove_diacritics 0')""",
        """INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
own.summary_words, own.description_words, own.environment_words, '', ''
FROM jr_issues AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_issues' AND issue_id = own.id AND part_id = 0)""",
        """INSERT INTO ft_jr_documents (doc, site, source, issue_id, part_id)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
own.site, 'jr_issues', own.id, 0
FROM jr_issues AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_issues' AND issue_id = own.id AND part_id = 0)""",
        """INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
'', '', '', own.body_words, ''
FROM jr_comments AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_comments' AND issue_id = own.issue_id AND part_id = own.id)""",
        """INSERT INTO ft_jr_documents (doc, site, source, issue_id, part_id)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
own.site, 'jr_comments', own.issue_id, own.id
FROM jr_comments AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_comments' AND issue_id = own.issue_id AND part_id = own.id)""",
        """INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
'', '', '', '', own.comment_words
FROM jr_worklogs AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_worklogs' AND issue_id = own.issue_id AND part_id = own.id)""",
        """INSERT INTO ft_jr_documents (doc, site, source, issue_id, part_id)
SELECT (SELECT coalesce(max(doc), 0) FROM ft_jr_documents) + row_number() OVER (ORDER BY own.rowid),
own.site, 'jr_worklogs', own.issue_id, own.id
FROM jr_worklogs AS own
WHERE NOT EXISTS (SELECT 1 FROM ft_jr_documents
WHERE site = own.site AND source = 'jr_worklogs' AND issue_id = own.issue_id AND part_id = own.id)""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_issues_added AFTER INSERT ON jr_issues BEGIN
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_issues', new.id, 0);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, new.summary_words, new.description_words, new.environment_words, '', '' FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_issues' AND issue_id = new.id AND part_id = 0;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_issues_changed AFTER UPDATE OF
summary_words, description_words, environment_words ON jr_issues
WHEN old.summary_words IS NOT new.summary_words
OR old.description_words IS NOT new.description_words
OR old.environment_words IS NOT new.environment_words BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, old.summary_words, old.description_words, old.environment_words, '', '' FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_issues' AND issue_id = old.id AND part_id = 0;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_issues' AND issue_id = old.id AND part_id = 0;
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_issues', new.id, 0);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, new.summary_words, new.description_words, new.environment_words, '', '' FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_issues' AND issue_id = new.id AND part_id = 0;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_issues_removed AFTER DELETE ON jr_issues BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, old.summary_words, old.description_words, old.environment_words, '', '' FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_issues' AND issue_id = old.id AND part_id = 0;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_issues' AND issue_id = old.id AND part_id = 0;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_comments_added AFTER INSERT ON jr_comments BEGIN
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_comments', new.issue_id, new.id);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, '', '', '', new.body_words, '' FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_comments' AND issue_id = new.issue_id AND part_id = new.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_comments_changed AFTER UPDATE OF
body_words ON jr_comments
WHEN old.body_words IS NOT new.body_words BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, '', '', '', old.body_words, '' FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_comments' AND issue_id = old.issue_id AND part_id = old.id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_comments' AND issue_id = old.issue_id AND part_id = old.id;
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_comments', new.issue_id, new.id);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, '', '', '', new.body_words, '' FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_comments' AND issue_id = new.issue_id AND part_id = new.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_comments_removed AFTER DELETE ON jr_comments BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, '', '', '', old.body_words, '' FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_comments' AND issue_id = old.issue_id AND part_id = old.id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_comments' AND issue_id = old.issue_id AND part_id = old.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_worklogs_added AFTER INSERT ON jr_worklogs BEGIN
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_worklogs', new.issue_id, new.id);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, '', '', '', '', new.comment_words FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_worklogs' AND issue_id = new.issue_id AND part_id = new.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_worklogs_changed AFTER UPDATE OF
comment_words ON jr_worklogs
WHEN old.comment_words IS NOT new.comment_words BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, '', '', '', '', old.comment_words FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_worklogs' AND issue_id = old.issue_id AND part_id = old.id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_worklogs' AND issue_id = old.issue_id AND part_id = old.id;
INSERT INTO ft_jr_documents (site, source, issue_id, part_id) VALUES (new.site, 'jr_worklogs', new.issue_id, new.id);
INSERT INTO ft_jr_words (rowid, summary, description, environment, comment, worklog)
SELECT doc, '', '', '', '', new.comment_words FROM ft_jr_documents
WHERE site = new.site AND source = 'jr_worklogs' AND issue_id = new.issue_id AND part_id = new.id;
END""",
        """CREATE TRIGGER IF NOT EXISTS ft_jr_worklogs_removed AFTER DELETE ON jr_worklogs BEGIN
INSERT INTO ft_jr_words (ft_jr_words, rowid, summary, description, environment, comment, worklog)
SELECT 'delete', doc, '', '', '', '', old.comment_words FROM ft_jr_documents
WHERE site = old.site AND source = 'jr_worklogs' AND issue_id = old.issue_id AND part_id = old.id;
DELETE FROM ft_jr_documents WHERE site = old.site AND source = 'jr_worklogs' AND issue_id = old.issue_id AND part_id = old.id;
END""",
    ],
    "postgresql": [
        """DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'jr_words' AND pg_ts_config_is_visible(oid)) THEN
    CREATE TEXT SEARCH DICTIONARY jr_words (TEMPLATE = snowball, LANGUAGE = porter);
    CREATE TEXT SEARCH CONFIGURATION jr_words (COPY = pg_catalog.simple);
    ALTER TEXT SEARCH CONFIGURATION jr_words ALTER MAPPING REPLACE pg_catalog.simple WITH jr_words;
  END IF;
END $$""",
        """CREATE INDEX IF NOT EXISTS ft_jr_issues_summary ON jr_issues
USING gin (to_tsvector('jr_words', summary_words))""",
        """CREATE INDEX IF NOT EXISTS ft_jr_issues_description ON jr_issues
USING gin (to_tsvector('jr_words', description_words))""",
        """CREATE INDEX IF NOT EXISTS ft_jr_issues_environment ON jr_issues
USING gin (to_tsvector('jr_words', environment_words))""",
        """CREATE INDEX IF NOT EXISTS ft_jr_comments_comment ON jr_comments
USING gin (to_tsvector('jr_words', body_words))""",
        """CREATE INDEX IF NOT EXISTS ft_jr_worklogs_worklog ON jr_worklogs
USING gin (to_tsvector('jr_words', comment_words))""",
    ],
}
