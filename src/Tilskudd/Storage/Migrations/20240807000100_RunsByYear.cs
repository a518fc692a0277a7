using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>Runs are found by their year, whatever the programme: the overview of all programmes shows those of the last years.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240807000100_RunsByYear")]
    internal sealed class RunsByYear : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Runs_Year",
                table: "Runs",
                column: "Year");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Runs_Year",
                table: "Runs");
        }
    }
}
