using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>What the documents a programme and its units were read from say in two ways or leave out.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240809000000_RemarksOfSources")]
    internal sealed class RemarksOfSources : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "Remarks", table: "Programmes", type: "TEXT", nullable: false, defaultValue: "[]");
            migrationBuilder.AddColumn<string>(name: "Remarks", table: "PlanUnits", type: "TEXT", nullable: false, defaultValue: "[]");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the tables anew.
            migrationBuilder.Sql("ALTER TABLE \"Programmes\" DROP COLUMN \"Remarks\";");
            migrationBuilder.Sql("ALTER TABLE \"PlanUnits\" DROP COLUMN \"Remarks\";");
        }
    }
}
