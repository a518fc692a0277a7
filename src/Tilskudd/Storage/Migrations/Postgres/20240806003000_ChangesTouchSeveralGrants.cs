using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>A change of a plan may touch several grants, each with its own answer.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240806003000_ChangesTouchSeveralGrants")]
    internal sealed class ChangesTouchSeveralGrants : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "OtherConsents",
                table: "PlanChanges",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<Guid[]>(
                name: "OtherGrants",
                table: "PlanChanges",
                type: "uuid[]",
                nullable: false,
                defaultValue: new Guid[0]);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "OtherConsents",
                table: "PlanChanges");

            migrationBuilder.DropColumn(
                name: "OtherGrants",
                table: "PlanChanges");
        }
    }
}
