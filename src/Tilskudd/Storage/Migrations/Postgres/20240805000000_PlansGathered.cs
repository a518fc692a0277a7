using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>A grant may answer several plans, sent together.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240805000000_PlansGathered")]
    internal sealed class PlansGathered : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Others",
                table: "Submissions",
                type: "jsonb",
                nullable: true,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "IsGathered",
                table: "Rapporter",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsGathered",
                table: "Grants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid[]>(
                name: "OtherPlans",
                table: "Grants",
                type: "uuid[]",
                nullable: false,
                defaultValue: new Guid[0]);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Others",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "IsGathered",
                table: "Rapporter");

            migrationBuilder.DropColumn(
                name: "IsGathered",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "OtherPlans",
                table: "Grants");
        }
    }
}
