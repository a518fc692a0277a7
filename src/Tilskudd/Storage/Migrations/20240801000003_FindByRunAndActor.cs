using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>Finds the notices of a run, and what a person has done lately, without reading their tables through.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240801000003_FindByRunAndActor")]
internal sealed class FindByRunAndActor : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateIndex(name: "IX_Notices_RunId", table: "Notices", column: "RunId");
        migrationBuilder.CreateIndex(name: "IX_Visits_Actor_LeftAt", table: "Visits", columns: ["Actor", "LeftAt"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex(name: "IX_Notices_RunId", table: "Notices");
        migrationBuilder.DropIndex(name: "IX_Visits_Actor_LeftAt", table: "Visits");
    }
}
