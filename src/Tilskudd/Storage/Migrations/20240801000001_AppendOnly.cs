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
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_is_never_changed\" BEFORE UPDATE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_is_never_deleted\" BEFORE DELETE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_is_never_changed\";");
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_is_never_deleted\";");
        }
    }
}
