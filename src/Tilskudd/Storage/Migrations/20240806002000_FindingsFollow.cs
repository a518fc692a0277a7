using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>What is found of a member's habilitet follows the case to its next version.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240806002000_FindingsFollow")]
    internal sealed class FindingsFollow : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: to add a foreign key EF would build the table anew.
            migrationBuilder.Sql(
                """
                ALTER TABLE "Doubts" ADD COLUMN "FoundInVersion" INTEGER NULL;
                ALTER TABLE "Doubts" ADD COLUMN "RaisedInVersion" INTEGER NULL;
                ALTER TABLE "Doubts" ADD COLUMN "TakenUpBy" TEXT NULL CONSTRAINT "FK_Doubts_People_TakenUpBy" REFERENCES "People" ("Id") ON DELETE RESTRICT;
                """);
            migrationBuilder.CreateIndex(
                name: "IX_Doubts_TakenUpBy",
                table: "Doubts",
                column: "TakenUpBy");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Doubts_TakenUpBy",
                table: "Doubts");
            migrationBuilder.Sql(
                """
                ALTER TABLE "Doubts" DROP COLUMN "TakenUpBy";
                ALTER TABLE "Doubts" DROP COLUMN "RaisedInVersion";
                ALTER TABLE "Doubts" DROP COLUMN "FoundInVersion";
                """);
        }
    }
}
