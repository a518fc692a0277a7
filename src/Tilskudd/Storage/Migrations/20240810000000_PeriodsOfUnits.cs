using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>A unit's own part of the agreement, how far it has come, and what it was merged from.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240810000000_PeriodsOfUnits")]
    internal sealed class PeriodsOfUnits : Migration
    {
        private static readonly string[] Columns = ["FromYear", "ToYear", "Phase", "MergedFrom", "MergedIn"];

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(name: "FromYear", table: "PlanUnits", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<int>(name: "ToYear", table: "PlanUnits", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<string>(name: "Phase", table: "PlanUnits", type: "TEXT", nullable: false, defaultValue: "Full");
            migrationBuilder.AddColumn<string>(name: "MergedFrom", table: "PlanUnits", type: "TEXT", nullable: false, defaultValue: "[]");
            migrationBuilder.AddColumn<int>(name: "MergedIn", table: "PlanUnits", type: "INTEGER", nullable: true);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            foreach (var column in Columns)
            {
                migrationBuilder.Sql($"ALTER TABLE \"PlanUnits\" DROP COLUMN \"{column}\";");
            }
        }
    }
}
