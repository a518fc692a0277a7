using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>What is found of a member's habilitet follows the case to its next version.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240806002000_FindingsFollow")]
    internal sealed class FindingsFollow : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "FoundInVersion",
                table: "Doubts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RaisedInVersion",
                table: "Doubts",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "TakenUpBy",
                table: "Doubts",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Doubts_TakenUpBy",
                table: "Doubts",
                column: "TakenUpBy");

            migrationBuilder.Sql(
                """
                ALTER TABLE "Doubts" ADD CONSTRAINT "FK_Doubts_People_TakenUpBy" FOREIGN KEY ("TakenUpBy") REFERENCES "People" ("Id") ON DELETE RESTRICT;
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Doubts_People_TakenUpBy",
                table: "Doubts");

            migrationBuilder.DropIndex(
                name: "IX_Doubts_TakenUpBy",
                table: "Doubts");

            migrationBuilder.DropColumn(
                name: "FoundInVersion",
                table: "Doubts");

            migrationBuilder.DropColumn(
                name: "RaisedInVersion",
                table: "Doubts");

            migrationBuilder.DropColumn(
                name: "TakenUpBy",
                table: "Doubts");
        }
    }
}
