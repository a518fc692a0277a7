using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>An answer may come by phone or on paper: who wrote it down, when it was given, and whether the member took it back.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240804000040_AnswersByPhone")]
internal sealed class AnswersByPhone : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(name: "Channel", table: "RoundAnswers", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<Guid>(name: "RegisteredBy", table: "RoundAnswers", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<DateOnly>(name: "GivenOn", table: "RoundAnswers", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<DateTime>(name: "RetractedAt", table: "RoundAnswers", type: "TEXT", nullable: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        // In plain SQL: EF would build the table anew.
        foreach (var column in new[] { "RetractedAt", "GivenOn", "RegisteredBy", "Channel" })
        {
            migrationBuilder.Sql($"ALTER TABLE \"RoundAnswers\" DROP COLUMN \"{column}\";");
        }
    }
}
