using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>What is administered on pages: it can be ended from a day, and two who write it at once are told apart.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240803000000_Administration")]
internal sealed class Administration : Migration
{
    private static readonly string[] Ended = ["Bodies", "FundingSources", "Grantors", "Municipalities", "People", "PlanUnits"];
    private static readonly string[] Counted = ["Grantors", "LimitsOverrides", "Municipalities", "PlanUnits", "Programmes", "Roles"];
    private static readonly string[] BodyKey = ["ProgrammeId", "PlanUnitId", "Key"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Ended)
        {
            migrationBuilder.AddColumn<DateOnly>(name: "ToOn", table: table, type: "TEXT", nullable: true);
        }

        foreach (var table in Counted)
        {
            migrationBuilder.AddColumn<int>(name: "Writes", table: table, type: "INTEGER", nullable: false, defaultValue: 0);
        }

        migrationBuilder.DropIndex(name: "IX_Bodies_ProgrammeId_PlanUnitId_Key", table: "Bodies");
        migrationBuilder.CreateIndex(name: "IX_Bodies_ProgrammeId_PlanUnitId_Key", table: "Bodies", columns: BodyKey);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(name: "IX_Bodies_ProgrammeId_PlanUnitId_Key", table: "Bodies");
        migrationBuilder.CreateIndex(name: "IX_Bodies_ProgrammeId_PlanUnitId_Key", table: "Bodies", columns: BodyKey, unique: true);
        foreach (var (table, column) in Ended.Select(table => (table, "ToOn")).Concat(Counted.Select(table => (table, "Writes"))))
        {
            migrationBuilder.DropColumn(name: column, table: table);
        }
    }
}
