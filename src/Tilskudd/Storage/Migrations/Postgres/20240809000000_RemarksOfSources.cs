using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>What the documents a programme and its units were read from say in two ways or leave out.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240809000000_RemarksOfSources")]
    internal sealed class RemarksOfSources : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(name: "Remarks", table: "Programmes", type: "text[]", nullable: false, defaultValueSql: "'{}'");
            migrationBuilder.AddColumn<List<string>>(name: "Remarks", table: "PlanUnits", type: "text[]", nullable: false, defaultValueSql: "'{}'");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "Remarks", table: "Programmes");
            migrationBuilder.DropColumn(name: "Remarks", table: "PlanUnits");
        }
    }
}
