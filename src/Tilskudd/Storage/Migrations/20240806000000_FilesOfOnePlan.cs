using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>The bytes of a file are kept for each plan that has it.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240806000000_FilesOfOnePlan")]
    internal sealed class FilesOfOnePlan : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew, and give each file no plan. A plan has a file if its draft or a version shows the hash.
            migrationBuilder.Sql(
                """
                CREATE TABLE "FilesOfPlans" (
                    "Sha256" TEXT NOT NULL,
                    "PlanId" TEXT NOT NULL,
                    "Bytes" BLOB NOT NULL,
                    "At" TEXT NOT NULL,
                    CONSTRAINT "PK_StoredFiles" PRIMARY KEY ("Sha256", "PlanId")
                );
                INSERT INTO "FilesOfPlans" ("Sha256", "PlanId", "Bytes", "At")
                SELECT file."Sha256", plan."Id", file."Bytes", file."At"
                FROM "StoredFiles" AS file
                JOIN "Handlingsplaner" AS plan ON instr(plan."Attachments", file."Sha256") > 0 OR EXISTS (
                    SELECT 1 FROM "HandlingsplanVersions" AS version WHERE version."HandlingsplanId" = plan."Id" AND instr(version."Content", file."Sha256") > 0);
                DROP TABLE "StoredFiles";
                ALTER TABLE "FilesOfPlans" RENAME TO "StoredFiles";
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TABLE "FilesOfAll" (
                    "Sha256" TEXT NOT NULL CONSTRAINT "PK_StoredFiles" PRIMARY KEY,
                    "Bytes" BLOB NOT NULL,
                    "At" TEXT NOT NULL
                );
                INSERT OR IGNORE INTO "FilesOfAll" ("Sha256", "Bytes", "At") SELECT "Sha256", "Bytes", "At" FROM "StoredFiles" ORDER BY "At";
                DROP TABLE "StoredFiles";
                ALTER TABLE "FilesOfAll" RENAME TO "StoredFiles";
                """);
        }
    }
}
