using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>Who answers for a member on leave, from one day to another, and in a round for whom a person answers.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240805000021_SubstitutesForAPeriod")]
internal sealed class SubstitutesForAPeriod : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<Guid>(name: "OnLeave", table: "RoundSeats", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<Guid>(name: "CalledFor", table: "RoundSeats", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<DateOnly>(name: "LeaveUntil", table: "RoundSeats", type: "TEXT", nullable: true);
        migrationBuilder.CreateTable(
            name: "Substitutes",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "TEXT", nullable: false),
                BodyId = table.Column<Guid>(type: "TEXT", nullable: false),
                SeatId = table.Column<Guid>(type: "TEXT", nullable: false),
                PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                StandInId = table.Column<Guid>(type: "TEXT", nullable: false),
                FromOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                ToOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                RegisteredBy = table.Column<Guid>(type: "TEXT", nullable: false),
                RegisteredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                BegunAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                Writes = table.Column<int>(type: "INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Substitutes", named => named.Id);
                table.ForeignKey("FK_Substitutes_Bodies_BodyId", named => named.BodyId, "Bodies", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Substitutes_Seats_SeatId", named => named.SeatId, "Seats", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Substitutes_People_PersonId", named => named.PersonId, "People", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Substitutes_People_StandInId", named => named.StandInId, "People", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_Substitutes_People_RegisteredBy", named => named.RegisteredBy, "People", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex(name: "IX_Substitutes_BodyId", table: "Substitutes", column: "BodyId");
        migrationBuilder.CreateIndex(name: "IX_Substitutes_SeatId", table: "Substitutes", column: "SeatId");
        migrationBuilder.CreateIndex(name: "IX_Substitutes_PersonId", table: "Substitutes", column: "PersonId");
        migrationBuilder.CreateIndex(name: "IX_Substitutes_StandInId", table: "Substitutes", column: "StandInId");
        migrationBuilder.CreateIndex(name: "IX_Substitutes_RegisteredBy", table: "Substitutes", column: "RegisteredBy");
        migrationBuilder.CreateIndex(name: "IX_Substitutes_EndedAt", table: "Substitutes", column: "EndedAt");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "Substitutes");

        // In plain SQL: EF would build the table anew.
        foreach (var column in new[] { "LeaveUntil", "CalledFor", "OnLeave" })
        {
            migrationBuilder.Sql($"ALTER TABLE \"RoundSeats\" DROP COLUMN \"{column}\";");
        }
    }
}
