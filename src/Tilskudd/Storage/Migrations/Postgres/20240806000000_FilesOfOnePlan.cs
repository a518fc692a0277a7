using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>The bytes of a file are kept for each plan that has it.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240806000000_FilesOfOnePlan")]
    internal sealed class FilesOfOnePlan : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A plan has a file if its draft or a version shows the hash.
            migrationBuilder.Sql(
                """
                ALTER TABLE "StoredFiles" RENAME TO "FilesOfAll";
                ALTER TABLE "FilesOfAll" RENAME CONSTRAINT "PK_StoredFiles" TO "PK_FilesOfAll";
                CREATE TABLE "StoredFiles" (
                    "Sha256" text COLLATE "C" NOT NULL,
                    "PlanId" uuid NOT NULL,
                    "Bytes" bytea NOT NULL,
                    "At" timestamp with time zone NOT NULL,
                    CONSTRAINT "PK_StoredFiles" PRIMARY KEY ("Sha256", "PlanId")
                );
                INSERT INTO "StoredFiles" ("Sha256", "PlanId", "Bytes", "At")
                SELECT file."Sha256", plan."Id", file."Bytes", file."At"
                FROM "FilesOfAll" AS file
                JOIN "Handlingsplaner" AS plan ON strpos(plan."Attachments", file."Sha256") > 0 OR EXISTS (
                    SELECT 1 FROM "HandlingsplanVersions" AS version WHERE version."HandlingsplanId" = plan."Id" AND strpos(version."Content", file."Sha256") > 0);
                DROP TABLE "FilesOfAll";
                """);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                ALTER TABLE "StoredFiles" DROP CONSTRAINT "PK_StoredFiles";
                DELETE FROM "StoredFiles" AS later USING "StoredFiles" AS first WHERE later."Sha256" = first."Sha256" AND later."PlanId" > first."PlanId";
                ALTER TABLE "StoredFiles" DROP COLUMN "PlanId";
                ALTER TABLE "StoredFiles" ADD CONSTRAINT "PK_StoredFiles" PRIMARY KEY ("Sha256");
                """);
        }
    }
}
