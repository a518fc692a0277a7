using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>A member's doubt about habilitet, and what was decided of it. Those who had reported it until now count as found inhabil on their own word.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240805000020_DoubtsDecided")]
internal sealed class DoubtsDecided : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Doubts",
            columns: table => new
            {
                Number = table.Column<int>(type: "INTEGER", nullable: false),
                RoundId = table.Column<Guid>(type: "TEXT", nullable: false),
                SeatId = table.Column<Guid>(type: "TEXT", nullable: false),
                PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                Reason = table.Column<string>(type: "TEXT", nullable: false),
                AnswersBefore = table.Column<int>(type: "INTEGER", nullable: false),
                FormKey = table.Column<Guid>(type: "TEXT", nullable: false),
                RaisedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                IsInhabil = table.Column<bool>(type: "INTEGER", nullable: true),
                For = table.Column<int>(type: "INTEGER", nullable: true),
                Against = table.Column<int>(type: "INTEGER", nullable: true),
                CastingVote = table.Column<bool>(type: "INTEGER", nullable: false),
                AllTookPart = table.Column<bool>(type: "INTEGER", nullable: false),
                VotesFor = table.Column<string>(type: "TEXT", nullable: false),
                VotesAgainst = table.Column<string>(type: "TEXT", nullable: false),
                DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                Superior = table.Column<string>(type: "TEXT", nullable: false),
                Reference = table.Column<string>(type: "TEXT", nullable: false),
                RegisteredBy = table.Column<Guid>(type: "TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Doubts", doubt => new { doubt.RoundId, doubt.Number });
                table.ForeignKey("FK_Doubts_People_PersonId", doubt => doubt.PersonId, "People", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Doubts_People_RegisteredBy", doubt => doubt.RegisteredBy, "People", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Doubts_Rounds_RoundId", doubt => doubt.RoundId, "Rounds", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex(name: "IX_Doubts_PersonId", table: "Doubts", column: "PersonId");
        migrationBuilder.CreateIndex(name: "IX_Doubts_RegisteredBy", table: "Doubts", column: "RegisteredBy");
        migrationBuilder.Sql(
            """
            INSERT INTO "Doubts" ("RoundId", "Number", "SeatId", "PersonId", "Reason", "AnswersBefore", "FormKey", "RaisedAt", "DecidedAt", "IsInhabil", "CastingVote", "AllTookPart", "VotesFor", "VotesAgainst", "DecidedBy", "Superior", "Reference", "RegisteredBy")
            SELECT "RoundId", ROW_NUMBER() OVER (PARTITION BY "RoundId" ORDER BY "InhabilAt", "Number"), "SeatId", "PersonId", "InhabilReason",
                (SELECT COUNT(*) FROM "RoundAnswers" AS answer WHERE answer."RoundId" = seat."RoundId" AND answer."At" <= seat."InhabilAt"),
                '00000000-0000-0000-0000-000000000000', "InhabilAt", "InhabilAt", 1, 0, 0, '[]', '[]', "SeatId", '', '', "PersonId"
            FROM "RoundSeats" AS seat WHERE "InhabilAt" IS NOT NULL;
            """);

        // In plain SQL: EF would build the table anew.
        migrationBuilder.Sql("ALTER TABLE \"RoundSeats\" DROP COLUMN \"InhabilReason\";");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(name: "InhabilReason", table: "RoundSeats", type: "TEXT", nullable: false, defaultValue: "");
        migrationBuilder.Sql(
            """
            UPDATE "RoundSeats" SET "InhabilReason" = COALESCE(
                (SELECT doubt."Reason" FROM "Doubts" AS doubt WHERE doubt."RoundId" = "RoundSeats"."RoundId" AND doubt."SeatId" = "RoundSeats"."SeatId" AND doubt."IsInhabil" = 1), '');
            """);
        migrationBuilder.DropTable(name: "Doubts");
    }
}
