using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>Who has signed off the protocol of a round, when, and the hash of what was signed.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240804000040_ProtocolsSigned")]
internal sealed class ProtocolsSigned : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<DateTime>(name: "SignedAt", table: "Rounds", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<Guid>(name: "SignedBy", table: "Rounds", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<string>(name: "SignedHash", table: "Rounds", type: "TEXT", nullable: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        // In plain SQL: EF would build the table anew.
        foreach (var column in new[] { "SignedAt", "SignedBy", "SignedHash" })
        {
            migrationBuilder.Sql($"ALTER TABLE \"Rounds\" DROP COLUMN \"{column}\";");
        }
    }
}
