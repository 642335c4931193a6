"""a whole GitHub"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 - a statement for each table
    op.create_table(
        "em_site_settings",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("site", "name", name=op.f("pk_em_site_settings")),
    )
    op.create_table(
        "em_snapshots",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kept_as", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site", "name", name=op.f("pk_em_snapshots")),
    )
    op.create_table(
        "gh_deliveries",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hook_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("redelivery", sa.Boolean(), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("request_headers", sa.JSON(), nullable=False),
        sa.Column("request_body", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("status_code", sa.Integer(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("response_headers", sa.JSON(), nullable=True),
        sa.Column("response_body", sa.Text(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_deliveries")),
    )
    with op.batch_alter_table("gh_deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_gh_deliveries_hook", ["site", "hook_id", "id"], unique=False)
        batch_op.create_index("ix_gh_deliveries_outbox", ["site", "outbox_id"], unique=False)

    op.create_table(
        "gh_organization_hooks",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=8), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("insecure_ssl", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_organization_hooks")),
    )
    op.create_table(
        "gh_profiles",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site", "account_id", name=op.f("pk_gh_profiles")),
    )
    op.create_table(
        "gh_teams",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organization_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("slug", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("privacy", sa.String(length=8), nullable=False),
        sa.Column("permission", sa.String(length=16), nullable=False),
        sa.Column("notifications", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_teams")),
        sa.UniqueConstraint("site", "organization_id", "slug", name=op.f("uq_gh_teams_site_organization_id_slug")),
    )
    op.create_table(
        "gh_commit_comments",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha", sa.String(length=40), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_commit_comments_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_commit_comments")),
    )
    with op.batch_alter_table("gh_commit_comments", schema=None) as batch_op:
        batch_op.create_index("ix_gh_commit_comments_sha", ["site", "repository_id", "sha"], unique=False)

    op.create_table(
        "gh_feed",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_feed_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_feed")),
    )
    with op.batch_alter_table("gh_feed", schema=None) as batch_op:
        batch_op.create_index("ix_gh_feed_actor", ["site", "actor_id", "id"], unique=False)
        batch_op.create_index("ix_gh_feed_repository", ["site", "repository_id", "id"], unique=False)

    op.create_table(
        "gh_former_branches",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("new_name", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_former_branches_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "repository_id", "name", name=op.f("pk_gh_former_branches")),
    )
    op.create_table(
        "gh_former_names",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("full_name_lower", sa.String(length=200), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_former_names_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "full_name_lower", name=op.f("pk_gh_former_names")),
    )
    op.create_table(
        "gh_milestones",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("creator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_on", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_milestones_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_milestones")),
        sa.UniqueConstraint("site", "repository_id", "number", name=op.f("uq_gh_milestones_site_repository_id_number")),
        sa.UniqueConstraint("site", "repository_id", "title", name=op.f("uq_gh_milestones_site_repository_id_title")),
    )
    op.create_table(
        "gh_reactions",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_reactions_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_reactions")),
        sa.UniqueConstraint(
            "site",
            "subject",
            "subject_id",
            "account_id",
            "content",
            name=op.f("uq_gh_reactions_site_subject_subject_id_account_id_content"),
        ),
    )
    op.create_table(
        "gh_releases",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tag_name", sa.String(length=255), nullable=False),
        sa.Column("target_commitish", sa.String(length=255), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("prerelease", sa.Boolean(), nullable=False),
        sa.Column("make_latest", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_releases_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_releases")),
    )
    with op.batch_alter_table("gh_releases", schema=None) as batch_op:
        batch_op.create_index("ix_gh_releases_tag", ["site", "repository_id", "tag_name"], unique=False)

    op.create_table(
        "gh_rulesets",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("target", sa.String(length=16), nullable=False),
        sa.Column("enforcement", sa.String(length=16), nullable=False),
        sa.Column("bypass_actors", sa.JSON(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_rulesets_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_rulesets")),
        sa.UniqueConstraint("site", "repository_id", "name", name=op.f("uq_gh_rulesets_site_repository_id_name")),
    )
    op.create_table(
        "gh_team_members",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "team_id"],
            ["gh_teams.site", "gh_teams.id"],
            name=op.f("fk_gh_team_members_site_team_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "team_id", "account_id", name=op.f("pk_gh_team_members")),
    )
    with op.batch_alter_table("gh_team_members", schema=None) as batch_op:
        batch_op.create_index("ix_gh_team_members_account", ["site", "account_id"], unique=False)

    op.create_table(
        "gh_team_repositories",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("permission", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_team_repositories_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "team_id"],
            ["gh_teams.site", "gh_teams.id"],
            name=op.f("fk_gh_team_repositories_site_team_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "team_id", "repository_id", name=op.f("pk_gh_team_repositories")),
    )
    with op.batch_alter_table("gh_team_repositories", schema=None) as batch_op:
        batch_op.create_index("ix_gh_team_repositories_repository", ["site", "repository_id"], unique=False)

    op.create_table(
        "gh_watchers",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_watchers_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "repository_id", "account_id", "kind", name=op.f("pk_gh_watchers")),
    )
    op.create_table(
        "gh_workflows",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "repository_id"],
            ["gh_repositories.site", "gh_repositories.id"],
            name=op.f("fk_gh_workflows_site_repository_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_workflows")),
        sa.UniqueConstraint("site", "repository_id", "path", name=op.f("uq_gh_workflows_site_repository_id_path")),
    )
    op.create_table(
        "gh_annotations",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("check_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "check_run_id"],
            ["gh_check_runs.site", "gh_check_runs.id"],
            name=op.f("fk_gh_annotations_site_check_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_annotations")),
    )
    with op.batch_alter_table("gh_annotations", schema=None) as batch_op:
        batch_op.create_index("ix_gh_annotations_run", ["site", "check_run_id", "id"], unique=False)

    op.create_table(
        "gh_notifications",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "issue_id"],
            ["gh_issues.site", "gh_issues.id"],
            name=op.f("fk_gh_notifications_site_issue_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_notifications")),
    )
    with op.batch_alter_table("gh_notifications", schema=None) as batch_op:
        batch_op.create_index("ix_gh_notifications_account", ["site", "account_id", "updated_at"], unique=False)
        batch_op.create_index("ix_gh_notifications_issue", ["site", "issue_id", "account_id"], unique=True)

    op.create_table(
        "gh_sub_issues",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("child_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "child_id"],
            ["gh_issues.site", "gh_issues.id"],
            name=op.f("fk_gh_sub_issues_site_child_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "parent_id"],
            ["gh_issues.site", "gh_issues.id"],
            name=op.f("fk_gh_sub_issues_site_parent_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "child_id", name=op.f("pk_gh_sub_issues")),
    )
    with op.batch_alter_table("gh_sub_issues", schema=None) as batch_op:
        batch_op.create_index("ix_gh_sub_issues_parent", ["site", "parent_id", "position"], unique=False)

    op.create_table(
        "gh_workflow_runs",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("repository_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workflow_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("suite_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("triggering_actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("head_branch", sa.String(length=255), nullable=True),
        sa.Column("head_sha", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("conclusion", sa.String(length=24), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "workflow_id"],
            ["gh_workflows.site", "gh_workflows.id"],
            name=op.f("fk_gh_workflow_runs_site_workflow_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_workflow_runs")),
    )
    with op.batch_alter_table("gh_workflow_runs", schema=None) as batch_op:
        batch_op.create_index("ix_gh_workflow_runs_repository", ["site", "repository_id", "id"], unique=False)
        batch_op.create_index("ix_gh_workflow_runs_sha", ["site", "repository_id", "head_sha"], unique=False)

    op.create_table(
        "gh_jobs",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("check_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("conclusion", sa.String(length=24), nullable=True),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["site", "run_id"],
            ["gh_workflow_runs.site", "gh_workflow_runs.id"],
            name=op.f("fk_gh_jobs_site_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "id", name=op.f("pk_gh_jobs")),
    )
    with op.batch_alter_table("gh_jobs", schema=None) as batch_op:
        batch_op.create_index("ix_gh_jobs_run", ["site", "run_id"], unique=False)

    op.create_table(
        "gh_team_review_requests",
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("pull_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site", "pull_id"],
            ["gh_pulls.site", "gh_pulls.id"],
            name=op.f("fk_gh_team_review_requests_site_pull_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site", "team_id"],
            ["gh_teams.site", "gh_teams.id"],
            name=op.f("fk_gh_team_review_requests_site_team_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site", "pull_id", "team_id", name=op.f("pk_gh_team_review_requests")),
    )
    with op.batch_alter_table("em_tokens", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("gh_check_suites", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rerequested", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column("workflow_run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.drop_constraint(batch_op.f("uq_gh_check_suites_site_repository_id_head_sha"), type_="unique")
        batch_op.create_index("ix_gh_check_suites_sha", ["site", "repository_id", "head_sha"], unique=False)

    with op.batch_alter_table("gh_issues", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lock_reason", sa.String(length=16), nullable=True))
        batch_op.create_index("ix_gh_issues_state", ["site", "repository_id", "state", "number"], unique=False)

    with op.batch_alter_table("gh_members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("public", sa.Boolean(), nullable=True))
        batch_op.create_index("ix_gh_members_account", ["site", "account_id"], unique=False)

    with op.batch_alter_table("gh_pulls", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("head_owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index("ix_gh_pulls_head_repository", ["site", "head_repository_id", "head_ref"], unique=False)
        batch_op.create_index("ix_gh_pulls_merged_by", ["site", "repository_id", "merge_commit_sha"], unique=False)
        batch_op.create_index(
            "ix_gh_pulls_unmerged",
            ["site", "repository_id", "id"],
            unique=False,
            sqlite_where=sa.text("merged_at IS NULL"),
            postgresql_where=sa.text("merged_at IS NULL"),
        )

    with op.batch_alter_table("gh_repositories", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("topics", sa.JSON(), nullable=True))
        batch_op.create_index("ix_gh_repositories_owner", ["site", "owner_id"], unique=False)
        batch_op.create_index("ix_gh_repositories_parent", ["site", "parent_id"], unique=False)

    with op.batch_alter_table("gh_review_comments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("resolved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
