using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>A change of a plan may touch several grants, each with its own answer.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240806003000_ChangesTouchSeveralGrants")]
    internal sealed class ChangesTouchSeveralGrants : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "OtherConsents",
                table: "PlanChanges",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "OtherGrants",
                table: "PlanChanges",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"PlanChanges\" DROP COLUMN \"OtherConsents\";");
            migrationBuilder.Sql("ALTER TABLE \"PlanChanges\" DROP COLUMN \"OtherGrants\";");
        }
    }
}
