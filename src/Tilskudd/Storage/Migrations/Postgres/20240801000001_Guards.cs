using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations.Postgres;

/// <summary>
/// Lets the database itself refuse to change or delete a line of the trail, or a version people have decided on; and makes what nodes
/// meet at: the table whose lock is the trail's head, and the one that says which of them runs a sweep. That the trail goes on by one is
/// the door's and the primary key's on PostgreSQL: a trigger would see the trail as it was when its transaction began.
/// </summary>
[DbContext(typeof(PostgresDb))]
[Migration("20240801000001_Guards")]
internal sealed class Guards : Migration
{
    private static readonly string[] Tables = ["Trail", "HandlingsplanVersions", "RapportVersions"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE \"TrailHead\" (\"IsLockedByWriters\" boolean PRIMARY KEY);");
        migrationBuilder.Sql("CREATE TABLE \"SweepLeases\" (\"Name\" text PRIMARY KEY, \"Holder\" text NOT NULL, \"Fence\" bigint NOT NULL, \"Until\" timestamp with time zone NOT NULL, \"IsHeld\" boolean NOT NULL, \"IsTakenOver\" boolean NOT NULL);");
        migrationBuilder.Sql("CREATE FUNCTION \"RefuseChange\"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END; $$;");
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_is_never_changed\" BEFORE UPDATE OR DELETE ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION \"RefuseChange\"();");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_is_never_emptied\" BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION \"RefuseChange\"();");
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_is_never_changed\" ON \"{table}\";");
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_is_never_emptied\" ON \"{table}\";");
        }

        migrationBuilder.Sql("DROP FUNCTION \"RefuseChange\"();");
        migrationBuilder.Sql("DROP TABLE \"SweepLeases\";");
        migrationBuilder.Sql("DROP TABLE \"TrailHead\";");
    }
}
