using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>A unit's own part of the agreement, how far it has come, and what it was merged from.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240810000000_PeriodsOfUnits")]
    internal sealed class PeriodsOfUnits : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(name: "FromYear", table: "PlanUnits", type: "integer", nullable: true);
            migrationBuilder.AddColumn<int>(name: "ToYear", table: "PlanUnits", type: "integer", nullable: true);
            migrationBuilder.AddColumn<string>(name: "Phase", table: "PlanUnits", type: "text", nullable: false, defaultValue: "Full", collation: "C");
            migrationBuilder.AddColumn<List<string>>(name: "MergedFrom", table: "PlanUnits", type: "text[]", nullable: false, defaultValueSql: "'{}'");
            migrationBuilder.AddColumn<int>(name: "MergedIn", table: "PlanUnits", type: "integer", nullable: true);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "FromYear", table: "PlanUnits");
            migrationBuilder.DropColumn(name: "ToYear", table: "PlanUnits");
            migrationBuilder.DropColumn(name: "Phase", table: "PlanUnits");
            migrationBuilder.DropColumn(name: "MergedFrom", table: "PlanUnits");
            migrationBuilder.DropColumn(name: "MergedIn", table: "PlanUnits");
        }
    }
}
