using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>Lets the database itself refuse to change or delete a line of the trail, or a version people have decided on.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240801000001_AppendOnly")]
internal sealed class AppendOnly : Migration
{
    private static readonly string[] Tables = ["Trail", "HandlingsplanVersions", "RapportVersions"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // REPLACE deletes without asking the triggers for deletion, so what is there already is guarded against insertion too.
        migrationBuilder.Sql("CREATE TRIGGER \"Trail_goes_on_by_one\" BEFORE INSERT ON \"Trail\" WHEN NEW.\"Seq\" <> (SELECT coalesce(max(\"Seq\"), 0) + 1 FROM \"Trail\") BEGIN SELECT RAISE(ABORT, 'Trail goes on by one'); END;");
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_is_never_changed\" BEFORE UPDATE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_is_never_deleted\" BEFORE DELETE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP TRIGGER \"Trail_goes_on_by_one\";");
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_is_never_changed\";");
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_is_never_deleted\";");
        }
    }
}
