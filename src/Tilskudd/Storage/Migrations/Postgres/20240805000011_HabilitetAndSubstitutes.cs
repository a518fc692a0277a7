using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>A member's habilitet is decided, and a seat may have a substitute for a period.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240805000011_HabilitetAndSubstitutes")]
    internal sealed class HabilitetAndSubstitutes : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "CalledFor",
                table: "RoundSeats",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "LeaveUntil",
                table: "RoundSeats",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OnLeave",
                table: "RoundSeats",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Doubts",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    RoundId = table.Column<Guid>(type: "uuid", nullable: false),
                    SeatId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AnswersBefore = table.Column<int>(type: "integer", nullable: false),
                    FormKey = table.Column<Guid>(type: "uuid", nullable: false),
                    RaisedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    IsInhabil = table.Column<bool>(type: "boolean", nullable: true),
                    For = table.Column<int>(type: "integer", nullable: true),
                    Against = table.Column<int>(type: "integer", nullable: true),
                    CastingVote = table.Column<bool>(type: "boolean", nullable: false),
                    AllTookPart = table.Column<bool>(type: "boolean", nullable: false),
                    VotesFor = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    VotesAgainst = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Superior = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Reference = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RegisteredBy = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Doubts", x => new { x.RoundId, x.Number });
                    table.ForeignKey(
                        name: "FK_Doubts_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Doubts_People_RegisteredBy",
                        column: x => x.RegisteredBy,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Doubts_Rounds_RoundId",
                        column: x => x.RoundId,
                        principalTable: "Rounds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Substitutes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    BodyId = table.Column<Guid>(type: "uuid", nullable: false),
                    SeatId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    StandInId = table.Column<Guid>(type: "uuid", nullable: false),
                    FromOn = table.Column<DateOnly>(type: "date", nullable: false),
                    ToOn = table.Column<DateOnly>(type: "date", nullable: false),
                    RegisteredBy = table.Column<Guid>(type: "uuid", nullable: false),
                    RegisteredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    BegunAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Writes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Substitutes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Substitutes_Bodies_BodyId",
                        column: x => x.BodyId,
                        principalTable: "Bodies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Substitutes_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Substitutes_People_RegisteredBy",
                        column: x => x.RegisteredBy,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Substitutes_People_StandInId",
                        column: x => x.StandInId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Substitutes_Seats_SeatId",
                        column: x => x.SeatId,
                        principalTable: "Seats",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Doubts_PersonId",
                table: "Doubts",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Doubts_RegisteredBy",
                table: "Doubts",
                column: "RegisteredBy");

            migrationBuilder.CreateIndex(
                name: "IX_Substitutes_BodyId",
                table: "Substitutes",
                column: "BodyId");

            migrationBuilder.CreateIndex(
                name: "IX_Substitutes_EndedAt",
                table: "Substitutes",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Substitutes_PersonId",
                table: "Substitutes",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Substitutes_RegisteredBy",
                table: "Substitutes",
                column: "RegisteredBy");

            migrationBuilder.CreateIndex(
                name: "IX_Substitutes_SeatId",
                table: "Substitutes",
                column: "SeatId");

            migrationBuilder.CreateIndex(
                name: "IX_Substitutes_StandInId",
                table: "Substitutes",
                column: "StandInId");

            // As on SQLite: those who had reported it until now count as found inhabil on their own word.
            migrationBuilder.Sql(
                """
                INSERT INTO "Doubts" ("RoundId", "Number", "SeatId", "PersonId", "Reason", "AnswersBefore", "FormKey", "RaisedAt", "DecidedAt", "IsInhabil", "CastingVote", "AllTookPart", "VotesFor", "VotesAgainst", "DecidedBy", "Superior", "Reference", "RegisteredBy")
                SELECT "RoundId", ROW_NUMBER() OVER (PARTITION BY "RoundId" ORDER BY "InhabilAt", "Number"), "SeatId", "PersonId", "InhabilReason",
                    (SELECT COUNT(*) FROM "RoundAnswers" AS answer WHERE answer."RoundId" = seat."RoundId" AND answer."At" <= seat."InhabilAt"),
                    '00000000-0000-0000-0000-000000000000', "InhabilAt", "InhabilAt", TRUE, FALSE, FALSE, '{}', '{}', "SeatId", '', '', "PersonId"
                FROM "RoundSeats" AS seat WHERE "InhabilAt" IS NOT NULL;
                """);
            migrationBuilder.Sql("ALTER TABLE \"RoundSeats\" DROP COLUMN \"InhabilReason\";");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Doubts");

            migrationBuilder.DropTable(
                name: "Substitutes");

            migrationBuilder.DropColumn(
                name: "CalledFor",
                table: "RoundSeats");

            migrationBuilder.DropColumn(
                name: "LeaveUntil",
                table: "RoundSeats");

            migrationBuilder.DropColumn(
                name: "OnLeave",
                table: "RoundSeats");

            migrationBuilder.AddColumn<string>(
                name: "InhabilReason",
                table: "RoundSeats",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");
        }
    }
}
