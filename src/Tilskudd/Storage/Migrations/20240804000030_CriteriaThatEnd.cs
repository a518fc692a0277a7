using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>A criterion may have a last year and another place in the list, and two who write it at once are told apart.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240804000030_CriteriaThatEnd")]
internal sealed class CriteriaThatEnd : Migration
{
    private static readonly string[] Place = ["ProgrammeId", "Number"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>(name: "ToYear", table: "Criteria", type: "INTEGER", nullable: true);
        migrationBuilder.AddColumn<int>(name: "Writes", table: "Criteria", type: "INTEGER", nullable: false, defaultValue: 0);

        // Two that change places have the same number for a moment.
        migrationBuilder.DropIndex(name: "IX_Criteria_ProgrammeId_Number", table: "Criteria");
        migrationBuilder.CreateIndex(name: "IX_Criteria_ProgrammeId_Number", table: "Criteria", columns: Place);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(name: "IX_Criteria_ProgrammeId_Number", table: "Criteria");
        migrationBuilder.CreateIndex(name: "IX_Criteria_ProgrammeId_Number", table: "Criteria", columns: Place, unique: true);
        migrationBuilder.DropColumn(name: "Writes", table: "Criteria");
        migrationBuilder.DropColumn(name: "ToYear", table: "Criteria");
    }
}
