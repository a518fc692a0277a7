using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>
    /// A run is found by its plan unit and year together, and a round's mails by whether they are sent: SQLite took all runs of the year, and all mails
    /// that wait, for the shorter way.
    /// </summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240808000000_RunsByUnitAndYear")]
    internal sealed class RunsByUnitAndYear : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Runs_PlanUnitId",
                table: "Runs");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_PlanUnitId_Year",
                table: "Runs",
                columns: ["PlanUnitId", "Year"]);

            migrationBuilder.DropIndex(
                name: "IX_Notices_RoundId",
                table: "Notices");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_RoundId_State",
                table: "Notices",
                columns: ["RoundId", "State"]);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Runs_PlanUnitId_Year",
                table: "Runs");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_PlanUnitId",
                table: "Runs",
                column: "PlanUnitId");

            migrationBuilder.DropIndex(
                name: "IX_Notices_RoundId_State",
                table: "Notices");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_RoundId",
                table: "Notices",
                column: "RoundId");
        }
    }
}
